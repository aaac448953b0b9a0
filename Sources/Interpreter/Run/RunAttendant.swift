/// Who watches a training and has a hand in it: a page with buttons, say. It is asked on the session's thread, by the builtins `attend`,
/// `moves` and `sub_step`, which `train` and the steps of the models call. Where a session has none they do nothing.
public protocol RunAttendant: AnyObject {
  /// Before a step of `run`, which follows surely: looks at the run, may change it, may wait.
  ///
  /// - Throws: `Interrupted` where the program is to stop, and what ends the training.
  func attend(_ run: Value, in session: Session) throws
  /// Whether `player`, one of the networks ("D", "G"), is moved in the step of `run` that is under way.
  func moves(_ player: String, of run: Value, in session: Session) throws -> Bool
  /// In a step of `run`, after the part of it that is called `name`, what it made is in the run.
  func subStep(_ name: String, of run: Value, in session: Session) throws
}

extension RunAttendant {
  /// All players move.
  public func moves(_ player: String, of run: Value, in session: Session) throws -> Bool { true }
  /// The parts of a step are not looked at.
  public func subStep(_ name: String, of run: Value, in session: Session) throws {}
}
