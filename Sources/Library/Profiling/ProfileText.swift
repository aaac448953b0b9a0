import Base
import Tensors

/// A profile as it is shown: the plans, the table of kernels, and what it all came to.
public enum ProfileText {
  static let standardRows = 25
  private static let mostPlans = 3
  /// Of a kernel's name in the table.
  private static let mostCharacters = 84

  /// The whole report: the table of kernels, the times, and the plans that took the most of them.
  public static func text(_ profile: Profile) -> String { text(profile, rows: standardRows, showsPlans: true) }

  static func text(_ profile: Profile, rows: Int, showsPlans: Bool) -> String {
    var parts: [String] = []
    if showsPlans {
      parts += profile.mainPlans(limit: mostPlans).map { PlanText.text($0, share: $0.seconds / profile.kernelSeconds) }
    }
    if !profile.kernels.isEmpty { parts.append(table(profile, rows: rows)) }
    parts.append(facts(profile))
    return parts.joined(separator: "\n\n")
  }

  // MARK: The table

  private static func table(_ profile: Profile, rows: Int) -> String {
    let kernels = profile.kernels
    var table = Table(
      columns: ["kernel", "calls", "time", "share", "each", "GF/s", "GB/s"], rightAligned: [1, 2, 3, 4, 5, 6])
    for kernel in kernels.prefix(rows) { add([kernel], named: brief(kernel.name), to: &table, of: profile.kernelSeconds) }
    let others = Array(kernels.dropFirst(rows))
    if !others.isEmpty {
      add(others, named: others.count == 1 ? "1 other" : "\(others.count) others", to: &table, of: profile.kernelSeconds)
    }
    if kernels.count > 1 { add(kernels, named: "all", to: &table, of: profile.kernelSeconds) }
    return table.text
  }

  private static func add(_ kernels: [Profile.Kernel], named name: String, to table: inout Table, of all: Double) {
    let calls = kernels.reduce(0) { $0 + $1.calls }
    let seconds = kernels.reduce(0) { $0 + $1.seconds }
    table.add([
      name, Table.grouped(calls), duration(seconds), percentage(seconds, of: all), duration(seconds / Double(max(calls, 1))),
      rate(kernels.reduce(0) { $0 + $1.flops }, seconds), rate(kernels.reduce(0) { $0 + $1.bytes }, seconds),
    ])
  }

  private static func brief(_ name: String) -> String {
    name.count > mostCharacters ? name.prefix(mostCharacters - 1) + "…" : name
  }

  // MARK: What it came to

  private static func facts(_ profile: Profile) -> String {
    let wall = profile.wallSeconds
    let kernels = profile.kernelSeconds
    func part(_ name: String, _ seconds: Double) -> String { "\(name) \(duration(seconds)) (\(percentage(seconds, of: wall)))" }
    var lines = [
      "time      \(duration(wall)): "
        + [
          part("kernels", kernels), part("planning", profile.planningSeconds),
          part("the rest", max(0, wall - kernels - profile.planningSeconds)),
        ].joined(separator: ", ")
    ]
    let products = profile.kernels.filter(\.isProduct)
    let seconds = products.reduce(0) { $0 + $1.seconds }
    let flops = products.reduce(0) { $0 + $1.flops }
    if flops > 0 {
      lines.append("products  \(work(flops)) in \(duration(seconds)), \(rate(flops, seconds)) GF/s")
    }
    lines.append("plans     \(Table.grouped(profile.plansMade)) made, \(Table.grouped(profile.plansReused)) used again")
    lines.append("memory    \(size(Double(profile.peakBytes))) at most: tensors, and the room that plans work in")
    return lines.joined(separator: "\n")
  }

  // MARK: Numbers

  /// `12.4 ms`: three digits.
  static func duration(_ seconds: Double) -> String {
    DurationText.measured(seconds)
  }

  /// Billions a second; nothing where there is nothing to count.
  private static func rate(_ count: Double, _ seconds: Double) -> String {
    count > 0 && seconds > 0 ? NumberText.significant(count / seconds / 1e9, digits: 3) : ""
  }

  static func percentage(_ part: Double, of whole: Double) -> String {
    guard whole > 0 else { return "0%" }
    let tenths = (1000 * part / whole).rounded() / 10
    return "\(tenths)%"
  }

  /// Multiplications and additions: `30.1 GF`.
  static func work(_ flops: Double) -> String { scaled(flops, ["operations", "kF", "MF", "GF", "TF", "PF"]) }

  /// `48.2 MB`.
  static func size(_ bytes: Double) -> String { scaled(bytes, ["bytes", "kB", "MB", "GB", "TB", "PB"]) }

  /// Three digits, and the unit that suits; each is a thousand of the one before.
  private static func scaled(_ number: Double, _ units: [String]) -> String {
    var (number, unit) = (number, 0)
    while number >= 999.5, unit + 1 < units.count { (number, unit) = (number / 1000, unit + 1) }
    return "\(NumberText.significant(number, digits: 3)) \(units[unit])"
  }
}
