import Graphics

/// Pictures of one size that are shown one after another.
public struct Animation: Sendable {
  /// The pictures, all of one size, and all gray or all in color, without opacity.
  public let frames: [Raster]
  /// How long each is shown, in seconds.
  public let seconds: [Double]
  /// How often all are shown; 0: without end.
  public let plays: Int

  /// The longest that one frame can be shown in both formats.
  public static let longestSeconds = 655.0
  /// The shortest: viewers take less for a mistake and show such frames ten times longer.
  public static let shortestSeconds = 0.02
  /// The most plays that both formats can count.
  public static let mostPlays = 65535

  /// - Parameter seconds: one for all frames or one for each, `shortestSeconds` … `longestSeconds`.
  /// - Throws: `GraphicsError` where there is no frame, one of another size, or a time or number that cannot be kept.
  public init(_ frames: [Raster], seconds: [Double], plays: Int = 0) throws {
    guard let first = frames.first else {
      throw GraphicsError(title: "an animation needs a picture", advice: "There are no frames; give one or more.")
    }
    for (number, frame) in frames.enumerated() where frame.width != first.width || frame.height != first.height {
      throw GraphicsError(
        title: "the frames of an animation are of one size",
        advice: "Frame 0 has \(first.width)×\(first.height) pixels, frame \(number) has \(frame.width)×\(frame.height).")
    }
    guard seconds.count == 1 || seconds.count == frames.count else {
      throw GraphicsError(
        title: "each frame is shown for a time",
        advice: "There are \(frames.count) frames and \(seconds.count) times; give one time for all, or one for each.")
    }
    for time in seconds where !(Animation.shortestSeconds...Animation.longestSeconds).contains(time) {
      throw GraphicsError(
        title: "a frame cannot be shown for \(time) seconds",
        advice: "Viewers keep to \(Animation.shortestSeconds) … 655 seconds.")
    }
    guard (0...Animation.mostPlays).contains(plays) else {
      throw GraphicsError(
        title: "an animation cannot be shown \(plays) times", advice: "Give 1 … \(Animation.mostPlays), or 0 for without end.")
    }
    let isGray = frames.allSatisfy { $0.channels == 1 }
    self.frames = isGray ? frames : frames.map { $0.color() }
    self.seconds = seconds.count == 1 ? Array(repeating: seconds[0], count: frames.count) : seconds
    self.plays = plays
  }

  /// Writes it in the format that the name ends with.
  ///
  /// - Throws: `FormatError` where the name tells no such format, or the file cannot be written.
  public func write(to path: String) throws {
    guard let encode = FileFormat.named(path)?.writers.animation else {
      throw FormatError.unknownEnding("animation", path) { $0.animation != nil }
    }
    try AtomicFile.write(path, try encode(self, path))
  }

  /// How long each frame is shown in units of so many a second. The rounding of one is made up for by the next, so that the whole
  /// takes its time.
  func durations(perSecond units: Double) -> [Int] {
    var end = 0.0
    var written = 0
    return seconds.map { time in
      end += time * units
      let duration = max(1, Int(end.rounded()) - written)
      written += duration
      return duration
    }
  }

  /// A part of a picture and where it lies.
  struct Patch {
    let x: Int
    let y: Int
    let raster: Raster
  }

  /// The first frame whole, and of each other one the rectangle that differs from the frame before; one pixel where nothing does.
  func patches() throws -> [Patch] {
    try frames.indices.map { number in
      guard number > 0 else { return Patch(x: 0, y: 0, raster: frames[0]) }
      let (x, y) = Animation.difference(frames[number - 1], frames[number])
      return Patch(
        x: x.lowerBound, y: y.lowerBound,
        raster: try frames[number].cropped(x: x.lowerBound, y: y.lowerBound, width: x.count, height: y.count))
    }
  }

  /// The columns and rows in which two pictures of one size differ.
  private static func difference(_ old: Raster, _ new: Raster) -> (x: Range<Int>, y: Range<Int>) {
    let channels = new.channels
    let length = new.width * channels
    return old.bytes.withUnsafeBufferPointer { old in
      new.bytes.withUnsafeBufferPointer { bytes in
        let rows = (0..<new.height).filter { row in
          (row * length..<(row + 1) * length).contains { old[$0] != bytes[$0] }
        }
        guard let top = rows.first, let bottom = rows.last else { return (0..<1, 0..<1) }
        let columns = (0..<length).filter { place in
          stride(from: top * length + place, through: bottom * length + place, by: length).contains { old[$0] != bytes[$0] }
        }
        guard let left = columns.first, let right = columns.last else { return (0..<1, 0..<1) }
        return (left / channels..<right / channels + 1, top..<bottom + 1)
      }
    }
  }
}
