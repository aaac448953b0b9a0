import Formats
import Frontend
import Notebook
import Syntax

/// What is done to the cells. What names no cell that is here does nothing: another page may have deleted it.
extension LabState {
  /// Texts are no longer than that: 1 MiB.
  static let mostText = 1 << 20
  /// So many deleted cells can be had back.
  private static let mostDeleted = 100

  /// Gives a cell another text. `base`: the text that the page has changed into it; where the cell has another one by now, as another page has
  /// written in it, it gets what both have written. The page that wrote it is told its HTML alone, and the text where it is not its own; the
  /// others are told all of it.
  mutating func edit(_ id: String, _ words: String, from base: String?, request: JSON?, by line: PageLine) {
    guard let place = place(of: id) else { return }
    let text = base.map { TextMerge.merged($0, mine: words, theirs: cells[place].cell.text) } ?? words
    guard text.utf8.count <= Self.mostText else {
      return notice("A cell's text may have 1 MB at most; put data into a file.", isError: true)
    }
    if let page = line.page, case .number(let number)? = request, let number = Int(exactly: number) {
      cells[place].taken.take(number, of: page)
    }
    let isNew = cells[place].cell.text != text
    if isNew {
      cells[place].cell.retext(text)
      cells[place].layOut(folder: folder)
    }
    line.send(
      Self.message(
        "highlight",
        [("cell", .string(id)), ("request", request ?? .null), ("html", .string(cells[place].html))]
          + (text == words ? [] : [("text", .string(text))])))
    guard isNew else { return }
    let all = lines
    lines = lines.filter { $0 !== line }
    tellCell(place)
    lines = all
    // It knows the text, and not what has become of the state.
    line.send(stateMessage(place))
    tellStates()
    wasEdited()
  }

  /// Puts an empty cell behind another, or before all.
  mutating func insert(_ kind: Cell.Kind, after id: String?) {
    var cell = LiveCell(id: newID(), Cell(kind, ""), folder: folder)
    cell.isInserted = true
    put(cell, after: id)
    tellOrder(added: [cell.id])
    wasEdited()
  }

  /// Puts a line of program into a cell of its own behind another.
  mutating func insert(_ text: String, after id: String?) {
    let cell = LiveCell(id: newID(), Cell(.code, text), folder: folder)
    put(cell, after: id)
    tellOrder(added: [cell.id])
    wasEdited()
  }

  private mutating func put(_ cell: LiveCell, after id: String?) {
    cells.insert(cell, at: id == nil ? 0 : place(of: id).map { $0 + 1 } ?? cells.count)
  }

  mutating func delete(_ id: String) {
    guard let place = place(of: id) else { return }
    guard !isUnderWay(place) else { return }
    let cell = cells.remove(at: place)
    deleted.append((cell, place > 0 ? cells[place - 1].id : nil))
    if deleted.count > Self.mostDeleted { deleted.removeFirst() }
    tellOrder()
    wasEdited()
  }

  /// Brings back what was deleted last.
  mutating func undelete() {
    guard let last = deleted.popLast() else { return notice("Nothing has been deleted.") }
    put(last.cell, after: last.after)
    tellOrder(added: [last.cell.id])
    wasEdited()
  }

  mutating func move(_ id: String, after other: String?) {
    guard id != other, let place = place(of: id), other == nil || self.place(of: other) != nil else { return }
    put(cells.remove(at: place), after: other)
    tellOrder()
    wasEdited()
  }

  /// Makes prose of code, or the reverse.
  mutating func setKind(_ id: String, _ kind: Cell.Kind) {
    guard let place = place(of: id), cells[place].cell.kind != kind, !isUnderWay(place) else { return }
    cells[place].cell.kind = kind
    cells[place].cell.written = nil
    if kind != .code { cells[place].forgetRun() }
    cells[place].layOut(folder: folder)
    tellCell(place)
    tellStates()
    wasEdited()
  }

  /// Cuts a cell in two at an offset into its text's UTF-16; the outputs stay with the second part, as its last value is theirs.
  mutating func split(_ id: String, at offset: Int) {
    guard let place = place(of: id), !isUnderWay(place) else { return }
    let text = cells[place].cell.text
    let cut = text.utf16Place(offset)
    // The line break at the cut belongs to neither.
    var (front, back) = (String(text[..<cut]), String(text[cut...]))
    if back.first?.isNewline == true { back.removeFirst() } else if front.last?.isNewline == true { front.removeLast() }
    var first = LiveCell(id: newID(), cells[place].cell, folder: folder)
    first.cell.retext(front)
    first.layOut(folder: folder)
    cells[place].cell.retext(back)
    cells[place].cell.written = nil
    // What is said of the cell stays with its first part.
    swap(&first.cell.properties, &cells[place].cell.properties)
    cells[place].layOut(folder: folder)
    cells.insert(first, at: place)
    tellOrder(added: [first.id])
    tellCell(place + 1)
    wasEdited()
  }

  /// Puts a cell and the one below together.
  mutating func join(_ id: String) {
    guard let place = place(of: id), place + 1 < cells.count, !isUnderWay(place), !isUnderWay(place + 1) else { return }
    let below = cells.remove(at: place + 1)
    cells[place].cell.retext(cells[place].cell.text + "\n" + below.cell.text)
    cells[place].layOut(folder: folder)
    tellOrder()
    tellCell(place)
    wasEdited()
  }

  /// What runs, or is about to, stays as it is; that is said.
  private func isUnderWay(_ place: Int) -> Bool {
    guard cells[place].activity != .none else { return false }
    notice("The cell is being run, or will be. Interrupt it first.")
    return true
  }
}

extension LiveCell {
  /// It has never been run.
  mutating func forgetRun() { (run, ending, count, seconds, outputs) = (nil, nil, nil, nil, CellOutputs()) }
}

extension Cell {
  /// Gives it another text: in the file it keeps what stands before it, and its marks.
  mutating func retext(_ new: String) {
    let lead = written.map(Self.lead)
    text = new
    written = nil
    guard let lead else { return }
    let mark = kind == .code ? "" : kind == .raw ? "#" : "##"
    let lines = new.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let body = lines.map { mark + ($0.isEmpty || mark.isEmpty ? "" : " ") + String(decoding: $0, as: UTF8.self) + "\n" }.joined()
    let whole = lead + (new.isEmpty && kind == .code ? "" : body)
    let read = Document(name: "", text: whole)
    if read.head.isEmpty, read.tail.isEmpty, read.cells.count == 1, read.cells[0].saysTheSame(as: self) { written = whole }
  }

  /// The blank lines and the `# %%` line before a cell's own lines.
  private static func lead(of written: String) -> String {
    var lead: [UInt8] = []
    for line in written.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      guard
        line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) || line.starts(with: "# %%".utf8)
          || line.starts(with: "#%%".utf8)
      else { break }
      lead += line + [UInt8(ascii: "\n")]
    }
    return lead.count > written.utf8.count ? written : String(decoding: lead, as: UTF8.self)
  }

}

extension String {
  /// The place of an offset into UTF-16; within a character, that of its beginning, and the end where there is no such place.
  func utf16Place(_ offset: Int) -> String.Index {
    let units = utf16
    var place = units.index(units.startIndex, offsetBy: max(0, min(offset, units.count)))
    while place > startIndex, place.samePosition(in: self) == nil { place = units.index(before: place) }
    return place
  }
}
