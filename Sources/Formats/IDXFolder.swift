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

  /// Reads all pairs, `train` first, `t10k` and `test` last.
  ///
  /// - Throws: `FormatError` where there is no pair, where two files claim one name, where images and labels differ in
  ///   number, or a file cannot be read.
  public static func load(_ path: String) throws -> [Part] {
    let names = try Folder.entries(path).filter { !$0.isFolder }.map(\.name)
    var parts: [Part] = []
    for name in names {
      guard let prefix = prefix(of: name, kind: "images") else { continue }
      guard !parts.contains(where: { $0.name == prefix }) else {
        throw FormatError(
          title: "two files hold the same images", advice: "\(name) stands beside another for “\(prefix)”; remove one.",
          path: path)
      }
      let images = try IDX.numbers(Paths.join(path, name))
      guard images.shape.count >= 2 else {
        throw FormatError(
          title: "the IDX file holds no images", advice: "Its shape is \(images.shape); images are [n, height, width].",
          path: Paths.join(path, name))
      }
      let labels = try names.first { self.prefix(of: $0, kind: "labels") == prefix }.map {
        try readLabels(Paths.join(path, $0), count: images.shape[0])
      }
      parts.append(Part(name: prefix, images: images, labels: labels))
    }
    guard !parts.isEmpty else {
      throw FormatError(
        title: "the folder holds no IDX images",
        advice: "Their names end in -images-idx3-ubyte or -images-idx3-ubyte.gz.", path: path)
    }
    return parts.sorted { (order($0.name), $0.name) < (order($1.name), $1.name) }
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
