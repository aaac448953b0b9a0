import Formats
import Interpreter

/// Puts a checkpoint into a run: first all of it is checked against the run's own nets, optimizers, batches and functions, then
/// everything is set, or nothing.
///
/// What can be made of the file alone (numbers, texts, lists, records, tensors) takes the place of what is there. Nets, optimizers,
/// batches and data must be the same in the run; their numbers change in place. Functions are the run's own.
final class RunFitting {
  let file: RunFile
  let nets = FittedLayers()
  private var firstSteps: [() throws -> Void] = []
  private var steps: [() throws -> Void] = []
  private var pending: [() throws -> Void] = []
  /// What has an `id` in the file, as it is in the run.
  private var shared: [Int: Value] = [:]

  /// Checks that the file fits the run; nothing changes.
  convenience init(_ file: RunFile, to run: Record) throws { try self.init(file, file.run, to: .record(run), at: "") }

  /// Checks that a value of the file fits one of the run, which stands there under `path`.
  init(_ file: RunFile, _ node: JSON, to target: Value, at path: String) throws {
    self.file = file
    // The checks hold what holds them.
    defer { pending = [] }
    _ = try fit(node, to: target, at: path)
    for check in pending { try check() }
  }

  /// Sets everything.
  func commit(in session: Session) throws {
    try commitNets()
    for step in steps { try step() }
    session.chance.source.restart(at: file.chance)
  }

  /// Sets the numbers of the nets alone.
  func commitNets() throws { for step in firstSteps { try step() } }

  // MARK: For the kinds

  /// Notes down what sets the numbers of nets.
  func first(_ step: @escaping () throws -> Void) { firstSteps.append(step) }

  /// Notes down what is set after the nets.
  func afterNets(_ step: @escaping () throws -> Void) { steps.append(step) }

  /// Checks something when all nets of the run have been found.
  func whenNetsAreKnown(_ check: @escaping () throws -> Void) { pending.append(check) }

  func share(_ value: Value, _ id: Int?) {
    if let id { shared[id] = value }
  }

  func misfit(_ text: String) -> Failure {
    Failure(
      "the checkpoint does not fit this run: \(text)", [(.argument("path"), file.path)],
      advice: [
        "Nothing has been changed.",
        "Build the run as it was built when it was kept: load(path).script is the script of then.",
      ])
  }

  /// The object of a kind that must stand in the run.
  func kept<T>(_ type: T.Type, _ target: Value?, _ path: String, _ what: String) throws -> T {
    if case .object(let object)? = target, let kept = object as? T { return kept }
    throw misfit("\(path) was \(what), and is \(target?.briefly ?? "missing") here")
  }

  /// The value that stands in the run for one of the file.
  func fit(_ node: JSON, to target: Value?, at path: String) throws -> Value {
    let part = try RunPart(node, in: file)
    switch part.content {
    case .value(let kept): return try kept.fit(to: target, at: path, id: part.id, by: self)
    case .ref(let id):
      guard let value = shared[id] else { throw RunFile.damaged(file.path) }
      if let target, KeptKinds.of(target).isIrreplaceable, !target.isSame(as: value) {
        throw misfit("\(path) is there what also stands elsewhere in the run, and here something of its own")
      }
      return value
    }
  }
}

extension Value {
  fileprivate func isSame(as other: Value) -> Bool {
    if case .object(let one) = self, case .object(let two) = other { one === two } else { false }
  }
}
