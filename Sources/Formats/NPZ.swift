extension FileFormat {
  static let npz = FileFormat(
    "NPZ", "a zip archive", [".npz"], signatures: Zip.signatures, reader: .arrays(NPZ.read),
    writers: Writers(arrays: { arrays, path in try NPZ.write(arrays, to: path) }))
}

/// Several arrays in NumPy's format in one zip file.
public enum NPZ {
  /// The arrays in the file's order, their names without `.npy`.
  ///
  /// - Throws: `FormatError` where the file cannot be read, is damaged or empty, or holds something besides arrays.
  public static func read(_ path: String) throws -> [NamedArray] {
    let file = try FileBytes.read(path)
    let entries = try file.withUnsafeBytes { try Zip.entries($0, path: path) }
    guard !entries.isEmpty else {
      throw FormatError(title: "the NPZ file is empty", advice: "It is a zip archive without entries.", path: path)
    }
    return try entries.map { entry in
      guard entry.name.hasSuffix(".npy") else {
        throw FormatError(
          title: "the zip archive holds more than NumPy arrays",
          advice: "\(entry.name) is \(Contents.describe(Array(entry.bytes.prefix(1024)))).", path: path)
      }
      let array = try entry.bytes.withUnsafeBytes { try NPY.decode($0, path: path, name: "array \(entry.name)") }
      return NamedArray(name: String(entry.name.dropLast(4)), array: array)
    }
  }

  /// Writes 32-bit floats.
  ///
  /// - Throws: `FormatError` where the file cannot be written, or is too large for a zip archive.
  public static func write(_ arrays: [NamedArray], to path: String, compressed: Bool = true) throws {
    let entries = arrays.map { Zip.Entry(name: $0.name + ".npy", bytes: NPY.encode($0.array)) }
    try AtomicFile.write(path, try Zip.archive(entries, compressed: compressed, path: path))
  }
}
