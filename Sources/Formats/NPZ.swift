extension FileFormat {
  static let npz = FileFormat(
    "NPZ", "a zip archive", [".npz"], signatures: Zip.signatures, reader: .arrays(NPZ.read),
    writers: Writers(arrays: { arrays, path in try NPZ.write(arrays, to: path) }))
}

/// Several arrays in NumPy's format in one zip file.
public enum NPZ {
  /// What a file holds.
  public struct Members: Equatable, Sendable {
    /// What could be read, in the file's order, names without `.npy`.
    public var arrays: [NamedArray] = []
    /// What could not, and what it is: "text (<U5)".
    public var refused: [Refused] = []
  }

  /// A member that cannot be read.
  public struct Refused: Equatable, Sendable {
    /// Of the member, without `.npy`.
    public let name: String
    /// What it is, as in "text (<U5)".
    public let what: String
  }

  /// The arrays of numbers; members that hold something else are named.
  ///
  /// - Throws: `FormatError` where the file cannot be read, is damaged or empty, unfolds to more than it may, or holds no array of numbers.
  public static func read(_ path: String, _ unfolding: Unfolding = .plausible) throws -> Members {
    let file = try FileBytes.read(path)
    let entries = try file.withUnsafeBytes { try Zip.entries($0, unfolding, path: path) }
    guard !entries.isEmpty else {
      throw FormatError(title: "the NPZ file is empty", advice: "It is a zip archive without entries.", path: path)
    }
    guard entries.contains(where: { $0.name.hasSuffix(".npy") }) else {
      throw FormatError(
        title: "the zip archive holds no NumPy arrays",
        advice: "\(entries[0].name) is \(describe(entries[0])). Unpack it, and load what is in it.", path: path)
    }
    var contents = Members()
    for entry in entries {
      guard entry.name.hasSuffix(".npy") else {
        contents.refused.append(Refused(name: entry.name, what: describe(entry)))
        continue
      }
      let name = String(entry.name.dropLast(4))
      do {
        let array = try entry.bytes.withUnsafeBytes { try NPY.decode($0, path: path, name: "array \(name)") }
        contents.arrays.append(NamedArray(name: name, array: array))
      } catch let error as NPY.OtherElements {
        contents.refused.append(Refused(name: name, what: error.what))
      }
    }
    guard !contents.arrays.isEmpty else {
      throw FormatError(
        title: "the NPZ file holds no array of numbers",
        advice: contents.refused.map { "“\($0.name)” is \($0.what)" }.joined(separator: ", ")
          + ". Save it with numbers, as in array.astype('float32').", path: path)
    }
    return contents
  }

  /// Writes 32-bit floats.
  ///
  /// - Throws: `FormatError` where the file cannot be written, or is too large for a zip archive.
  public static func write(_ arrays: [NamedArray], to path: String, compressed: Bool = true) throws {
    let entries = arrays.map { Zip.Entry(name: $0.name + ".npy", bytes: NPY.encode($0.array)) }
    try AtomicFile.write(path, try Zip.archive(entries, compressed: compressed, path: path))
  }

  private static func describe(_ entry: Zip.Entry) -> String { Contents.describe(Array(entry.bytes.prefix(1024))) }
}
