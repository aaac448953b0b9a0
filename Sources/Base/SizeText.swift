/// Numbers of bytes as text.
public enum SizeText {
  /// `4 TB`, `23 GB`, `1.6 GB`: powers of 1000, as disks and memories are sold; below ten with one decimal.
  public static func bytes(_ count: Double) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    var value = count
    var unit = 0
    while value >= 1000 && unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    guard value < 1000 else { return "more than 1000 YB" }
    let tenths = Int((value * 10).rounded())
    guard unit > 0, tenths < 100, tenths % 10 > 0 else { return "\(Int(value.rounded())) \(units[unit])" }
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }

  /// The same of a whole number.
  public static func bytes(_ count: Int) -> String { bytes(Double(count)) }
}
