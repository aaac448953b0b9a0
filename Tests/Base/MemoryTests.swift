import Foundation
import Testing

@testable import Base

/// Made folders in place of /proc and /sys/fs/cgroup.
private struct System {
  let folder: URL

  init(_ files: [String: String]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "gan-memory-\(UUID())")
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  func available(_ limits: MemoryLimits = MemoryLimits()) -> Int {
    defer { try? FileManager.default.removeItem(at: folder) }
    return MemorySources(processes: folder.path + "/proc", groups: folder.path + "/cgroup").available(limits: limits)
  }
}

@Suite struct MemoryTests {
  private static let machine = "MemTotal:       24683656 kB\nMemFree: 5 kB\nMemAvailable:   1000 kB\n"

  @Test func theMachineAlone() throws {
    #expect(try System(["proc/meminfo": Self.machine]).available() == 1_024_000)
  }

  @Test func aGroupOfTheSecondVersionAndThoseAroundIt() throws {
    var files = [
      "proc/meminfo": Self.machine, "proc/self/cgroup": "0::/user/shell\n",
      "cgroup/user/shell/memory.max": "max\n", "cgroup/user/shell/memory.current": "10000\n",
      "cgroup/user/memory.max": "300000\n", "cgroup/user/memory.current": "200000\n",
      "cgroup/user/memory.stat": "anon 190000\ninactive_file 7000\n",
    ]
    #expect(try System(files).available() == 107_000)
    files["cgroup/user/shell/memory.max"] = "50000\n"
    #expect(try System(files).available() == 40_000)
  }

  @Test func aGroupOfTheSecondVersionBesideTheFirst() throws {
    let files = [
      "proc/self/cgroup": "4:memory:/\n0::/a\n", "cgroup/unified/a/memory.max": "9000", "cgroup/unified/a/memory.current": "1000",
    ]
    #expect(try System(files).available() == 8000)
  }

  @Test func aGroupOfTheFirstVersionIsSeenAtItsRootInAContainer() throws {
    let files = [
      "proc/meminfo": Self.machine, "proc/self/cgroup": "9:name=systemd:/\n4:cpu,memory:/docker/1f2e\n",
      "cgroup/memory/memory.limit_in_bytes": "600000\n", "cgroup/memory/memory.usage_in_bytes": "500000\n",
      "cgroup/memory/memory.stat": "inactive_file 1\ntotal_inactive_file 20000\n",
    ]
    #expect(try System(files).available() == 120_000)
  }

  @Test func aGroupWithoutALimitLeavesWhatTheMachineHas() throws {
    let files = [
      "proc/meminfo": Self.machine, "proc/self/cgroup": "4:memory:/\n",
      "cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n", "cgroup/memory/memory.usage_in_bytes": "500000\n",
    ]
    #expect(try System(files).available() == 1_024_000)
  }

  @Test func limitsOfTheProcess() throws {
    let files = [
      "proc/meminfo": Self.machine, "proc/self/status": "VmPeak:\t  400 kB\nVmSize:\t     300 kB\nVmData:\t     100 kB\n",
    ]
    #expect(try System(files).available(MemoryLimits(addressSpace: 500 << 10)) == 200 << 10)
    #expect(try System(files).available(MemoryLimits(addressSpace: 500 << 10, data: 150 << 10)) == 50 << 10)
    #expect(try System(files).available(MemoryLimits(addressSpace: 200 << 10)) == 0)
  }

  @Test func whatIsNotThereIsRefusedAndWhatIsThereIsNot() throws {
    #expect(Memory.available > 0)
    try Memory.require(1000)
    let shortage = #expect(throws: Memory.Shortage.self) { try Memory.require(1 << 60, for: "the table") }
    #expect(shortage?.needed == 1 << 60)
    #expect(shortage?.explanation.hasPrefix("The table needs 1.2 EB; ") == true)
    #expect(throws: Memory.Shortage.self) { try Memory.require(.max / 4, of: Double.self) }
  }

  @Test(arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (1620, "1.6 kB"), (9960, "10 kB"), (24_683_656_000, "25 GB"),
    (-5, "-5 bytes"),
    (Int.max, "9.2 EB"),
  ])
  func sizes(_ count: Int, _ text: String) { #expect(SizeText.bytes(count) == text) }
}
