import Base

/// Runs over the elements of a value, as `for` does: a list's elements, a range's numbers, a string's characters, a record's names.
public final class Elements {
  private enum Base {
    case list(List)
    case range(NumberRange)
    case characters([Character])
    case names([String])
    case object(Object.ElementAtPlace)
  }

  private let base: Base
  private var place = 0
  /// How many there are, where it is known.
  public let count: Int?

  init(_ value: Value) throws {
    switch value {
    case .list(let list): (base, count) = (.list(list), list.elements.count)
    case .range(let range): (base, count) = (.range(range), range.count)
    case .string(let string):
      try Memory.require(string.utf8.count, of: Character.self)
      let characters = Array(string)
      (base, count) = (.characters(characters), characters.count)
    case .record(let record): (base, count) = (.names(record.names), record.count)
    case .object(let object):
      guard let element = try object.elements() else { throw Self.refusal(value) }
      (base, count) = (.object(element), object.count)
    case .none, .boolean, .number, .function, .builtin: throw Self.refusal(value)
    }
  }

  private static func refusal(_ value: Value) -> Failure {
    var advice: [String] = []
    if case .number = value { advice = ["To count, write a range: `for i in 0..\(value.plainText)`."] }
    return Failure("\(value.typeNameWithArticle) has no elements to run over", [(.whole, value.briefly)], advice: advice)
  }

  /// The next one; nil at the end. Throws what goes wrong in making it.
  public func next() throws -> Value? {
    defer { place += 1 }
    switch base {
    case .list(let list): return place < list.elements.count ? list.elements[place] : nil
    case .range(let range): return place < range.count ? .number(range.number(at: place)) : nil
    case .characters(let characters): return place < characters.count ? .string(String(characters[place])) : nil
    case .names(let names): return place < names.count ? .string(names[place]) : nil
    case .object(let element): return try element(place)
    }
  }
}

extension Elements {
  /// All that are left.
  public func all() throws -> [Value] {
    var values: [Value] = []
    if let count { try values.makeRoom(for: count - min(place, count)) }
    while let value = try next() { try values.add(value) }
    return values
  }
}

extension [Value] {
  /// Appends a value.
  ///
  /// - Throws: `Memory.Shortage` where the array has to become larger, and there is no memory for that.
  @inline(__always)
  public mutating func add(_ value: Value) throws(Memory.Shortage) {
    if count == capacity { try makeRoom(heldBytes: value.heldBytes) }
    append(value)
  }
}

extension Value {
  /// About what a value holds besides itself, where it is not shared.
  fileprivate var heldBytes: Int {
    switch self {
    case .none, .boolean, .number, .builtin: 0
    case .string(let text): text.utf8.count > 15 ? 32 + text.utf8.count : 0
    case .list(let list): 96 + list.elements.count * MemoryLayout<Value>.stride
    case .range: 48
    case .record(let record): 128 + record.count * 3 * MemoryLayout<Value>.stride
    case .function, .object: 128
    }
  }
}

extension Value {
  /// The elements of anything that can be run over. Throws a `Failure`.
  public func elements() throws -> Elements { try Elements(self) }
}
