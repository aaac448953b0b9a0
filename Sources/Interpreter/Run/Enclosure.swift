/// What the programs of a session run inside of: for a library whose values belong to something that a thread has to enter first.
public protocol Enclosure: AnyObject {
  /// - Throws: What `body` throws; an error of its own where this thread may not enter.
  func run<Result>(_ body: () throws -> Result) throws -> Result
}
