import Interpreter
import Networks

/// Copies what a function can come to (see `Reach`), for a copy of the layer that it is: nets, layers, parameters, and the lists and records
/// that its text names as a whole, sets something in, or goes through on the way to one of these. A function stays the one it is; the copy
/// runs it while the variables hold the copies.
struct ClosureCopying {
  private let copying: LayerCopying
  private let session: Session
  /// What the variables hold for the copy.
  private(set) var variables: [(variable: Variable, value: Value)]
  private var places: [ObjectIdentifier: Int]
  private var seen: Set<ObjectIdentifier> = []
  /// Lists and records whose copies are still to be filled with copies.
  private var pending: [Value] = []
  private var functions: [Function] = []

  /// - Parameter before: What the variables hold for the function that is copied.
  init(
    _ function: Function, _ before: [(variable: Variable, value: Value)], _ copying: LayerCopying, in session: Session
  ) throws {
    self.copying = copying
    self.session = session
    variables = before
    places = Dictionary(before.enumerated().map { ($1.variable.identity, $0) }) { first, _ in first }
    functions = [function]
    while let function = functions.popLast() {
      guard seen.insert(ObjectIdentifier(function)).inserted else { continue }
      for read in function.reads { try copy(read) }
    }
  }

  private mutating func copy(_ read: Read) throws {
    guard let value = read.variable.value, let copy = try copy(value, read.path[...], isSet: read.isSet) else { return }
    while let container = pending.popLast() { try fill(container) }
    if let place = places[read.variable.identity] {
      variables[place].value = copy
    } else {
      places[read.variable.identity] = variables.count
      variables.append((read.variable, copy))
    }
  }

  /// The copy of a value, of which `path` is read; nil where all of it is shared.
  private mutating func copy(_ value: Value, _ path: ArraySlice<Read.Step>, isSet: Bool) throws -> Value? {
    switch value {
    case .list, .record:
      guard let step = path.first else {
        if seen.insert(value.containerIdentity).inserted { pending.append(value) }
        return container(value)
      }
      let inner = try step.value(in: value).flatMap { try self.copy($0, path.dropFirst(), isSet: isSet) }
      guard inner != nil || (isSet && path.count == 1) else { return nil }
      let copy = container(value)
      if let inner { step.set(inner, in: copy) }
      return copy
    case .function(let function):
      functions.append(function)
      return nil
    case .object(let object): return try object.networkCopy(by: copying).map { .object($0) }
    case .none, .boolean, .number, .string, .range, .builtin: return nil
    }
  }

  /// The copy of a list or record, which holds what the original holds.
  private func container(_ value: Value) -> Value {
    switch value {
    case .list(let list):
      (copying.copy(of: list) { suspect(List(list.elements)) } as? List).map { .list($0) } ?? value
    case .record(let record):
      (copying.copy(of: record) { suspect(Record(record.fields.map { ($0.name, $0.value) })) } as? Record).map { .record($0) }
        ?? value
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: value
    }
  }

  /// It may come to hold itself, as the original may.
  private func suspect<Copy: Container>(_ copy: Copy) -> Copy {
    session.suspect(copy)
    return copy
  }

  /// Puts copies into the copy of a list or record.
  private mutating func fill(_ value: Value) throws {
    switch (value, container(value)) {
    case (.list(let list), .list(let copy)):
      for (place, element) in list.elements.enumerated() {
        if let element = try self.copy(element, [], isSet: false) { copy.elements[place] = element }
      }
    case (.record(let record), .record(let copy)):
      for (name, field) in record.fields {
        if let field = try self.copy(field, [], isSet: false) { copy[name] = field }
      }
    default: break
    }
  }
}

extension Object {
  /// The copy of a net, a layer or a parameter; nil for other values.
  func networkCopy(by copying: LayerCopying) throws -> (any Object)? {
    switch self {
    case let value as NetworkValue:
      try copying.copy(of: value) {
        guard let network = try copying.copy(of: value.network) as? Network else { return value }
        let copy = NetworkValue(network)
        copy.restore(sample: value.sampleShape)
        return copy
      } as? NetworkValue
    case let value as LayerValue:
      try copying.copy(of: value) { LayerValue(try copying.copy(of: value.layer)) } as? LayerValue
    case let value as TensorValue:
      try value.learned.flatMap { learned in
        try copying.copy(of: value) {
          (try copying.copy(of: learned) as? LearnedTensor).map { TensorValue($0) } ?? value
        } as? TensorValue
      }
    default: nil
    }
  }
}

extension Value {
  /// Tells lists and records apart.
  fileprivate var containerIdentity: ObjectIdentifier {
    switch self {
    case .list(let list): ObjectIdentifier(list)
    case .record(let record): ObjectIdentifier(record)
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: ObjectIdentifier(Value.self)
    }
  }
}

extension Read.Step {
  /// Puts `value` where the step leads in a list or record that has this place.
  fileprivate func set(_ value: Value, in container: Value) {
    switch (self, container) {
    case (.field(let name), .record(let record)): record[name] = value
    case (.place(let place), .list(let list)):
      let index = place < 0 ? place + list.elements.count : place
      if list.elements.indices.contains(index) { list.elements[index] = value }
    default: break
    }
  }
}
