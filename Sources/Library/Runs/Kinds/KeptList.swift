import Formats
import Interpreter

/// `list`: its elements. A list that nobody else holds is an array of JSON.
struct KeptList: KeptKind {
  static let name = "list"
  let elements: [JSON]

  init(_ elements: [JSON]) { self.elements = elements }

  static func claims(_ value: Value) -> Bool { if case .list = value { true } else { false } }

  static func sharedIdentity(of value: Value) -> ObjectIdentifier? {
    if case .list(let list) = value { ObjectIdentifier(list) } else { nil }
  }

  private static func elements(of value: Value) -> [Value] { if case .list(let list) = value { list.elements } else { [] } }

  static func meetContents(of value: Value, at path: String, depth: Int, by encoder: RunEncoder) throws {
    for (place, element) in elements(of: value).enumerated() {
      try encoder.meet(element, at: RunFile.path(path, "\(place)"), depth: depth + 2)
    }
  }

  static func content(of value: Value, at path: String, by encoder: RunEncoder) throws -> JSON {
    .array(try elements(of: value).enumerated().map { try encoder.json($1, at: RunFile.path(path, "\($0)")) })
  }

  static func hold(_ value: Value, by snapshot: RunSnapshot) throws {
    guard case .list(let list) = value else { return }
    let elements = list.elements
    guard elements.contains(where: RunSnapshot.canChange) else { return snapshot.onRestoring { list.elements = elements } }
    let held = try elements.map { try snapshot.held($0) }
    snapshot.onRestoring { list.elements = try held.map { try $0.value() } }
  }

  init?(_ content: JSON, in file: RunFile) {
    guard let elements = content.array else { return nil }
    self.elements = elements
  }

  func fit(to target: Value?, at path: String, id: Int?, by fitting: RunFitting) throws -> Value {
    let (list, old): (List, [Value]) = if case .list(let list)? = target { (list, list.elements) } else { (List(), []) }
    fitting.share(.list(list), id)
    let new = try elements.enumerated().map { place, element in
      try fitting.fit(element, to: place < old.count ? old[place] : nil, at: RunFile.path(path, "\(place)"))
    }
    fitting.afterNets { list.elements = new }
    return .list(list)
  }

  func look(id: Int?, by reading: inout RunReading) throws -> Value {
    let list = List()
    reading.share(.list(list), id)
    list.elements = try elements.map { try reading.value($0) }
    return .list(list)
  }

  func nets(at path: String, node: JSON, in file: RunFile) throws -> [RunFile.FoundNet] {
    try elements.enumerated().flatMap { try file.nets(in: $1, at: RunFile.path(path, "\($0)")) }
  }
}
