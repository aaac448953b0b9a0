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

  /// The module that a program uses for a name: `gan` where that brings it, else the one that defines it; nil where there is none. Reads the
  /// modules' texts, which takes some milliseconds.
  static func module(bringing name: String) -> String? {
    guard !name.hasPrefix("_"), let home = names.first(where: { definitions(of: $0).names.contains(name) }) else { return nil }
    return isUsed(home, by: "gan") ? "gan" : home
  }

  /// The names that the modules define for their users.
  static func publicNames() -> [String] {
    names.flatMap { definitions(of: $0).names }.filter { !$0.hasPrefix("_") }
  }

  /// What a module defines at its top level, and the modules that it uses itself.
  private static func definitions(of module: String) -> (names: [String], modules: [String]) {
    guard let source = source(named: module), case .complete(let program) = Parser.parse(source) else { return ([], []) }
    var (defined, used): ([String], [String]) = ([], [])
    for statement in program.statements {
      switch statement.kind {
      case .definition(let name, _): defined.append(name.text)
      case .assignment(let targets, nil, _):
        for case .name(let name) in targets { defined.append(name.text) }
      case .use(.standard(let name), nil): used.append(name.text)
      case .expression, .assignment, .forLoop, .whileLoop, .breakLoop, .continueLoop, .returnValue, .use: break
      }
    }
    return (defined, used)
  }

  /// Whether a module brings the names of another, as one that it uses itself or through such a one.
  private static func isUsed(_ module: String, by user: String) -> Bool {
    var (seen, open): (Set<String>, [String]) = ([user], [user])
    while let next = open.popLast() {
      if next == module { return true }
      open += definitions(of: next).modules.filter { seen.insert($0).inserted }
    }
    return false
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
        advice: (nearest.map { ["Did you mean `use \($0)`?"] } ?? []) + [
          "`help \"use\"` lists the modules of the standard library. A file of your own is named as a string: `use \"path/\(name.text).gan\"`."
        ])
    case .file(let path, _):
      let folder = user.name.lastIndex(of: "/").map { String(user.name[...$0]) } ?? ""
      let full = path.hasPrefix("/") ? path : folder + path
      return Source(name: full, text: try TextEncoding.program(FileBytes.read(full), path: full))
    }
  }
}
