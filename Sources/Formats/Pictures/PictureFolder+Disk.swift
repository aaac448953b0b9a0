extension PictureFolder {
  /// The samples of a folder that stay on the disk.
  public struct OnDisk: Sendable {
    /// Reads the samples.
    public let stream: PictureStream
    /// The rows of the stream that can be read, in their order.
    public let rows: [Int]
    /// For each of them its class; nil for a flat folder.
    public let labels: [Int]?
    /// What is passed over, and why.
    public let skipped: [PictureListing.Skipped]
    /// The bytes that the decoded samples take in the cache; 0 where each is decoded whenever it is needed.
    public let cachedBytes: Int
  }

  /// Samples that are read from the disk when they are asked for. With a cache each is decoded once, now, and what cannot be decoded
  /// is passed over; what an earlier call has decoded is in the cache already. Without one, or where it has no room, pictures are
  /// decoded whenever they are asked for.
  ///
  /// - Throws: `FormatError` where the cache cannot be written, or no picture can be read; `ReadingInterrupted`.
  public func onDisk(cache: CacheFolder?) throws -> OnDisk {
    var samples: SampleCache?
    let byteCount = SampleCache.size(count: files.count, length: preparation.byteCount)
    if let cache {
      try cache.make()
      let file = cache.samples(of: path, part: part, contents: contents)
      cache.removeStale(beside: file)
      if cache.makeRoom(for: byteCount, in: file) {
        samples = try SampleCache(file, count: files.count, length: preparation.byteCount)
      }
      try keepIndex(in: cache)
    }
    let stream = PictureStream(files: files, stamps: stamps, preparation: preparation, cache: samples, threads: threads)
    let reasons = try samples == nil ? Array(repeating: nil, count: files.count) : stream.fill(watch: watch)
    let rows = reasons.indices.filter { reasons[$0] == nil }
    let skipped =
      self.skipped
      + zip(files, reasons).compactMap { file, reason in
        reason.map { PictureListing.Skipped(path: file.path, reason: $0) }
      }
    guard !rows.isEmpty else { throw nothingReadable(skipped) }
    return OnDisk(
      stream: stream, rows: rows, labels: classes.isEmpty ? nil : rows.map { files[$0].label }, skipped: skipped,
      cachedBytes: samples?.isWhole == true ? byteCount : 0)
  }

  /// What of the folder is read, and how it is prepared.
  private var part: Digest {
    var digest = PictureFolder.part(splits)
    digest.add("\(preparation)")
    return digest
  }

  /// Everything that the samples depend on.
  private var contents: Digest {
    var digest = Digest()
    digest.addProgram()
    digest.add(files.count)
    for (file, stamp) in zip(files, stamps) {
      digest.add(PictureFolder.name(of: file.path, below: path))
      digest.add(stamp)
    }
    return digest
  }
}
