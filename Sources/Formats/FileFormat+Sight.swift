extension FileFormat {
  /// Formats that are not read, but known by sight, so that a refusal can say what the file is.
  static let knownBySight: [FileFormat] = [
    FileFormat("gzip", "a gzip-compressed file", [".gz"]) { Gzip.isCompressed($0) },
    FileFormat("WebP", "a WebP picture", [".webp"]) {
      $0.starts(with: "RIFF".utf8) && $0.count >= 12 && $0[8..<12].elementsEqual("WEBP".utf8)
    },
    FileFormat("TIFF", "a TIFF picture", [".tif", ".tiff"], signatures: [[0x49, 0x49, 0x2a, 0], [0x4d, 0x4d, 0, 0x2a]]),
    FileFormat("pickle", "a Python pickle", [".pkl", ".pickle"], signatures: [[0x80, 0x02], [0x80, 0x04]]),
    FileFormat("HDF5", "an HDF5 file", [".h5", ".hdf5"], signatures: [[0x89] + Array("HDF".utf8)]),
  ]
}
