extension FileFormat {
  /// Formats that are not read, but known by sight, so that a refusal can say what the file is.
  static let knownBySight: [FileFormat] = [
    FileFormat("gzip", "a gzip-compressed file", [".gz"]) { Gzip.isCompressed($0) },
    FileFormat(
      "TIFF", "a TIFF picture", [".tif", ".tiff"],
      signatures: [[0x49, 0x49, 0x2a, 0], [0x4d, 0x4d, 0, 0x2a], [0x49, 0x49, 0x2b, 0], [0x4d, 0x4d, 0, 0x2b]]),
    FileFormat("AVIF", "an AVIF picture", [".avif", ".avifs"]) { isMedia($0, ["avif", "avis"]) },
    FileFormat("HEIC", "a HEIC picture", [".heic", ".heif"]) {
      isMedia($0, ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"])
    },
    FileFormat("MP4", "a film (MP4)", [".mp4", ".m4v", ".mov"]) {
      isMedia($0, ["isom", "iso2", "mp41", "mp42", "avc1", "M4V ", "qt  "])
    },
    FileFormat("PSD", "a Photoshop picture (PSD)", [".psd", ".psb"], signatures: [Array("8BPS".utf8)]),
    FileFormat(
      "JPEG 2000", "a JPEG 2000 picture", [".jp2", ".j2k", ".jpx"],
      signatures: [[0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20], [0xff, 0x4f, 0xff, 0x51]]),
    FileFormat(
      "JPEG XL", "a JPEG XL picture", [".jxl"], signatures: [[0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20], [0xff, 0x0a]]),
    FileFormat("JPEG XR", "a JPEG XR picture", [".jxr", ".wdp"], signatures: [[0x49, 0x49, 0xbc]]),
    FileFormat("ICO", "a Windows icon (ICO)", [".ico", ".cur"]) {
      $0.count >= 22 && ($0.starts(with: [0, 0, 1, 0]) || $0.starts(with: [0, 0, 2, 0])) && $0[4] > 0 && $0[5] == 0 && $0[9] == 0
    },
    FileFormat("ICNS", "a macOS icon (ICNS)", [".icns"], signatures: [Array("icns".utf8)]),
    FileFormat("QOI", "a QOI picture", [".qoi"], signatures: [Array("qoif".utf8)]),
    FileFormat("DDS", "a DirectDraw texture (DDS)", [".dds"], signatures: [Array("DDS ".utf8)]),
    FileFormat("OpenEXR", "an OpenEXR picture", [".exr"], signatures: [[0x76, 0x2f, 0x31, 0x01]]),
    FileFormat("Radiance", "a Radiance picture (HDR)", [".hdr"], signatures: [Array("#?RADIANCE".utf8), Array("#?RGBE".utf8)]),
    FileFormat("PFM", "a picture of floats (PFM)", [".pfm"], signatures: [Array("PF\n".utf8), Array("Pf\n".utf8)]),
    FileFormat("SGI", "an SGI picture", [".sgi", ".rgb", ".rgba", ".bw"]) {
      $0.count >= 12 && $0.starts(with: [0x01, 0xda]) && $0[2] <= 1 && (1...2).contains($0[3])
    },
    FileFormat("PCX", "a PCX picture", [".pcx"]) {
      $0.count >= 128 && $0[0] == 10 && $0[1] <= 5 && $0[2] == 1 && [1, 2, 4, 8].contains($0[3])
    },
    FileFormat("FITS", "a FITS picture", [".fits", ".fit"], signatures: [Array("SIMPLE  =".utf8)]),
    FileFormat("pickle", "a Python pickle", [".pkl", ".pickle"], signatures: [[0x80, 0x02], [0x80, 0x04]]),
    FileFormat("HDF5", "an HDF5 file", [".h5", ".hdf5"], signatures: [[0x89] + Array("HDF".utf8)]),
  ]
  /// Whether a file of ISO's media kinds (ISO/IEC 14496-12) begins with one of these brands.
  private static func isMedia(_ head: [UInt8], _ brands: [String]) -> Bool {
    head.count >= 12 && head[4..<8].elementsEqual("ftyp".utf8) && brands.contains { head[8..<12].elementsEqual($0.utf8) }
  }
}
