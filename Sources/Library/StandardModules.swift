import Formats
import Interpreter
import StandardLibrary
import Syntax

/// The modules of the standard library, as they are built into the program.
public enum StandardModules {
  /// Their names, sorted.
  public static let names: [String] = table.map { String(cString: $0.name) }

  /// The text of a module under its path `std/name.gan`; nil where there is none of this name.
  public static func source(named name: String) -> Source? {
    guard let place = names.firstIndex(of: name) else { return nil }
    let module = table[place]
    let text = String(decoding: UnsafeBufferPointer(start: module.text, count: module.length), as: UTF8.self)
    return Source(name: "std/\(name).gan", text: text, isLibrary: true)
  }

  private static var table: UnsafeBufferPointer<standard_module> {
    UnsafeBufferPointer(start: standard_module_table(), count: standard_module_count)
  }

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
