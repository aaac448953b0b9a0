import Base
import Formats
import Glibc

/// What the process takes of the machine, as the servers of Jupyter ask for it (`usage_request`).
struct Usage {
  /// The processor time and the clock when it was asked for last, in seconds.
  private var last: (used: Double, time: Double)?

  mutating func content(now: Double) -> [String: JSON] {
    var times = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &times)
    let used = Self.seconds(times.ru_utime) + Self.seconds(times.ru_stime)
    let share = last.flatMap { now > $0.time ? (used - $0.used) / (now - $0.time) * 100 : nil } ?? 0
    last = (used, now)
    let physical = Memory.physical
    let available = Double(Memory.available)
    return [
      "hostname": .string(Self.hostName), "pid": .number(Double(getpid())),
      // In percent of one processor.
      "kernel_cpu": .number((share * 10).rounded() / 10), "kernel_memory": .number(Self.residentBytes),
      "cpu_count": .number(Double(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
      "host_virtual_memory": .object([
        "total": .number(physical), "available": .number(available), "used": .number(max(0, physical - available)),
        "free": .number(available), "percent": .number(((1 - available / max(physical, 1)) * 1000).rounded() / 10),
      ]),
    ]
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What of the process is in memory.
  private static var residentBytes: Double {
    guard let text = try? Descriptor.text(of: "/proc/self/statm") else { return 0 }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
  }
}
