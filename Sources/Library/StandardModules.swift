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

  /// The module that a program uses for a name: `gan` where that brings it, else the one that defines it; nil where there is none.
  static func module(bringing name: String) -> String? {
    homes[name].map { broughtByGan.contains($0) ? "gan" : $0 }
  }

  /// The names that the modules define for their users.
  static let publicNames: [String] = names.flatMap { contents[$0]?.names ?? [] }

  /// What a module defines at its top level for its users, and the modules that it uses itself.
  private typealias Contents = (names: [String], modules: [String])

  /// Read once, when they are first asked for: that takes some milliseconds, and a program may come to many names that are not there.
  private static let contents: [String: Contents] = Dictionary(uniqueKeysWithValues: names.map { ($0, contents(of: $0)) })

  /// The module that defines each public name.
  private static let homes: [String: String] = Dictionary(
    names.flatMap { module in (contents[module]?.names ?? []).map { ($0, module) } }
  ) { first, _ in first }

  /// The modules whose names `use gan` brings: those that it uses itself, or through such a one.
  private static let broughtByGan: Set<String> = {
    var (seen, open): (Set<String>, [String]) = (["gan"], ["gan"])
    while let next = open.popLast() { open += (contents[next]?.modules ?? []).filter { seen.insert($0).inserted } }
    return seen
  }()

  private static func contents(of module: String) -> Contents {
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
    return (defined.filter { !$0.hasPrefix("_") }, used)
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
