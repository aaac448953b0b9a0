import Base
import Glibc

/// What event files hold: under each name, for each step, the checksum of the value, so that a training that was resumed does not
/// write it again.
struct EventRecord {
  private var sums: [String: [Int: UInt64]] = [:]
  private var lastSteps: [String: Int] = [:]
  /// The latest second in the files' names; nil where there is no file.
  private(set) var latestSecond: Int?

  /// What the record says of something that is to be written.
  enum Finding {
    /// The files hold no such step.
    case new
    /// The files hold it.
    case known
    /// The files hold another value for the step, or later steps: they are of another training.
    case contradicted
  }

  func finding(_ name: String, step: Int, sum: UInt64) -> Finding {
    guard let last = lastSteps[name], step <= last else { return .new }
    return sums[name]?[step] == sum ? .known : .contradicted
  }

  /// Forgets the values at a step and after it.
  mutating func forget(from step: Int) {
    for name in sums.keys { sums[name] = sums[name]?.filter { $0.key < step } }
    lastSteps = sums.compactMapValues { $0.keys.max() }
  }

  private mutating func add(_ name: String, step: Int, sum: UInt64) {
    sums[name, default: [:]][step] = sum
    lastSteps[name] = max(lastSteps[name] ?? step, step)
  }

  static func sum(of bytes: [UInt8]) -> UInt64 {
    UInt64(Checksum(of: bytes).value) << 32 | UInt64(truncatingIfNeeded: bytes.count)
  }

  // MARK: Reading

  private static let prefix = "events.out.tfevents."

  /// Reads the event files of a folder, in the order in which TensorBoard does.
  /// - Returns: What they hold, and whether another process is writing one of them; that one is not read.
  static func read(folder: String) -> (record: EventRecord, isShared: Bool) {
    var record = EventRecord()
    var isShared = false
    let names = ((try? Folder.entries(folder)) ?? []).map(\.name).filter { $0.hasPrefix(prefix) }.sorted()
    record.latestSecond = names.compactMap { Int($0.dropFirst(prefix.count).prefix { $0 != "." }) }.max()
    for name in names {
      // Neither to open nor to read a thing of such a name must wait.
      let descriptor = open(Paths.join(folder, name), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      guard case .file = FileNature(descriptor: descriptor), let file = fdopen(descriptor, "rb") else {
        close(descriptor)
        continue
      }
      defer { fclose(file) }
      if !EventFile.isWrittenHere(descriptor), flock(fileno(file), LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK {
        isShared = true
        continue
      }
      while let event = TFRecord.next(in: file) { record.add(event) }
    }
    return (record, isShared)
  }

  /// Takes in an entry, a message as `Event` writes it; what is none is passed over.
  private mutating func add(_ event: [UInt8]) {
    var step = 0
    var summaries: [ArraySlice<UInt8>] = []
    var isStart = false
    var fields = ProtocolFields(event[...])
    while let field = fields.next() {
      switch (field.number, field.content) {
      case (2, .varint(let number)): step = Int(truncatingIfNeeded: number)
      case (5, .bytes(let bytes)): summaries.append(bytes)
      case (7, .bytes(let bytes)):
        var log = ProtocolFields(bytes)
        while let field = log.next() { if field.number == 1, case .varint(1) = field.content { isStart = true } }
      default: break
      }
    }
    if isStart { forget(from: step) }
    for summary in summaries {
      var values = ProtocolFields(summary)
      while let value = values.next() {
        guard value.number == 1, case .bytes(let bytes) = value.content else { continue }
        var parts = ProtocolFields(bytes)
        while let part = parts.next() {
          guard part.number == 1, case .bytes(let name) = part.content else { continue }
          add(String(decoding: name, as: UTF8.self), step: step, sum: EventRecord.sum(of: Array(bytes)))
        }
      }
    }
  }
}
