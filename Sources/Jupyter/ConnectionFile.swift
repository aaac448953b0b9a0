import Base
import Formats

/// Where a kernel listens and how it signs, as whoever starts it writes that into a file.
struct ConnectionFile: Equatable {
  /// The sockets of a kernel, in the order of their names in the file.
  enum Port: String, CaseIterable { case shell, iopub, stdin, control, hb }

  /// "tcp" or "ipc".
  var transport: String
  var address: String
  var ports: [Port: Int]
  /// Empty where messages are not signed.
  var key: [UInt8]
  /// The two keys of CurveZMQ, 40 characters each; nil where the connection is not encrypted.
  var curve: (publicKey: [UInt8], secretKey: [UInt8])?

  static func == (first: ConnectionFile, second: ConnectionFile) -> Bool {
    first.transport == second.transport && first.address == second.address && first.ports == second.ports
      && first.key == second.key && first.curve?.publicKey == second.curve?.publicKey
      && first.curve?.secretKey == second.curve?.secretKey
  }

  /// The file at a path.
  ///
  /// - Throws: a `FormatError` that says what is wrong with it.
  init(path: String) throws(FormatError) {
    let bytes: [UInt8]
    do throws(Descriptor.Failure) { bytes = try Descriptor.contents(of: path) } catch {
      throw FormatError(
        title: "the connection file \(path) cannot be read",
        advice: error.reason + ". Jupyter writes it, and starts the kernel with it: try `jupyter console --kernel gan`.",
        path: path)
    }
    try self.init(bytes, path: path)
  }

  /// The text of such a file.
  init(_ bytes: [UInt8], path: String) throws(FormatError) {
    func failure(_ advice: String) -> FormatError {
      FormatError(title: "\(path) is no connection file of Jupyter", advice: advice, path: path)
    }
    guard case .object(let members)? = try? JSON(bytes) else { throw failure("It is not an object in JSON.") }
    func text(_ name: String) throws(FormatError) -> String? {
      switch members[name] {
      case nil, .null?: return nil
      case .string(let text)?: return text
      case .boolean?, .number?, .array?, .object?: throw failure("Its `\(name)` is no text.")
      }
    }
    transport = try text("transport") ?? "tcp"
    guard ["tcp", "ipc"].contains(transport) else {
      throw failure("Its `transport` is \(transport.harmless); tcp and ipc are known.")
    }
    guard let address = try text("ip"), !address.isEmpty else { throw failure("It has no `ip`.") }
    self.address = address
    ports = [:]
    for port in Port.allCases {
      let name = port.rawValue + "_port"
      guard case .number(let number)? = members[name], let number = Int(exactly: number) else {
        throw failure("It has no `\(name)`.")
      }
      guard (transport == "tcp" ? 0...65535 : 0...Int(Int32.max)).contains(number), number > 0 else {
        throw failure("Its `\(name)` is \(number), which is no port.")
      }
      ports[port] = number
    }
    let scheme = try text("signature_scheme") ?? "hmac-sha256"
    key = Array((try text("key") ?? "").utf8)
    guard key.isEmpty || scheme == "hmac-sha256" else {
      throw failure("Its `signature_scheme` is \(scheme.harmless); hmac-sha256 is known.")
    }
    if let publicKey = try text("curve_publickey"), let secretKey = try text("curve_secretkey") {
      guard publicKey.utf8.count == 40, secretKey.utf8.count == 40 else {
        throw failure("Its `curve_publickey` and `curve_secretkey` want 40 characters each.")
      }
      curve = (Array(publicKey.utf8), Array(secretKey.utf8))
    }
  }

  /// The address of one of the sockets, as libzmq writes it.
  func endpoint(_ port: Port) -> String {
    let number = ports[port] ?? 0
    if transport == "ipc" { return "ipc://\(address)-\(number)" }
    return "tcp://\(address.contains(":") && !address.hasPrefix("[") ? "[\(address)]" : address):\(number)"
  }
}
