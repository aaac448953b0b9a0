/// Takes nested structures apart in a loop: left to themselves a million lists in one another would be released by a million nested
/// calls, and overflow the stack.
enum Dismantling {
  static func run(_ values: consuming [Value]) {
    var pending = values
    while let value = pending.popLast() {
      switch consume value {
      case .list(var list):
        if isKnownUniquelyReferenced(&list) { pending.append(contentsOf: list.takeElements()) }
      case .record(var record):
        if isKnownUniquelyReferenced(&record) { pending.append(contentsOf: record.takeValues()) }
      case .function(var function):
        if isKnownUniquelyReferenced(&function) { pending.append(contentsOf: function.takeCaptured()) }
      case .none, .boolean, .number, .string, .range, .builtin, .object: break
      }
    }
  }
}

extension Value {
  /// Whether it can hold other values.
  var isContainer: Bool {
    switch self {
    case .list, .record, .function: true
    case .none, .boolean, .number, .string, .range, .builtin, .object: false
    }
  }
}
