import Interpreter

/// What `help keys` says.
enum EditorKeys {
  static let page = HelpPage(
    title: "keys", summary: "What the keys do while an entry is typed.",
    parameters: [
      row(
        "Enter",
        "runs the entry once it is complete, else begins a line; in a line that is not the last one it always begins a line"),
      row("Alt-Enter", "begins a line"),
      row(
        "Tab", "completes; where several things fit it lists them, and Tab and Shift-Tab choose, Enter takes, Escape goes back"),
      row("→, End", "at the end of the entry: take what is suggested in gray; Alt-F takes a word of it"),
      row("↑, ↓", "the line above and below, then earlier and later entries that begin as typed (Ctrl-P, Ctrl-N)"),
      row("Page up, down", "earlier and later entries, without moving by line"),
      row("Ctrl-R, Ctrl-S", "search earlier and later entries as one types; Enter runs, Escape stays, Ctrl-G goes back"),
      row("Alt-.", "the last word of the entry before; again: of the one before that"),
      row("Home, End", "the line's beginning and end, then the entry's (Ctrl-A, Ctrl-E)"),
      row("Ctrl-←, Ctrl-→", "a word left, right (Alt-B, Alt-F)"),
      row("Ctrl-K, Ctrl-U", "take out the rest of the line, what is left of the cursor in it"),
      row("Ctrl-W, Alt-D", "take out what stands between blanks to the left, a word to the right"),
      row("Ctrl-Y", "puts in what was taken out last"),
      row("Ctrl-_, Alt-_", "take back a change, make it again"),
      row("Ctrl-X Ctrl-E", "edits the entry with the program that VISUAL or EDITOR names"),
      row("Ctrl-L", "clears the screen"),
      row("Ctrl-C", "throws the entry away; while a program runs it stops it"),
      row("Ctrl-D", "deletes to the right; ends the conversation where the entry is empty"),
      row("Ctrl-Z", "stops the program, until `fg` continues it"),
    ],
    details:
      "Pasted text is put in as it is, without the prompts of a copied conversation, and is not run before Enter. An entry that begins with a "
      + "blank is not kept in the history; one that begins with `|>` goes on with the last result. `bind -v` in ~/.editrc chooses vi's keys; "
      + "editrc(5) tells how keys are bound to commands, ours have names such as gan-undo. The function keys(record) gives the names of a record."
  )

  private static func row(_ name: String, _ text: String) -> HelpPage.Row { HelpPage.Row(name: name, text: text) }
}
