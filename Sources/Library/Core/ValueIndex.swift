import Interpreter

/// The places of different values, in the order in which they were added. Values are the same where `==` says so, and `nan` is one value.
struct ValueIndex {
  private var places: [Shallow: [Int]] = [:]
  /// The different values.
  private(set) var values: [Value] = []

  /// What equal values have in common, quickly found: the whole of a number or a string, the size and the first elements of a list.
  private enum Shallow: Hashable {
    case none
    case boolean(Bool)
    case number(Double)
    case notANumber
    case string(String)
    case list(count: Int, first: [Shallow])
    case record(count: Int)
    case range(count: Int)
    case function
    /// Of a tensor of one number that number.
    case object(Double?)

    init(_ value: Value, depth: Int = 0) throws {
      switch value {
      case .none: self = .none
      case .boolean(let boolean): self = .boolean(boolean)
      case .number(let number): self = number.isNaN ? .notANumber : .number(number)
      case .string(let string): self = .string(string)
      case .list(let list):
        self = .list(
          count: list.elements.count,
          first: depth > 1 ? [] : try list.elements.prefix(4).map { try Shallow($0, depth: depth + 1) })
      case .record(let record): self = .record(count: record.count)
      case .range(let range): self = .range(count: range.count)
      case .function, .builtin: self = .function
      case .object(let object): self = .object(try object.scalar().flatMap { $0.isNaN ? nil : $0 })
      }
    }
  }

  /// The place of a value among the different ones, which it joins where it is new.
  mutating func place(of value: Value) throws -> Int {
    let key = try Shallow(value)
    if let known = try known(value, key) { return known }
    places[key, default: []].append(values.count)
    values.append(value)
    return values.count - 1
  }

  private func known(_ value: Value, _ key: Shallow) throws -> Int? {
    guard let candidates = places[key] else { return nil }
    if key == .notANumber { return candidates.first }
    return try candidates.first { try values[$0].isEqual(to: value) }
  }
}
