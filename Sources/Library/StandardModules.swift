import Formats
import Interpreter
import StandardLibrary
import Syntax

/// The modules of the standard library, as they are built into the program.
public enum StandardModules {
  /// Their names, sorted.
  public static let names: [String] = table.map(\.name)

  /// The text of a module under its path `std/name.gan`; nil where there is none of this name.
  public static func source(named name: String) -> Source? {
    table.first { $0.name == name }.map { Source(name: "std/\(name).gan", text: $0.text, isLibrary: true) }
  }

  private static let table: [(name: String, text: String)] = {
    let modules = UnsafeBufferPointer(start: standard_module_table(), count: standard_module_count)
    return modules.map { module in
      (
        String(cString: module.name),
        String(decoding: UnsafeBufferPointer(start: module.text, count: module.length), as: UTF8.self)
      )
    }
  }()

  /// Finds what `use` names: a standard module, or a file beside the script that uses it.
  static func load(_ module: Module, from user: Source) throws -> Source {
    switch module {
    case .standard(let name):
      if let source = source(named: name.text) { return source }
      let nearest = Suggestion.nearest(to: name.text, among: names)
      throw Failure(
        "there is no module \(name.text)", [(.whole, "not a module of the standard library")],
        advice: nearest.map { "Did you mean `use \($0)`?" }
          ?? "The standard library has \(names.joined(separator: ", ")). A file of your own is named as a string: use \"path/\(name.text).gan\"."
      )
    case .file(let path, _):
      let folder = user.name.lastIndex(of: "/").map { String(user.name[...$0]) } ?? ""
      let full = path.hasPrefix("/") ? path : folder + path
      return Source(name: full, text: String(decoding: try FileBytes.read(full), as: UTF8.self))
    }
  }
}
