import Glibc

/// The memory that is still available, so that a request that is too large is an error and does not end the process: Linux grants
/// any request, and kills the process that then uses it.
enum Memory {
  /// Requests below this many bytes are not worth asking the system for.
  static let large = 64 << 20

  /// Bytes that can be used without displacing other programs: of the machine, or of the container where that has less.
  static var available: Int {
    let machine = number(after: "MemAvailable:", in: "/proc/meminfo").map { $0 << 10 } ?? .max
    guard let limit = number(after: "", in: "/sys/fs/cgroup/memory.max"),
      let used = number(after: "", in: "/sys/fs/cgroup/memory.current")
    else { return machine }
    // Pages of the container's files in the cache can be reclaimed.
    let cached = number(after: "inactive_file ", in: "/sys/fs/cgroup/memory.stat") ?? 0
    return min(machine, max(limit - used + cached, 0))
  }

  /// Throws where a block of `bytes` is not available; a sixteenth of the memory is left for everything else.
  static func check(bytes: Int) throws {
    guard bytes >= large else { return }
    let available = available
    guard bytes > available - available / 16 else { return }
    throw shortage(bytes: bytes, available: available)
  }

  static func shortage(bytes: Int, available: Int) -> TensorError {
    TensorError(
      title: "there is not enough memory", operands: [("shape", "needs \(Shape.size(bytes: Double(bytes)))")],
      advice: "\(Shape.size(bytes: Double(available))) of this machine's \(Shape.size(bytes: Shape.physicalMemory)) are free. "
        + "Use smaller sizes, or work in batches.")
  }

  /// The whole number after `label` in a system file; nil where there is none ("max", or no such file).
  private static func number(after label: String, in path: String) -> Int? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix(label) else { continue }
      let digits = text.dropFirst(label.utf8.count).drop { $0 == " " }.prefix { $0.isNumber }
      return Int(digits)
    }
    return nil
  }
}
