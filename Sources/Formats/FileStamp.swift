import Glibc

/// By what a file is known not to have changed: its size and when it was last written.
public struct FileStamp: Equatable, Sendable {
  /// In bytes.
  let size: Int
  /// In nanoseconds since 1970.
  let time: Int

  init(size: Int, time: Int) {
    self.size = size
    self.time = time
  }

  /// Of the file at a path, where a link leads; nil where there is none.
  public init?(_ path: String) {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    size = Int(status.st_size)
    time = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
  }
}
