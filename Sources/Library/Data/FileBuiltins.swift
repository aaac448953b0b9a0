import Formats
import Interpreter

/// Files as such: whether they are there, which there are, and away with them.
enum FileBuiltins {
  private static let subject = "Data and files"
  private static let pattern = "a file or folder; a * in its last part stands for any characters"

  static func register(in catalog: Catalog) {
    registerLooking(in: catalog)
    registerChanging(in: catalog)
  }

  private static func registerLooking(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "exists", "Whether a file or a folder is there.", subject: subject, parameters: [Parameter("path", .string, pattern)],
        examples: [Example("exists(\"/tmp\")", "true"), Example("exists(\"/nowhere/run-*.safetensors\")", "false")],
        details: "It is looked for where `load` looks: in the working directory, then beside the script."
      ) { call in
        let path = call.session.path(toList: try call.string("path"))
        return .boolean(Files.exists(path) || path.contains("*") && !Files.matching(path).isEmpty)
      })
    catalog.add(
      Builtin(
        "files", "The files that fit a path with a * in its last part, in natural order: 2 before 10.", subject: subject,
        parameters: [Parameter("path", .string, pattern)],
        examples: [
          Example(
            "save [1, 2] |> tensor, \"/tmp/gan-example-files-7.npy\"\nfiles(\"/tmp/gan-example-files-*.npy\")[-1]",
            "\"/tmp/gan-example-files-7.npy\"")
        ]
      ) { call in
        .list(Files.matching(call.session.path(toList: try call.string("path"))).map(Value.string))
      })
  }

  private static func registerChanging(in catalog: Catalog) {
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
        try Files.delete(call.session.path(toWrite: try call.string("path")))
        return .none
      })
    catalog.add(
      Builtin(
        "make_folder", "Makes a folder, and those above it, where they are missing.", subject: subject,
        parameters: [Parameter("path", .string, "the folder")],
        examples: [Example("make_folder \"/tmp/gan-example/runs/1\"\nexists(\"/tmp/gan-example/runs/1\")", "true")],
        details: "That it is there already is no error."
      ) { call in
        try Files.makeFolder(call.session.path(toWrite: try call.string("path")))
        return .none
      })
    catalog.add(
      Builtin(
        "delete_folder", "Deletes a folder in which nothing is.", subject: subject,
        parameters: [Parameter("path", .string, "the folder; with anything in it, it is refused")],
        examples: [
          Example(
            "make_folder \"/tmp/gan-example/empty\"\ndelete_folder \"/tmp/gan-example/empty\"\nexists(\"/tmp/gan-example/empty\")",
            "false")
        ]
      ) { call in
        try Files.deleteFolder(call.session.path(toWrite: try call.string("path")))
        return .none
      })
    catalog.add(
      Builtin(
        "rename", "Gives a file or a folder another name, or another place on the same disk.", subject: subject,
        parameters: [
          Parameter("path", .string, "the file or folder"),
          Parameter("new", .string, "its new path, where nothing stands yet: files are not replaced"),
        ],
        examples: [
          Example(
            "make_folder \"/tmp/gan-example/a\"\nrename \"/tmp/gan-example/a\", \"/tmp/gan-example/b\"\ndelete_folder \"/tmp/gan-example/b\"\nexists(\"/tmp/gan-example/a\")",
            "false")
        ]
      ) { call in
        let session = call.session
        try Files.move(session.path(toWrite: try call.string("path")), to: session.path(toWrite: try call.string("new")))
        return .none
      })
  }
}
