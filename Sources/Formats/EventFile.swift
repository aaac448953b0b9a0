import Base
import Glibc
import Synchronization

/// A file of events that grows: each event is handed to the system when it is written, so that TensorBoard sees it at once, and what a
/// crash leaves can be read up to the last whole event.
public final class EventFile {
  /// Where the file lies, as `create` made its name.
  public let path: String
  private var descriptor: Int32
  /// Where the last whole event ends.
  private var end = 0
  /// What other files of the folder hold.
  private var earlier: EventRecord
  /// The events that were not written, because the other files hold them.
  private var known: [Event] = []
  /// Whether another process was writing to the folder when this file was begun.
  public let isShared: Bool

  /// Whether events can still be written.
  public var isOpen: Bool { descriptor >= 0 }

  /// Begins a file of its own in a folder, which is made where it is missing. Its name, `events.out.tfevents.<seconds>.<host>.<process>.<n>`,
  /// is one that TensorBoard looks for. What other files of the folder hold is not written again.
  ///
  /// - Throws: `FormatError` where the folder or the file cannot be made.
  public static func create(in folder: String) throws -> EventFile {
    try Folder.make(folder)
    let (earlier, isShared) = EventRecord.read(folder: folder)
    let time = Event.now
    // TensorBoard reads files in the order of their names: one begun within the same second comes behind the others all the same.
    let second = max(Int(time), (earlier.latestSecond ?? 0) + 1)
    var number = 0
    while true {
      let name = "events.out.tfevents.\(second).\(hostName()).\(getpid()).\(number)"
      let path = Paths.join(folder, name)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return try EventFile(path, descriptor, time, earlier, isShared) }
      guard errno == EEXIST else { throw FormatError.system(errno, path, writing: true) }
      number += 1
    }
  }

  /// - Parameter descriptor: the open, empty file; closed with the log.
  init(
    _ path: String, _ descriptor: Int32, _ wallTime: Double, _ earlier: EventRecord = EventRecord(), _ isShared: Bool = false
  ) throws {
    self.path = path
    self.descriptor = descriptor
    self.earlier = earlier
    self.isShared = isShared
    // Others see by it that the file is being written.
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
    if let identity = FileIdentity(descriptor: descriptor) { _ = Self.written.withLock { $0.insert(identity) } }
    try append(Event(.version, step: 0, wallTime: wallTime))
  }

  deinit { if descriptor >= 0 { release() } }

  /// The files that this process writes. Its own locks hold against itself too, and the number of the process in a file's name may be that of
  /// another in another container.
  private static let written = Mutex<Set<FileIdentity>>([])

  /// Whether an open file is one that this process writes.
  static func isWrittenHere(_ descriptor: Int32) -> Bool {
    FileIdentity(descriptor: descriptor).map { identity in written.withLock { $0.contains(identity) } } ?? false
  }

  /// Closes the file.
  private func release() {
    if let identity = FileIdentity(descriptor: descriptor) { _ = Self.written.withLock { $0.remove(identity) } }
    Glibc.close(descriptor)
    descriptor = -1
  }

  /// Writes an event, unless another file of the folder holds it. Where the other files hold another value for its step, or later
  /// steps of another training, they are marked as superseded from that step on.
  ///
  /// - Throws: `FormatError` where the file was closed or cannot grow; the file then ends with the event before.
  public func write(_ event: Event) throws {
    guard let name = event.name, let value = try event.value() else { return try append(event) }
    switch earlier.finding(name, step: event.step, sum: EventRecord.sum(of: value.bytes)) {
    case .new: try append(event)
    case .known:
      guard isOpen else { return try append(event) }
      known.append(event)
    case .contradicted:
      try append(Event(.start, step: event.step, wallTime: event.wallTime))
      earlier.forget(from: event.step)
      for other in known where other.step >= event.step { try append(other) }
      known.removeAll { $0.step >= event.step }
      try append(event)
    }
  }

  /// Writes an event behind the others. After a failure the file is as it was.
  private func append(_ event: Event) throws {
    guard isOpen else {
      throw FormatError(title: "the event log is closed", advice: "Open another one with event_log(…).", path: path)
    }
    let bytes = TFRecord.framed(try event.encoded())
    do {
      try bytes.withUnsafeBytes { try AtomicFile.write($0, descriptor, named: path) }
    } catch {
      _ = ftruncate(descriptor, off_t(end))
      throw error
    }
    end += bytes.count
  }

  /// Waits until the disk has everything, and closes the file. A closed file stays closed.
  ///
  /// - Throws: `FormatError` where the disk did not keep what was written; the file is closed all the same.
  public func close() throws {
    guard isOpen else { return }
    // What cannot be synchronised, such as a pipe, has nothing to wait for.
    let failure = fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno
    release()
    guard failure == 0 else { throw FormatError.system(failure, path, writing: true) }
  }

  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0, name[0] != 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
