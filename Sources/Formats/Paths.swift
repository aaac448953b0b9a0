import Glibc

/// Names of files: their parts, their natural order, and which of them is meant.
public enum Paths {
  /// The part before the last slash; `.` if there is none.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The part after the last slash.
  public static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// The name without its last dot and what follows; a name that begins with its only dot stays.
  public static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// What follows the last dot of the name, in lower case; empty if there is none.
  static func pathExtension(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// A name in a folder, as one path; `.` is left out.
  public static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder == "." ? name : "\(folder)/\(name)"
  }

  /// Whether `a` comes before `b` as people count: runs of digits by their value, so that 2 comes before 10.
  public static func naturallyPrecedes(_ a: String, _ b: String) -> Bool {
    // In place: folders of many files are sorted by it.
    var (a, b) = (a, b)
    let order = a.withUTF8 { left in b.withUTF8 { right in naturalOrder(left, right) } }
    // Names that differ only in leading zeros still need one order.
    return order ?? (a < b)
  }

  /// Whether the left bytes come first; nil where neither does.
  private static func naturalOrder(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool? {
    var i = 0
    var j = 0
    while i < left.count, j < right.count {
      if isDigit(left[i]), isDigit(right[j]) {
        let first = digits(left, &i)
        let second = digits(right, &j)
        if first.count != second.count { return first.count < second.count }
        if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) }
      } else {
        if left[i] != right[j] { return left[i] < right[j] }
        i += 1
        j += 1
      }
    }
    let leftRest = left.count - i
    let rightRest = right.count - j
    return leftRest != rightRest ? leftRest < rightRest : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  /// The run of digits at `place` without its leading zeros; moves `place` behind it.
  private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    let start = place
    while place < bytes.count, isDigit(bytes[place]) { place += 1 }
    return bytes[start..<place].drop { $0 == 48 }
  }

  /// A path beside the missing `path` whose name is nearly the same. The first part that does not exist is mended, so
  /// that a misspelled folder is found as well.
  static func nearest(to path: String) -> String? {
    guard path.utf8.count <= Int(PATH_MAX) else { return nil }
    var missing = path
    while missing.count > 1, missing.hasSuffix("/") { missing.removeLast() }
    while !Files.exists(folder(of: missing)) {
      let parent = folder(of: missing)
      guard parent != missing, parent != "/", parent != "." else { return nil }
      missing = parent
    }
    let wanted = name(of: missing)
    guard !wanted.isEmpty, let entries = try? Folder.entries(folder(of: missing)) else { return nil }
    let limit = max(1, min(wanted.count / 3, 4))
    var best: (name: String, distance: Int)?
    for entry in entries.prefix(5000) {
      let exact = distance(wanted.lowercased(), entry.name.lowercased())
      // A forgotten ending (`digits` for `digits.npz`) is one slip, whatever its length.
      let stem = entry.name.firstIndex(of: ".").map { String(entry.name[..<$0]) } ?? entry.name
      let found = min(exact, stem.isEmpty ? exact : distance(wanted.lowercased(), stem.lowercased()) + 1)
      if found <= limit, found < best?.distance ?? Int.max { best = (entry.name, found) }
    }
    return best.map { join(folder(of: missing), $0.name) }
  }

  /// The number of letters to insert, remove, change or swap with their neighbor to turn `a` into `b`.
  private static func distance(_ a: String, _ b: String) -> Int {
    let left = Array(a.unicodeScalars)
    let right = Array(b.unicodeScalars)
    guard abs(left.count - right.count) <= 8, left.count <= 200 else { return Int.max / 2 }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in 0..<left.count {
      var row = [i + 1]
      for j in 0..<right.count {
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { least = min(least, beforeLast[j - 1] + 1) }
        row.append(least)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
