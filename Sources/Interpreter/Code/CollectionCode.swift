import Base
import Syntax

final class ListCode: Code {
  let elements: [Code]

  init(_ elements: [Code], _ place: Place) {
    self.elements = elements
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements { values.append(try element.evaluate(frame)) }
    try noteAllocation(frame)
    return .list(List(values))
  }
}

final class RecordCode: Code {
  let fields: [(name: String, value: Code)]

  init(_ fields: [(name: String, value: Code)], _ place: Place) {
    self.fields = fields
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let record = Record()
    for (name, code) in fields { record[name] = try code.evaluate(frame) }
    try noteAllocation(frame)
    return .record(record)
  }
}

/// `a..b` as a value.
final class RangeCode: Code {
  let lower: Code
  let upper: Code

  init(_ lower: Code, _ upper: Code, _ place: Place) {
    self.lower = lower
    self.upper = upper
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let first = try lower.evaluate(frame)
    return .range(try make(first, try upper.evaluate(frame), frame))
  }

  func make(_ first: Value, _ last: Value, _ frame: Frame) throws -> NumberRange {
    func failing(_ title: String, _ labels: [(Code, Value)]) -> Raised {
      Raised(title, labels.map { $0.0.place.label($0.1.briefly) })
    }
    let session = frame.machine.pointee.session
    guard let start = try first.scalar(at: lower.place, in: session) else {
      throw failing("a range runs from a number to a number", [(lower, first)])
    }
    guard let end = try last.scalar(at: upper.place, in: session) else {
      throw failing("a range runs from a number to a number", [(upper, last)])
    }
    guard let range = NumberRange(lower: start, upper: end) else {
      throw failing(
        "a range needs finite bounds within ±2^53, between which whole numbers are told apart", [(lower, first), (upper, last)])
    }
    return range
  }
}

/// A string with values set into it.
final class TextCode: Code {
  enum Piece {
    case text(String)
    case value(Code, FormatSpecification?)
  }

  let pieces: [Piece]

  init(_ pieces: [Piece], _ place: Place) {
    self.pieces = pieces
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let text = try text(from: 0, frame)
    try noteAllocation(frame)
    return .string(text)
  }

  /// The text of the pieces from one on.
  func text(from start: Int, _ frame: Frame) throws -> String {
    var text = ""
    for piece in pieces[start...] {
      switch piece {
      case .text(let part): try grow(&text, by: part, frame)
      case .value(let code, let format):
        let value = try code.evaluate(frame)
        if format == nil, case .string(let string) = value {
          try grow(&text, by: string, frame)
          continue
        }
        do {
          try text.grow(by: format.map { try Formatting.text(of: value, $0) } ?? value.printed())
        } catch {
          throw Raised.from(error, at: code.place, in: frame.machine.pointee.session)
        }
      }
    }
    return text
  }

  @inline(__always)
  private func grow(_ text: inout String, by part: String, _ frame: Frame) throws {
    do {
      try text.grow(by: part)
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session)
    }
  }
}

/// The body of a block whose statement values are gathered.
final class CollectingBodyCode: Code {
  let body: Code
  let slot: Int

  init(_ body: Code, slot: Int, _ place: Place) {
    self.body = body
    self.slot = slot
    super.init(place)
  }

  override func result(_ frame: Frame) throws -> Value {
    let collection = Collection()
    frame.locals[slot] = .object(collection)
    _ = try body.execute(frame)
    return .object(collection)
  }
}

/// What a collecting block has gathered, and where each value comes from.
final class Collection: Object {
  var values: [Value] = []
  var places: [Place] = []
  var typeName: String { "collection" }
}

/// A statement of a collecting block.
final class CollectCode: Code {
  let value: Code
  let slot: Int

  init(_ value: Code, slot: Int) {
    self.value = value
    self.slot = slot
    super.init(value.place)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    let value = try value.evaluate(frame)
    if case .none = value { return .next }
    if case .some(.object(let object)) = frame.locals[slot], let collection = object as? Collection {
      collection.values.append(value)
      collection.places.append(place)
    }
    return .next
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    _ = try execute(frame)
    return .none
  }
}
