/// A text that is parsed, with the name under which errors show it (a path, `<command line>`, `std/gan.gan`).
public final class Source: Sendable {
  public let name: String
  public let text: String
  /// The text's UTF-8, into which spans are offsets.
  public let bytes: [UInt8]

  public init(name: String, text: String) {
    self.name = name
    self.text = text
    self.bytes = Array(text.utf8)
  }
}
