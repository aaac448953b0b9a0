import Base

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
  /// The value as what may hold others; nil where it holds none.
  public var holder: (any Holder)? {
    switch self {
    case .list(let list): list
    case .record(let record): record
    case .function(let function): function
    case .object(let object): object.holder
    case .none, .boolean, .number, .string, .range, .builtin: nil
    }
  }

  /// Whether it has a `holder`.
  @inline(__always)
  var isHolder: Bool {
    switch self {
    case .list, .record, .function: true
    case .object(let object): object.holder != nil
    case .none, .boolean, .number, .string, .range, .builtin: false
    }
  }

  /// Whether it can hold other values.
  var isContainer: Bool {
    switch self {
    case .list, .record, .function: true
    case .none, .boolean, .number, .string, .range, .builtin, .object: false
    }
  }
}

extension CycleSearch {
  /// The holder has these values.
  mutating func tell(_ values: [Value]) {
    tell(values) { value, search in if let holder = value.holder { search.tell(holder) } }
  }
}
