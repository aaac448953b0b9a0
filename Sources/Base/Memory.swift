import Glibc

/// The memory that is still available, so that a request that is too large is an error and does not end the process: Linux grants
/// almost any request, and kills the process that then uses it; and a request that it refuses, under `ulimit -v`, ends a Swift program.
public enum Memory {
  /// More memory was asked for than there is.
  public struct Shortage: Error, Equatable, Sendable {
    /// What it was for, as in "the table"; perhaps empty.
    public let purpose: String
    /// The bytes that were asked for, `Int.max` where their number is beyond all integers; nil where small pieces have eaten up all.
    public let needed: Int?
    /// The bytes that are available.
    public let available: Int

    /// "The table needs 3 GB; 1.6 GB of this machine's 25 GB are free."
    public var explanation: String {
      let subject = purpose.isEmpty ? "It" : purpose.prefix(1).uppercased() + purpose.dropFirst()
      let free = Memory.freeText(available)
      guard let needed else { return free.prefix(1).uppercased() + free.dropFirst() + "." }
      return "\(subject) needs \(SizeText.bytes(needed)); \(free)."
    }
  }

  /// Requests below this many bytes are not worth asking the system for, unless the process has limits of its own.
  public static let large = 64 << 20
  /// The same for a process with limits (`ulimit -v`).
  private static let largeUnderLimits = 1 << 20

  /// Of the machine, in bytes.
  public static let physical = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))

  static let hasLimits = MemoryLimits.ofProcess() != .init(addressSpace: nil, data: nil)

  /// To be called before there are threads. Where the process has limits, all of them share one heap: each else takes 64 MB of the address
  /// space for its own, and the last of them is refused while there is still room.
  public static func prepare() {
    guard hasLimits, let function = dlsym(nil, "mallopt") else { return }
    // M_ARENA_MAX of <malloc.h>, which Swift's module map of glibc leaves out.
    _ = unsafeBitCast(function, to: (@convention(c) (CInt, CInt) -> CInt).self)(-8, 1)
  }

  /// A size for a stack of so many bytes: an eighth of what a process with limits may have, if that is less.
  public static func stackSize(_ wanted: Int) -> Int {
    let limits = MemoryLimits.ofProcess()
    guard let limit = [limits.addressSpace, limits.data].compactMap(\.self).min() else { return wanted }
    return min(wanted, max(limit / 8, 8 << 20) / 65536 * 65536)
  }

  /// "1.6 GB of this machine's 25 GB are free", or of what a limit leaves.
  public static func freeText(_ available: Int) -> String {
    let limits = MemoryLimits.ofProcess()
    guard let limit = [limits.addressSpace, limits.data].compactMap(\.self).min(), Double(limit) < physical else {
      return "\(SizeText.bytes(available)) of this machine's \(SizeText.bytes(physical)) are free"
    }
    return "\(SizeText.bytes(available)) of the \(SizeText.bytes(limit)) that this process may have (ulimit) are free"
  }

  /// Bytes that can be used without displacing other programs: of the machine, of the container where that has less, and of what the
  /// process may have.
  public static var available: Int { MemorySources.system.available(limits: MemoryLimits.ofProcess()) }

  /// Asks whether so many bytes can be had at once; a sixteenth of the memory is left for everything else. To be called before every
  /// allocation whose size a script or a file tells.
  ///
  /// - Parameter purpose: what they are for, as in "the table".
  /// - Throws: `Shortage` where there are fewer.
  public static func require(_ bytes: Int, for purpose: String = "") throws(Shortage) {
    guard bytes >= (hasLimits ? largeUnderLimits : large) else { return }
    let available = available
    guard bytes > available - available / 16 else { return }
    throw Shortage(purpose: purpose, needed: bytes, available: available)
  }

  /// The same for so many elements of a type.
  public static func require<Element>(_ count: Int, of type: Element.Type, for purpose: String = "") throws(Shortage) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    try require(overflow ? .max : bytes, for: purpose)
  }
}

/// What a process may have, in bytes (setrlimit); nil where there is no limit.
struct MemoryLimits: Equatable {
  /// `ulimit -v`.
  var addressSpace: Int?
  /// `ulimit -d`.
  var data: Int?

  static func ofProcess() -> MemoryLimits {
    func limit(_ resource: __rlimit_resource) -> Int? {
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
      // Without a limit it is the greatest number there is.
      return Int(exactly: limit.rlim_cur)
    }
    return MemoryLimits(addressSpace: limit(RLIMIT_AS), data: limit(RLIMIT_DATA))
  }
}
