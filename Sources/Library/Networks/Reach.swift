import Interpreter
import Networks

/// The nets, layers and parameters that a function can come to: those in the variables that its text names, in lists and records there,
/// and in the variables of functions there. What it is given at a call, or makes in it, is not among them.
struct Reach {
  /// In the order of the text, each once, with the way to it: "f", "blocks.0", "inner.h".
  private(set) var found: [(name: String, layer: any Layer)] = []
  /// What has been looked through: records may hold themselves, and functions may call one another.
  private var seen: Set<ObjectIdentifier> = []
  private var names: Set<String> = []
  /// The steps of the ways that have been gone: a name, and the place here of the step before it, below 0 for the first.
  private var steps: [(name: String, before: Int)] = []
  /// What is still to be looked through, with the last step to it; the next one last.
  private var pending: [(value: Value, way: Int)] = []

  init(of function: Function) {
    pending = [(.function(function), -1)]
    while let (value, way) = pending.popLast() { visit(value, way) }
  }

  private mutating func visit(_ value: Value, _ way: Int) {
    switch value {
    case .list(let list):
      guard seen.insert(ObjectIdentifier(list)).inserted else { return }
      for place in list.elements.indices.reversed() { later(list.elements[place], "\(place)", after: way) }
    case .record(let record):
      guard seen.insert(ObjectIdentifier(record)).inserted else { return }
      for field in record.fields.reversed() { later(field.value, field.name, after: way) }
    case .function(let function):
      guard seen.insert(ObjectIdentifier(function)).inserted else { return }
      for read in function.reads.reversed() {
        if let (name, value) = Reach.value(of: read) { later(value, name, after: way) }
      }
    case .object(let object):
      guard let layer = Reach.layer(object), seen.insert(ObjectIdentifier(layer)).inserted else { return }
      var place = text(of: way)
      while !names.insert(place).inserted { place += "'" }
      found.append((place, layer))
    case .none, .boolean, .number, .string, .range, .builtin: break
    }
  }

  /// Leaves a value to be looked through, if there can be something in it.
  private mutating func later(_ value: Value, _ name: @autoclosure () -> String, after way: Int) {
    switch value {
    case .list, .record, .function, .object:
      pending.append((value, steps.count))
      steps.append((name(), way))
    case .none, .boolean, .number, .string, .range, .builtin: break
    }
  }

  /// "blocks.0.f"
  private func text(of way: Int) -> String {
    var names: [String] = []
    var way = way
    while way >= 0 {
      names.append(steps[way].name)
      way = steps[way].before
    }
    return names.reversed().joined(separator: ".")
  }

  /// What a read comes to, and the way there; nil where nothing is there. Of a net it may be one layer, of other values with fields it
  /// is the value itself.
  private static func value(of read: Read) -> (name: String, value: Value)? {
    guard var value = read.variable.value else { return nil }
    var name = read.name
    for step in read.path {
      switch value {
      case .list, .record:
        guard let inner = step.value(in: value) else { return nil }
        value = inner
      case .object(let object):
        guard let net = object as? NetworkValue, case .place(let place) = step else { return (name, value) }
        let layers = net.network.layers
        let index = place < 0 ? place + layers.count : place
        return layers.indices.contains(index) ? ("\(name).\(step.text)", LayerValue.value(layers[index])) : nil
      case .none, .boolean, .number, .string, .range, .function, .builtin: return (name, value)
      }
      name += ".\(step.text)"
    }
    return (name, value)
  }

  /// The layer that a value stands for, where it is a net, a layer or a parameter.
  static func layer(_ object: any Object) -> (any Layer)? {
    switch object {
    case let value as NetworkValue: value.network
    case let value as LayerValue: value.layer
    case let value as TensorValue: value.learned
    default: nil
    }
  }
}
