import Formats
import Interpreter

/// Values of the language as JSON: none is null, a record an object in its order, a list, a range or a tensor an array.
enum Documents {
  static func value(_ json: JSON) -> Value {
    switch json {
    case .null: .none
    case .boolean(let truth): .boolean(truth)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .array(let elements): .list(elements.map(value))
    case .object(let members): .record(Record(members.map { ($0.key, value($0.value)) }))
    }
  }

  /// - Throws: `Failure` where something in the value is none that JSON has, or where it lies deeper than can be read again.
  static func json(_ value: Value, _ session: Session) throws -> JSON {
    var writer = Writer()
    let json = try writer.json(value, at: "", depth: 0)
    if writer.infinite > 0 {
      session.remark(
        Remark(
          writer.infinite == 1 ? "a number is written as null" : "\(writer.infinite) numbers are written as null",
          [(.argument("value"), "\(writer.firstInfinite) is not finite")], advice: ["JSON has no nan and no infinity."]))
    }
    return json
  }

  /// Whether the value is what JSON is made of, rather than a thing of its own, such as a net.
  static func isDocument(_ value: Value) -> Bool {
    switch value {
    case .none, .boolean, .number, .string, .list, .range, .record: true
    case .object: value.tensor != nil
    case .function, .builtin: false
    }
  }

  private struct Writer {
    /// Numbers that JSON does not have, and where the first of them stands.
    private(set) var infinite = 0
    private(set) var firstInfinite = ""
    private static let depthLimit = 250

    mutating func json(_ value: Value, at path: String, depth: Int) throws -> JSON {
      guard depth < Writer.depthLimit else {
        throw Failure("the value is nested too deeply for JSON, or holds itself", [(.argument("value"), "")])
      }
      switch value {
      case .none: return .null
      case .boolean(let truth): return .boolean(truth)
      case .string(let text): return .string(text)
      case .number(let number): return self.number(number, path)
      case .list(let list):
        return .array(try list.elements.enumerated().map { try json($1, at: "\(path)[\($0)]", depth: depth + 1) })
      case .range:
        return .array(try (Numbers.list(value) ?? []).map { self.number($0, path) })
      case .record(let record):
        var members: [(String, JSON)] = []
        for (name, field) in record.fields {
          members.append((name, try json(field, at: path.isEmpty ? name : "\(path).\(name)", depth: depth + 1)))
        }
        return .object(JSON.Members(members))
      case .object:
        if let tensor = value.tensor { return try array(tensor.doubles()[...], tensor.shape.dimensions[...], path) }
        throw refused(value, path)
      case .function, .builtin: throw refused(value, path)
      }
    }

    private mutating func array(_ numbers: ArraySlice<Double>, _ shape: ArraySlice<Int>, _ path: String) -> JSON {
      guard let size = shape.first else { return numbers.first.map { number($0, path) } ?? .null }
      let inner = shape.dropFirst()
      let step = inner.reduce(1, *)
      return .array(
        (0..<size).map { place in
          let start = numbers.startIndex + place * step
          return array(numbers[start..<start + step], inner, "\(path)[\(place)]")
        })
    }

    private mutating func number(_ number: Double, _ path: String) -> JSON {
      if !number.isFinite {
        infinite += 1
        if infinite == 1 { firstInfinite = path.isEmpty ? "it" : "`\(path)`" }
      }
      return .number(number)
    }

    private func refused(_ value: Value, _ path: String) -> Failure {
      Failure(
        "JSON holds no \(value.typeName)",
        [(.argument("value"), path.isEmpty ? value.typeNameWithArticle : "`\(path)` is \(value.typeNameWithArticle)")],
        advice: "It holds records, lists, tensors, strings, numbers, booleans and none. A run is kept in a .safetensors file.")
    }
  }
}
