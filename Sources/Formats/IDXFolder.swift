/// A folder with pairs of IDX files, as MNIST comes: `train-images-idx3-ubyte.gz` and `train-labels-idx1-ubyte.gz`.
public enum IDXFolder {
  /// One pair of files, or images without labels.
  public struct Part: Equatable, Sendable {
    /// What stands before `-images`: `train`, `t10k`, `digits`.
    public var name: String
    /// [n, height, width], or with channels.
    public var images: IDX.Numbers
    /// One whole number an image.
    public var labels: [Int]?
  }

  /// Reads the part that a folder holds, or those that are asked for, in the order in which they are asked for.
  ///
  /// - Parameter splits: `train`, or some words of a part's name: `letters`, `test`.
  /// - Throws: `FormatError` where there is no pair, where two files claim one name, where images and labels differ in
  ///   number, where a file cannot be read, where there is no such split, or where there are several and none is asked for.
  public static func load(_ path: String, splits: [String] = []) throws -> [Part] {
    let pairs = try pairs(path)
    let names = pairs.map(\.name)
    if splits.isEmpty, names.count > 1 {
      throw Splits.choose(among: names, path: path, what: "the folder holds the IDX files")
    }
    let chosen = try splits.isEmpty ? names : splits.map { try Splits.find($0, among: names, path: path) }
    return try chosen.flatMap { name in try pairs.filter { $0.name == name }.map { try part($0, path) } }
  }

  /// The files of a part.
  private typealias Pair = (name: String, images: String, labels: String?)

  /// `train` first, `t10k` and `test` last.
  private static func pairs(_ path: String) throws -> [Pair] {
    let names = try Folder.entries(path).filter { !$0.isFolder }.map(\.name)
    var pairs: [Pair] = []
    for name in names {
      guard let prefix = prefix(of: name, kind: "images") else { continue }
      guard !pairs.contains(where: { $0.name == prefix }) else {
        throw FormatError(
          title: "two files hold the same images", advice: "\(name) stands beside another for “\(prefix)”; remove one.",
          path: path)
      }
      pairs.append((prefix, name, names.first { self.prefix(of: $0, kind: "labels") == prefix }))
    }
    guard !pairs.isEmpty else {
      throw FormatError(
        title: "the folder holds no IDX images",
        advice: "Their names end in -images-idx3-ubyte or -images-idx3-ubyte.gz.", path: path)
    }
    return pairs.sorted { (order($0.name), $0.name) < (order($1.name), $1.name) }
  }

  private static func part(_ pair: Pair, _ path: String) throws -> Part {
    let images = try IDX.numbers(Paths.join(path, pair.images))
    guard images.shape.count >= 2 else {
      throw FormatError(
        title: "the IDX file holds no images", advice: "Its shape is \(images.shape); images are [n, height, width].",
        path: Paths.join(path, pair.images))
    }
    let labels = try pair.labels.map { try readLabels(Paths.join(path, $0), count: images.shape[0]) }
    return Part(name: pair.name, images: images, labels: labels)
  }

  /// `train` of `train-images-idx3-ubyte.gz` or `train-images.idx3-ubyte`; nil if the name is not of this kind.
  static func prefix(of name: String, kind: String) -> String? {
    var stem = Substring(name)
    if stem.hasSuffix(".gz") { stem.removeLast(3) }
    guard let idx = stem.lastStart(of: "idx"), stem.hasSuffix("-ubyte") || stem.hasSuffix(".ubyte") else { return nil }
    let start = stem[..<idx].dropLast()
    guard start.hasSuffix("-\(kind)") || start.hasSuffix("_\(kind)") || start == kind else { return nil }
    return String(start.dropLast(start == kind ? kind.count : kind.count + 1))
  }

  private static func readLabels(_ path: String, count: Int) throws -> [Int] {
    let array = try IDX.read(path)
    guard array.shape.count == 1, array.shape[0] == count else {
      throw FormatError(
        title: "images and labels do not fit each other",
        advice: "There are \(count) images; the labels have the shape \(array.shape).", path: path)
    }
    guard array.rounded.count == 0 else {
      throw FormatError(
        title: "a label is too great to be told apart from others", advice: "Label \(array.rounded.first(in: array.shape)).",
        path: path)
    }
    return try array.values.enumerated().map { index, value in
      guard let label = Int(exactly: value), label >= 0 else {
        throw FormatError(
          title: "a label must be a whole number from 0", advice: "Label \(index) is \(value).", path: path)
      }
      return label
    }
  }

  private static func order(_ name: String) -> Int {
    switch name {
    case "train": return 0
    case "t10k", "test": return 2
    default: return 1
    }
  }
}

extension Substring {
  /// The beginning of the last place where `part` stands.
  fileprivate func lastStart(of part: String) -> Index? {
    indices.last { self[$0...].hasPrefix(part) }
  }
}
