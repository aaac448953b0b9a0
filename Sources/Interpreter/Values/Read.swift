import Base
import Syntax

/// A variable of the language as a place that holds a value: one of a module, or one that a function captured.
public struct Variable {
  let cell: Cell

  /// As what holds its value.
  public var holder: any Holder { cell }
  /// Nil before it is given one.
  public var value: Value? { cell.value }
  /// The same for two variables only where they are one.
  public var identity: ObjectIdentifier { ObjectIdentifier(cell) }

  /// Runs `body` while these variables hold other values, and puts theirs back: whatever runs meanwhile sees the others.
  public static func holding<Result>(
    _ values: [(variable: Variable, value: Value)], _ body: () throws -> Result
  ) rethrows -> Result {
    if values.isEmpty { return try body() }
    let before = values.map(\.variable.cell.value)
    for (variable, value) in values { variable.cell.value = value }
    defer { for (place, value) in before.enumerated() { values[place].variable.cell.value = value } }
    return try body()
  }
}

/// What the text of a function takes of a variable outside of it: `f`, `state.u`, `nets[0]`.
public struct Read {
  /// A field, or an element at a constant place.
  public enum Step: Hashable, Sendable {
    case field(String)
    case place(Int)
  }

  /// As the text writes it.
  public let name: String
  /// The variable that the name means there.
  public let variable: Variable
  /// Empty where the text names the variable itself: it may then use everything that the variable holds.
  public let path: [Step]
  /// Whether the text sets the field or element at the end of the path.
  public let isSet: Bool
}

extension Read.Step {
  /// The step that an index in the text is, where it is one number or one string.
  init?(_ indices: [Expression]) {
    guard indices.count == 1 else { return nil }
    switch indices[0].kind {
    case .number(let number):
      guard let place = Int(exactly: number) else { return nil }
      self = .place(place)
    case .unary(.negate, let operand):
      guard case .number(let number) = operand.kind, let place = Int(exactly: -number) else { return nil }
      self = .place(place)
    case .string(let pieces):
      var text = ""
      for piece in pieces {
        guard case .text(let part) = piece else { return nil }
        text += part
      }
      self = .field(text)
    case .none, .boolean, .name, .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain, .call, .index, .field,
      .function, .conditional, .attempt:
      return nil
    }
  }

  /// The name of the field, or the number of the place.
  public var text: String {
    switch self {
    case .field(let name): name
    case .place(let place): "\(place)"
    }
  }

  /// The field or element of a record or a list; nil where there is none.
  public func value(in container: Value) -> Value? {
    switch (self, container) {
    case (.field(let name), .record(let record)): return record[name]
    case (.place(let place), .list(let list)):
      let index = place < 0 ? place + list.elements.count : place
      return list.elements.indices.contains(index) ? list.elements[index] : nil
    default: return nil
    }
  }
}

extension Function {
  /// What its text reads of variables outside, functions and blocks within it included, in the order of the text: the variables
  /// it captured, and those of its module, builtins that are not hidden left out. Everything else that a call can use is passed
  /// to it or made by it.
  public var reads: [Read] {
    template.makeReady()
    return template.reads.compactMap { read in
      guard let cell = read.global ?? template.captureNames.firstIndex(of: read.name).flatMap({ cell($0) }), cell.value != nil
      else { return nil }
      return Read(name: read.name, variable: Variable(cell: cell), path: read.path, isSet: read.isSet)
    }
  }

  private func cell(_ place: Int) -> Cell? { captured.indices.contains(place) ? captured[place] : nil }
}
