import Syntax

/// `value[i]`, `value[a..b]`. Marks: `.position(i)` is an index, `.left` the value.
public enum Indexing {
  static func wholeNumber(_ value: Value) throws -> Int {
    var number: Double?
    if case .number(let plain) = value { number = plain }
    if case .object(let object) = value {
      if object.isMask {
        throw Failure(
          "an index must be a whole number", [(.whole, "a mask")],
          advice:
            "A mask picks from a tensor or a data set: `tensor(xs)[mask]`. Of a list, `filter(xs, x -> …)` keeps those wanted.")
      }
      number = try object.scalar()
    }
    guard let number else { throw Failure("an index must be a whole number", [(.whole, value.briefly)]) }
    guard let whole = Int(exactly: number) else {
      throw Failure("an index must be a whole number", [(.whole, value.briefly)], advice: "Use `floor` or `round`.")
    }
    return whole
  }

  static func get(_ indices: [Index], of value: Value) throws -> Value {
    switch value {
    case .list(let list):
      switch try only(indices, value) {
      case .value(let index): return list.elements[try place(index, count: list.elements.count, "the list", "elements")]
      case .slice(let lower, let upper):
        return .list(List(Array(list.elements[bounds(lower, upper, count: list.elements.count)])))
      }
    case .string(let string):
      let count = string.count
      switch try only(indices, value) {
      case .value(let index):
        let offset = try place(index, count: count, "the string", "characters")
        return .string(String(string[string.index(string.startIndex, offsetBy: offset)]))
      case .slice(let lower, let upper):
        let bounds = bounds(lower, upper, count: count)
        let start = string.index(string.startIndex, offsetBy: bounds.lowerBound)
        return .string(String(string[start..<string.index(start, offsetBy: bounds.count)]))
      }
    case .range(let range):
      switch try only(indices, value) {
      case .value(let index): return .number(range.number(at: try place(index, count: range.count, "the range", "numbers")))
      case .slice(let lower, let upper):
        let bounds = bounds(lower, upper, count: range.count)
        let start = range.number(at: bounds.lowerBound)
        let end = bounds.isEmpty ? start : range.number(at: bounds.upperBound)
        guard let part = NumberRange(lower: start, upper: end, step: range.step) else {
          throw Failure("the range cannot be cut here")
        }
        return .range(part)
      }
    case .record(let record):
      guard case .value(.string(let name)) = try only(indices, value) else {
        throw Failure(
          "a record is looked into by a field's name", [(.position(0), describe(indices))],
          advice: "Write `r.name` or `r[\"name\"]`.")
      }
      if let field = record[name] { return field }
      if let absence = record.guardian?.absence(of: name) { throw absence }
      let near = Suggestion.nearest(to: name, among: record.names)
      let owner = record.guardian.map { "this \($0.title)" } ?? "the record"
      throw Failure(
        "\(owner) has no field `\(name)`", [(.position(0), "")],
        advice: near.map { ["Did you mean `\($0)`?"] } ?? ["Ask with `has(record, name)`."])
    case .object(let object):
      if let element = try object.index(indices) { return element }
      throw refusal(value)
    case .none, .boolean, .number, .function, .builtin: throw refusal(value)
    }
  }

  static func set(_ indices: [Index], of value: Value, to new: Value, in session: Session) throws {
    switch value {
    case .list(let list):
      guard case .value(let index) = try only(indices, value) else {
        throw Failure(
          "a stretch of a list cannot be assigned to", [(.position(0), "a range")],
          advice: "Assign its elements one by one, or join parts: `xs[0..2] + new + xs[4..]`.")
      }
      let place = try place(index, count: list.elements.count, "the list", "elements")
      session.suspects.note(new, in: list)
      list.elements[place] = new
    case .record(let record):
      guard case .value(.string(let name)) = try only(indices, value) else {
        throw Failure(
          "a record's field is named by a string", [(.position(0), describe(indices))],
          advice: "Write `r.name = …` or `r[\"name\"] = …`.")
      }
      try record.set(name, to: new, isWritten: false, in: session)
    case .object(let object):
      if try object.setIndex(indices, to: new) { return }
      throw Failure("the elements of \(value.typeNameWithArticle) cannot be assigned", [(.left, value.briefly)])
    case .string:
      throw Failure(
        "the characters of a string cannot be assigned", [(.left, value.briefly)],
        advice: "Make a new string: `replace(s, \"a\", \"b\")`, or `s[0..2] + \"…\" + s[3..]`.")
    case .none, .boolean, .number, .range, .function, .builtin: throw refusal(value)
    }
  }

  private static func refusal(_ value: Value) -> Failure {
    var advice: [String] = []
    switch value {
    case .function, .builtin: advice = ["A call has parentheses or a space: `f(x)` or `f x`."]
    case .none, .boolean, .number, .string, .list, .range, .record, .object: break
    }
    return Failure("\(value.typeNameWithArticle) has no elements to index", [(.left, value.briefly)], advice: advice)
  }

  private static func only(_ indices: [Index], _ value: Value) throws -> Index {
    if indices.count == 1 { return indices[0] }
    throw Failure(
      "\(value.typeNameWithArticle) takes one index", [(.position(1), "a second index")],
      advice: "Write `x[i][j]` for a list in a list; tensors take several.")
  }

  private static func describe(_ indices: [Index]) -> String {
    switch indices.first {
    case .some(.value(let value)): value.briefly
    case .some(.slice), .none: "a range"
    }
  }

  private static func place(_ index: Value, count: Int, _ owner: String, _ elements: String) throws -> Int {
    let wanted: Int
    do {
      wanted = try wholeNumber(index)
    } catch let failure as Failure {
      throw Failure(failure.title, [(.position(0), index.briefly)], advice: failure.advice)
    }
    let place = wanted < 0 ? wanted + count : wanted
    if place >= 0, place < count { return place }
    if count == 0 { throw Failure("\(owner) is empty", [(.position(0), "\(wanted)")]) }
    throw Failure(
      "\(owner) has no place \(wanted)", [(.position(0), "\(wanted)")],
      advice: "It has \(count) \(count == 1 ? String(elements.dropLast()) : elements): "
        + "the first is 0, the last \(count - 1) or -1.")
  }

  /// The part of 0 ..< count that a slice means: negative bounds count from the end, bounds beyond the ends are taken to them.
  public static func bounds(_ lower: Int?, _ upper: Int?, count: Int) -> Range<Int> {
    func clamped(_ bound: Int) -> Int { min(max(bound < 0 ? bound + count : bound, 0), count) }
    let start = lower.map(clamped) ?? 0
    let end = upper.map(clamped) ?? count
    return start..<max(start, end)
  }
}
