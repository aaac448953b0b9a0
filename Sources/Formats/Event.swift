import Glibc
import Graphics

/// An entry of TensorBoard's event files (tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto): at a step of a
/// training, something under a name.
public struct Event: Sendable {
  /// What an event tells, each kind as TensorBoard's own writers give it.
  public enum Content: Sendable {
    /// The first entry of a file: the version of the format.
    case version
    /// A training goes on from here in another way: what other files of the folder hold of this step and later ones counts no more
    /// (SessionLog.START, by which TensorBoard forgets it).
    case start
    case scalar(name: String, Double)
    case image(name: String, Raster)
    case histogram(name: String, Histogram)
  }

  /// What the event tells.
  public let content: Content
  /// The number of the training step that it belongs to.
  public let step: Int
  /// In seconds since 1970.
  public let wallTime: Double

  /// Something that was so at a step of a training, by default now.
  public init(_ content: Content, step: Int, wallTime: Double = Event.now) {
    self.content = content
    self.step = step
    self.wallTime = wallTime
  }

  /// The time, in seconds since 1970.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The entry as a message.
  func encoded() throws -> [UInt8] {
    var event = ProtocolMessage()
    event.add(1, wallTime)
    event.add(2, step)
    switch content {
    case .version: event.add(3, "brain.Event:2")
    case .start:
      var log = ProtocolMessage()
      log.add(1, 1)
      event.add(7, log)
    case .scalar, .image, .histogram:
      var summary = ProtocolMessage()
      if let value = try value() { summary.add(1, value) }
      event.add(5, summary)
    }
    return event.bytes
  }

  /// What is under which name; nil for an entry that has none.
  var name: String? {
    switch content {
    case .version, .start: nil
    case .scalar(let name, _), .image(let name, _), .histogram(let name, _): name
    }
  }

  /// The value under its name, without step and time, as a message; nil for an entry that has none.
  func value() throws -> ProtocolMessage? {
    var value = ProtocolMessage()
    switch content {
    case .version, .start: return nil
    case .scalar(let name, let number):
      value.add(1, name)
      value.add(2, chosen: Float(number))
    case .image(let name, let raster):
      var image = ProtocolMessage()
      image.add(1, raster.height)
      image.add(2, raster.width)
      image.add(3, raster.channels)
      image.add(4, try ImageFile.png(raster))
      value.add(1, name)
      value.add(4, image)
    case .histogram(let name, let histogram):
      value.add(1, name)
      value.add(5, Event.message(histogram))
    }
    return value
  }

  private static func message(_ histogram: Histogram) -> ProtocolMessage {
    var message = ProtocolMessage()
    message.add(1, histogram.least)
    message.add(2, histogram.greatest)
    message.add(3, histogram.count)
    message.add(4, histogram.sum)
    message.add(5, histogram.sumOfSquares)
    message.add(6, packed: histogram.limits)
    message.add(7, packed: histogram.counts)
    return message
  }
}
