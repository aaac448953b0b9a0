import Base
import Syntax

extension Value {
  /// What `print` writes. Throws what an object throws that has to be worked out first.
  public func printed() throws -> String {
    if case .string(let string) = self { return string }
    var printer = ValuePrinter(width: nil)
    return try printer.text(self)
  }

  /// What the REPL shows: strings quoted, long lists cut with … so that the text fits a number of lines of `width` columns.
  ///
  /// - Throws: what an object throws that has to be worked out first.
  public func description(width: Int = 80) throws -> String {
    if case .object(let object) = self { return try object.echoed() }
    var printer = ValuePrinter(width: width)
    return try printer.text(self)
  }

  /// For places where nothing may fail: errors and suggestions.
  public var plainText: String {
    if case .object(let object) = self { return object.typeName }
    return (try? description(width: 60)) ?? typeName
  }

  /// What was found, in a few words: "the string \"abc\"", "a list of 3".
  public var briefly: String {
    switch self {
    case .none: return "none"
    case .boolean(let boolean): return boolean ? "true" : "false"
    case .number(let number): return "the number \(NumberText.shortest(number))"
    case .string(let string):
      let cut = string.count > 24 ? string.prefix(23) + "…" : string[...]
      return "the string \(ValuePrinter.quoted(String(cut)))"
    case .list(let list): return list.elements.isEmpty ? "an empty list" : "a list of \(list.elements.count)"
    case .range(let range): return "the range \(ValuePrinter.text(range))"
    case .record: return "a record"
    case .function(let function): return function.name.map { "the function `\($0)`" } ?? "a function"
    case .builtin(let builtin): return "the function `\(builtin.name)`"
    case .object(let object): return object.typeName.withArticle
    }
  }
}

/// Writes values out; lists and records that hold themselves are shown as `[…]` and `{…}`.
struct ValuePrinter {
  /// Nil: in full.
  let width: Int?
  /// How what stands in lists is written; nil: as it is.
  private let element: ((Value) throws -> String)?
  private var open: Set<ObjectIdentifier> = []
  /// How many more values are written: structures that share their parts can stand for more than any text could hold.
  private var budget = 1 << 23
  private static let depthLimit = 64
  /// A cut text may have so many lines.
  private static let lines = 6

  init(width: Int?, element: ((Value) throws -> String)? = nil) {
    self.width = width
    self.element = element
  }

  mutating func text(_ value: Value) throws -> String {
    budget -= 1
    if let element {
      guard case .list(let list) = value else { return try element(value) }
      return try within(list, "[…]") { try $0.bracketed(list.elements) }
    }
    switch value {
    case .none: return "none"
    case .boolean(let boolean): return boolean ? "true" : "false"
    case .number(let number): return NumberText.shortest(number)
    case .string(let string): return Self.quoted(string)
    case .list(let list): return try within(list, "[…]") { try $0.bracketed(list.elements) }
    case .range(let range): return Self.text(range)
    case .record(let record): return try within(record, "{…}") { try $0.braced(record) }
    case .function(let function):
      let parameters = function.parameterNames.joined(separator: ", ")
      return function.name.map { "<function \($0)(\(parameters))>" } ?? "<function (\(parameters))>"
    case .builtin(let builtin): return "<function \(builtin.name)(\(builtin.parameterList))>"
    case .object(let object):
      let text = try object.printed()
      return width.map { text.displayWidth > $0 / 2 } == true ? "<\(object.outline)>" : text
    }
  }

  private mutating func within(
    _ object: AnyObject, _ ellipsis: String, _ body: (inout ValuePrinter) throws -> String
  ) throws -> String {
    let identity = ObjectIdentifier(object)
    guard open.count < Self.depthLimit, open.insert(identity).inserted else { return ellipsis }
    defer { open.remove(identity) }
    return try body(&self)
  }

  private mutating func bracketed(_ elements: [Value]) throws -> String {
    var text = "["
    for (place, element) in elements.enumerated() {
      if place > 0 { text += ", " }
      if budget < 0 || width.map({ text.utf8.count > $0 * Self.lines }) == true {
        return text + "… \(elements.count - place) more]"
      }
      try text.grow(by: self.text(element))
    }
    return text + "]"
  }

  private mutating func braced(_ record: Record) throws -> String {
    var text = "{"
    for (place, field) in record.fields.enumerated() {
      if place > 0 { text += ", " }
      if budget < 0 || width.map({ text.utf8.count > $0 * Self.lines }) == true {
        return text + "… \(record.count - place) more}"
      }
      text += "\(Self.isName(field.name) ? field.name : Self.quoted(field.name)): "
      try text.grow(by: self.text(field.value))
    }
    return text + "}"
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "_" else { return false }
    return text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0) }
  }

  static func text(_ range: NumberRange) -> String {
    let bounds = "\(NumberText.shortest(range.lower))..\(NumberText.shortest(range.upper))"
    return range.step == 1
      ? bounds
      : "range(\(NumberText.shortest(range.lower)), "
        + "\(NumberText.shortest(range.upper)), step: \(NumberText.shortest(range.step)))"
  }

  /// As it would be written in a program.
  static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "{": text += "\\{"
      case "}": text += "\\}"
      default:
        if scalar.harmless != scalar {
          text += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    return text + "\""
  }
}
