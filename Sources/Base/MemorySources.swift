import Glibc

/// The files in which Linux tells how much memory there is: /proc, and the control groups of both versions.
struct MemorySources {
  /// Where /proc and /sys/fs/cgroup are.
  let processes: String
  let groups: String

  static let system = MemorySources(processes: "/proc", groups: "/sys/fs/cgroup")

  /// The least of what the machine, each control group around the process and its own limits leave.
  func available(limits: MemoryLimits) -> Int {
    let machine = number(after: "MemAvailable:", in: "\(processes)/meminfo").map { $0 << 10 } ?? .max
    return max(0, ([machine] + ofGroups() + ofProcess(limits)).min() ?? 0)
  }

  // MARK: Limits of the process

  private func ofProcess(_ limits: MemoryLimits) -> [Int] {
    guard limits.addressSpace != nil || limits.data != nil else { return [] }
    func used(_ label: String) -> Int { number(after: label, in: "\(processes)/self/status").map { $0 << 10 } ?? 0 }
    return [limits.addressSpace.map { $0 - used("VmSize:") }, limits.data.map { $0 - used("VmData:") }].compactMap(\.self)
  }

  // MARK: Control groups

  /// What each group that the process is in, and each group around it, leaves.
  private func ofGroups() -> [Int] {
    var found: [Int] = []
    for line in lines(of: "\(processes)/self/cgroup") {
      // "0::/user.slice", or "4:memory:/docker/1f…" of version 1.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[0] == "0" && parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      // Where a machine has both versions, the second lies in a folder of its own.
      for root in isSecond ? [groups, "\(groups)/unified"] : ["\(groups)/memory"] {
        // In a container the path may be that of the host, of which only the root is seen: each folder above it is tried too.
        var folders = parts[2].split(separator: "/")
        while true {
          let folder = ([Substring(root)] + folders).joined(separator: "/")
          if let left = isSecond ? left(inSecond: folder) : left(inFirst: folder) { found.append(left) }
          guard folders.popLast() != nil else { break }
        }
      }
    }
    return found
  }

  private func left(inSecond folder: String) -> Int? {
    guard let limit = number(after: "", in: "\(folder)/memory.max"), let used = number(after: "", in: "\(folder)/memory.current")
    else { return nil }
    return left(limit, used, cached: number(after: "inactive_file ", in: "\(folder)/memory.stat"))
  }

  private func left(inFirst folder: String) -> Int? {
    guard let limit = number(after: "", in: "\(folder)/memory.limit_in_bytes"),
      let used = number(after: "", in: "\(folder)/memory.usage_in_bytes")
    else { return nil }
    return left(limit, used, cached: number(after: "total_inactive_file ", in: "\(folder)/memory.stat"))
  }

  /// Pages of the group's files in the cache can be reclaimed.
  private func left(_ limit: Int, _ used: Int, cached: Int?) -> Int {
    guard limit >= 0, used >= 0 else { return .max }
    return max(limit - used, 0).addingReportingOverflow(max(cached ?? 0, 0)).partialValue
  }

  // MARK: Files

  /// The whole number after `label` in a system file; nil where there is none ("max", or no such file).
  private func number(after label: String, in path: String) -> Int? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix(label) else { continue }
      return Int(text.dropFirst(label.utf8.count).drop { $0 == " " || $0 == "\t" }.prefix { $0.isNumber })
    }
    return nil
  }

  private func lines(of path: String) -> [Substring] {
    ((try? Descriptor.text(of: path)) ?? "").split(separator: "\n")
  }
}
