import Glibc

/// By what a file or a folder is known again, on whatever path one comes to it: the system's own numbers for it.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let file: UInt

  /// Of what `stat` has told.
  public init(_ facts: stat) { (device, file) = (UInt(facts.st_dev), UInt(facts.st_ino)) }

  /// Of what is open; nil where nothing is.
  public init?(descriptor: Int32) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { return nil }
    self.init(facts)
  }

  /// Of what stands at a path, where links lead; nil where nothing does.
  public init?(path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    self.init(facts)
  }
}
