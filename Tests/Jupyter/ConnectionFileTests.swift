import Formats
import Testing

@testable import Jupyter

@Suite struct ConnectionFileTests {
  static let text = """
    {"ip":"127.0.0.1","transport":"tcp","key":"k","signature_scheme":"hmac-sha256","shell_port":1,"iopub_port":2,"stdin_port":3,
    "control_port":4,"hb_port":5}
    """

  private func file(_ replacing: String = "", _ with: String = "") throws -> ConnectionFile {
    try ConnectionFile(Array(Self.text.replacing(replacing, with: with).utf8), path: "c.json")
  }

  @Test func endpointsAreThoseOfTheFile() throws {
    let file = try file()
    #expect(file.endpoint(.shell) == "tcp://127.0.0.1:1")
    #expect(file.endpoint(.hb) == "tcp://127.0.0.1:5")
    #expect(file.key == Array("k".utf8))
    #expect(try self.file("127.0.0.1", "::1").endpoint(.iopub) == "tcp://[::1]:2")
    #expect(try self.file("\"tcp\"", "\"ipc\"").endpoint(.stdin) == "ipc://127.0.0.1-3")
  }

  @Test(arguments: [
    ("{", "["), ("\"hb_port\":5", "\"x\":5"), ("\"hb_port\":5", "\"hb_port\":70000"), ("\"hb_port\":5", "\"hb_port\":1.5"),
    ("\"hb_port\":5", "\"hb_port\":\"5\""), ("\"tcp\"", "\"udp\""), ("sha256", "md5"), ("\"127.0.0.1\"", "\"\""), ("\"k\"", "3"),
  ])
  func damagedOnesAreRefused(_ old: String, _ new: String) {
    let error = #expect(throws: FormatError.self) { try file(old, new) }
    #expect(error?.title == "c.json is no connection file of Jupyter")
  }

  @Test func oneThatIsNotThereIsSaid() {
    let error = #expect(throws: FormatError.self) { try ConnectionFile(path: "/nowhere/c.json") }
    #expect(error?.title == "the connection file /nowhere/c.json cannot be read")
  }
}
