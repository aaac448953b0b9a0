/// Deep equality. Values of different kinds are not equal; functions and objects without an equality of their own are equal only
/// to themselves.
enum Equality {
  /// Deeper structures are refused: they would overflow the thread's stack.
  private static let depthLimit = 2000

  /// So many lists and records are compared at most: structures that share their parts can stand for more than could ever be visited.
  private static let stepLimit = 1 << 23

  /// What is being compared, the outermost first, and how many lists and records have been compared.
  private struct Progress {
    var open: Set<Pair> = []
    var steps = 0
  }

  private struct Pair: Hashable {
    let first: ObjectIdentifier
    let second: ObjectIdentifier
  }

  static func areEqual(_ left: Value, _ right: Value) throws -> Bool {
    switch (left, right) {
    case (.number(let first), .number(let second)): return first == second
    case (.string(let first), .string(let second)): return first == second
    default:
      var progress = Progress()
      return try compare(left, right, &progress)
    }
  }

  private static func compare(_ left: Value, _ right: Value, _ progress: inout Progress) throws -> Bool {
    switch (left, right) {
    case (.none, .none): return true
    case (.boolean(let first), .boolean(let second)): return first == second
    case (.number(let first), .number(let second)): return first == second
    case (.string(let first), .string(let second)): return first == second
    case (.list(let first), .list(let second)):
      if first === second { return true }
      if first.elements.count != second.elements.count { return false }
      return try nested(first, second, &progress) { progress in
        for (one, other) in zip(first.elements, second.elements) where try !compare(one, other, &progress) { return false }
        return true
      }
    case (.record(let first), .record(let second)):
      if first === second { return true }
      if first.count != second.count { return false }
      return try nested(first, second, &progress) { progress in
        for (name, value) in first.fields {
          guard let other = second[name], try compare(value, other, &progress) else { return false }
        }
        return true
      }
    case (.range(let first), .range(let second)):
      if first.count != second.count { return false }
      return first.count == 0 || (first.lower == second.lower && (first.count == 1 || first.step == second.step))
    case (.function(let first), .function(let second)): return first === second
    case (.builtin(let first), .builtin(let second)): return first === second
    case (.object(let first), .object(let second)):
      return try first === second || first.isEqual(right) ?? second.isEqual(left) ?? false
    case (.object(let object), let other), (let other, .object(let object)): return try object.isEqual(other) ?? false
    default: return false
    }
  }

  /// Two structures that are being compared already are taken as equal: only so can cyclic ones be compared.
  private static func nested(
    _ first: AnyObject, _ second: AnyObject, _ progress: inout Progress, _ body: (inout Progress) throws -> Bool
  ) throws -> Bool {
    progress.steps += 1
    guard progress.steps <= stepLimit else { throw Failure("the values hold too much to be compared") }
    let pair = Pair(first: ObjectIdentifier(first), second: ObjectIdentifier(second))
    guard progress.open.insert(pair).inserted else { return true }
    guard progress.open.count <= depthLimit else { throw Failure("the values are nested too deeply to be compared") }
    defer { progress.open.remove(pair) }
    return try body(&progress)
  }
}
