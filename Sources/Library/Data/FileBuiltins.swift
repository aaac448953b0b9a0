import Formats
import Interpreter

/// Files as such: whether they are there, which there are, and away with them.
enum FileBuiltins {
  private static let subject = "Data and files"
  private static let pattern = "a file or folder; a * in its last part stands for any characters"

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "exists", "Whether a file or a folder is there.", subject: subject, parameters: [Parameter("path", .string, pattern)],
        examples: [Example("exists(\"/tmp\")", "true"), Example("exists(\"/nowhere/run-*.safetensors\")", "false")],
        details: "It is looked for where `load` looks: in the working directory, then beside the script."
      ) { call in
        let path = call.session.folders.path(toRead: try call.string("path"))
        return .boolean(Files.exists(path) || path.contains("*") && !Files.matching(path).isEmpty)
      })
    catalog.add(
      Builtin(
        "files", "The files that fit a path with a * in its last part, in natural order: 2 before 10.", subject: subject,
        parameters: [Parameter("path", .string, pattern)],
        examples: [
          Example(
            "save [1, 2] |> tensor, \"/tmp/gan-example-7.npy\"\nfiles(\"/tmp/gan-example-*.npy\")[-1]",
            "\"/tmp/gan-example-7.npy\"")
        ]
      ) { call in
        .list(Files.matching(call.session.folders.path(toRead: try call.string("path"))).map(Value.string))
      })
    catalog.add(
      Builtin(
        "delete_file", "Deletes a file.", subject: subject,
        parameters: [Parameter("path", .string, "the file; folders are not deleted")],
        examples: [
          Example(
            "save eye(2), \"/tmp/gan-example-gone.npy\"\ndelete_file \"/tmp/gan-example-gone.npy\"\nexists(\"/tmp/gan-example-gone.npy\")",
            "false")
        ]
      ) { call in
        try Files.delete(call.session.folders.path(toWrite: try call.string("path")))
        return .none
      })
  }
}
