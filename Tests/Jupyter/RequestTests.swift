import Base
import Formats
import Testing

@testable import Jupyter

@Suite struct RequestTests {
  static let key = Array("a key".utf8)

  private func frames(header: String = #"{"msg_id":"1","msg_type":"execute_request","date":"2026-01-02T03:04:05.5Z"}"#)
    -> [[UInt8]]
  {
    let parts = [header, "{}", "{}", #"{"code":"1 + 1","silent":true,"n":3}"#].map { Array($0.utf8) }
    return [[1, 2], Request.delimiter, Array(Signature.text(of: parts, key: Self.key).utf8)] + parts
  }

  @Test func signedMessagesAreRead() throws {
    let request = try #require(Request(frames(), channel: .shell, key: Self.key))
    #expect(request.type == "execute_request")
    #expect(request.identities == [[1, 2]])
    #expect(request.text("code") == "1 + 1")
    #expect(request.flag("silent", default: false))
    #expect(request.flag("store_history", default: true))
    #expect(request.whole("n") == 3)
    #expect(request.date == 1_767_323_045.5)
  }

  @Test func othersAreNot() {
    #expect(Request(frames(), channel: .shell, key: Array("another".utf8)) == nil)
    for place in frames().indices.dropFirst() {
      var damaged = frames()
      damaged[place] += [32]
      #expect(Request(damaged, channel: .shell, key: Self.key) == nil)
    }
    #expect(Request(Array(frames().dropLast()), channel: .shell, key: Self.key) == nil)
    #expect(Request([], channel: .shell, key: Self.key) == nil)
    #expect(Request(frames(header: "[]"), channel: .shell, key: Self.key) == nil)
    #expect(Request(frames(header: #"{"msg_type":"a"}"#), channel: .shell, key: Self.key) == nil)
  }

  /// RFC 4231, cases 1, 2 and 6.
  @Test func signaturesAreThoseOfTheStandard() {
    func signature(_ key: [UInt8], _ text: String) -> String { Signature.text(of: [Array(text.utf8)], key: key) }
    #expect(
      signature([UInt8](repeating: 0x0B, count: 20), "Hi There")
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    #expect(
      signature(Array("Jefe".utf8), "what do ya want for nothing?")
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    #expect(
      signature([UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First")
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    #expect(Signature.text(of: [[1]], key: []).isEmpty)
  }

  @Test func momentsComeBack() {
    #expect(Timestamp.text(1_767_323_045.5) == "2026-01-02T03:04:05.500000Z")
    #expect(Timestamp.seconds("2026-01-02T03:04:05.500000Z") == 1_767_323_045.5)
    #expect(Timestamp.seconds("2026-01-02T05:04:05.5+02:00") == 1_767_323_045.5)
    #expect(Timestamp.seconds("2026-01-02T01:34:05.5-0130") == 1_767_323_045.5)
    #expect(Timestamp.seconds("2026-01-02T03:04:05") == 1_767_323_045)
    for text in ["", "today", "2026-13-02T03:04:05Z", "2026-01-02T03:04"] { #expect(Timestamp.seconds(text) == nil) }
  }
}
