import Glibc
import Graphics

/// An entry of TensorBoard's event files (tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto): at a step of a
/// training, something under a name.
public struct Event: Sendable {
  public enum Content: Sendable {
    /// The first entry of a file: the version of the format.
    case version
    case scalar(name: String, Double)
    case image(name: String, Raster)
    case histogram(name: String, Histogram)
  }

  public let content: Content
  public let step: Int
  /// In seconds since 1970.
  public let wallTime: Double

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
    case .scalar(let name, let number): event.add(5, Event.summary(name) { $0.add(2, chosen: Float(number)) })
    case .image(let name, let raster):
      var image = ProtocolMessage()
      image.add(1, raster.height)
      image.add(2, raster.width)
      image.add(3, raster.channels)
      image.add(4, try ImageFile.png(raster))
      event.add(5, Event.summary(name) { $0.add(4, image) })
    case .histogram(let name, let histogram):
      event.add(5, Event.summary(name) { $0.add(5, Event.message(histogram)) })
    }
    return event.bytes
  }

  /// A summary of one value under a name.
  private static func summary(_ name: String, _ add: (inout ProtocolMessage) -> Void) -> ProtocolMessage {
    var value = ProtocolMessage()
    value.add(1, name)
    add(&value)
    var summary = ProtocolMessage()
    summary.add(1, value)
    return summary
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
