extension Raster {
  /// A sample of 16 bits in 8, to the nearest.
  static func byte(_ word: UInt16) -> UInt8 { UInt8((UInt32(word) * 255 + 32895) >> 16) }

  /// The samples as 16 bits each, those of 8 bits spread over 0…65535.
  public var samples: [UInt16] { words ?? bytes.map { UInt16($0) * 257 } }
}
