import Base
import Formats

/// A message of the kernel's, before it is signed.
struct Message: Sendable {
  let channel: Channel
  /// Whom it goes to; on IOPub its topic.
  let identities: [[UInt8]]
  let type: String
  /// The header of the request that it answers, as it came; empty for none.
  let parent: [UInt8]
  let content: JSON
  let metadata: JSON

  init(
    _ channel: Channel, _ type: String, parent: [UInt8], identities: [[UInt8]] = [], _ content: [String: JSON],
    metadata: [String: JSON] = [:]
  ) {
    self.channel = channel
    self.type = type
    self.parent = parent
    self.identities = channel == .iopub ? [Array(type.utf8)] : identities
    self.content = .object(JSON.Members(content))
    self.metadata = .object(JSON.Members(metadata))
  }

  /// The answer to a request, to whoever has sent it.
  static func reply(to request: Request, _ content: [String: JSON], metadata: [String: JSON] = [:]) -> Message {
    let name = request.type.hasSuffix("_request") ? String(request.type.dropLast("_request".count)) : request.type
    return Message(
      request.channel, name + "_reply", parent: request.header, identities: request.identities, content, metadata: metadata)
  }

  /// What all are told of what the kernel does: "starting", "busy" or "idle".
  static func status(_ state: String, parent: [UInt8]) -> Message {
    Message(.iopub, "status", parent: parent, ["execution_state": .string(state)])
  }
}

/// Makes the frames of messages: each has a name of its own and is signed.
struct MessageWriter {
  /// The version of the protocol that is spoken.
  static let protocolVersion = "5.5"

  let key: [UInt8]
  /// The name of this run of the kernel.
  private let session = MessageWriter.newName()
  private var count = 0

  init(key: [UInt8]) { self.key = key }

  mutating func frames(_ message: Message) -> [[UInt8]] {
    count += 1
    let header: JSON = .object([
      "msg_id": .string("\(session)_\(count)"), "session": .string(session), "username": .string("gan"),
      "date": .string(Timestamp.text(DateText.now)), "msg_type": .string(message.type),
      "version": .string(Self.protocolVersion),
    ])
    let parts = [
      Array(header.text.utf8), message.parent.isEmpty ? Array("{}".utf8) : message.parent, Array(message.metadata.text.utf8),
      Array(message.content.text.utf8),
    ]
    return message.identities + [Request.delimiter, Array(Signature.text(of: parts, key: key).utf8)] + parts
  }

  /// 32 random hexadecimal digits.
  static func newName() -> String {
    var chance = SystemRandomNumberGenerator()
    return Hexadecimal.text(of: (0..<16).map { _ in UInt8.random(in: 0...255, using: &chance) })
  }
}
