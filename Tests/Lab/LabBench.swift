import Formats
import Glibc
import TestSupport
import Testing

@testable import Lab

/// A lab in this process, with a folder of its own that goes with it.
final class LabBench {
  let folder: String
  let path: String
  let lab: Lab
  let cookie: String

  /// A lab of a document with this text; `name`: of its file.
  init(_ text: String?, name: String = "a.gan") throws {
    _ = Self.stateFolder
    var template = Array("/tmp/gan-lab-XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    path = folder + "/" + name
    if let text { try AtomicFile.write(path, Array(text.utf8)) }
    lab = try Lab(path: path, port: nil, threads: 1)
    lab.start()
    cookie = try PageClient.cookie(port: lab.port, token: lab.token)
  }

  /// Texts that are kept beside their files are no business of whoever runs the tests.
  static let stateFolder: String = {
    var template = Array("/tmp/gan-lab-state-XXXXXX".utf8CString)
    let folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    setenv("XDG_STATE_HOME", folder, 1)
    atexit { LabBench.forgetState() }
    return folder
  }()

  private static func forgetState() {
    for file in Files.matching(stateFolder + "/gan/lab/*") { unlink(file) }
    for part in ["/gan/lab", "/gan", ""] { rmdir(stateFolder + part) }
  }

  deinit {
    lab.stop()
    for file in Files.matching(folder + "/*") { unlink(file) }
    rmdir(folder)
  }

  func page(named name: String? = nil) throws -> Page { Page(try PageClient(port: lab.port, cookie: cookie, name: name)) }

  /// What a request is answered.
  func answer(_ request: String) throws -> String {
    let connection = try RawConnection(port: lab.port)
    connection.send(request)
    return connection.rest()
  }

  /// The text in the document's file.
  var file: String? { DocumentKeeper.content(of: path).map { String(decoding: $0, as: UTF8.self) } }

  /// Writes into the document's file as another program would.
  func write(_ text: String) throws { try AtomicFile.write(path, Array(text.utf8)) }
}

/// A page that keeps what it is told, as a browser does.
final class Page {
  let client: PageClient
  /// The cells as they are shown, by their ids, and their order.
  var cells: [String: [String: JSON]] = [:]
  var order: [String] = []
  /// All messages so far, but for those that make up the cells.
  var messages: [[String: JSON]] = []

  init(_ client: PageClient) { self.client = client }

  /// Takes the next message and gives it.
  @discardableResult
  func next() throws -> [String: JSON] {
    guard case .text(let text) = try client.next(), case .object(let members) = try JSON(text.utf8) else { return [:] }
    let message = members.dictionary
    take(message)
    messages.append(message)
    return message
  }

  /// Takes messages up to one that `isMeant` says yes to.
  @discardableResult
  func wait(for isMeant: ([String: JSON]) -> Bool) throws -> [String: JSON] {
    while true {
      let message = try next()
      if isMeant(message) { return message }
    }
  }

  @discardableResult
  func wait(for type: String) throws -> [String: JSON] { try wait { $0["type"] == .string(type) } }

  /// Waits until a cell's state is this.
  func wait(_ cell: String, _ state: String) throws {
    while cells[cell]?["state"] != .string(state) { try next() }
  }

  /// Takes all that was sent before an answer of its own.
  func catchUp() throws {
    send(["type": .string("complete"), "request": .number(4711), "text": .string(""), "cursor": .number(0)])
    try wait { $0["request"] == .number(4711) }
  }

  func send(_ message: JSON.Members) {
    client.send(JSON.object(message).text)
    // A page knows what it has written itself.
    if message["type"] == .string("edit"), case .string(let cell)? = message["cell"] { cells[cell]?["text"] = message["text"] }
  }
  func send(_ type: String, _ cell: String? = nil) {
    send(cell.map { ["type": .string(type), "cell": .string($0)] } ?? ["type": .string(type)])
  }

  func text(_ cell: String) -> String { if case .string(let text)? = cells[cell]?["text"] { text } else { "" } }
  func state(_ cell: String) -> String { if case .string(let text)? = cells[cell]?["state"] { text } else { "" } }

  /// The HTML of what a cell has put out.
  func outputs(_ cell: String) -> String {
    guard case .array(let outputs)? = cells[cell]?["outputs"] else { return "" }
    return outputs.map { if case .string(let html) = $0 { html } else { "" } }.joined()
  }

  // MARK: As the page does it

  private func take(_ message: [String: JSON]) {
    guard case .string(let type)? = message["type"] else { return }
    switch type {
    case "hello":
      cells = [:]
      if case .array(let all)? = message["cells"] { order = all.compactMap(put) }
    case "cell": if let cell = message["cell"] { put(cell) }
    case "cells":
      if case .array(let added)? = message["added"] { for cell in added { put(cell) } }
      if case .array(let ids)? = message["order"] { order = ids.compactMap { if case .string(let id) = $0 { id } else { nil } } }
    case "state":
      guard case .string(let id)? = message["cell"] else { return }
      for name in ["state", "count", "seconds"] { cells[id]?[name] = message[name] }
    case "clear": if case .string(let id)? = message["cell"] { cells[id]?["outputs"] = .array([]) }
    case "output":
      guard case .string(let id)? = message["cell"], case .number(let at)? = message["at"], let html = message["html"],
        case .array(var outputs)? = cells[id]?["outputs"]
      else { return }
      // A page cannot show a piece before those in front of it.
      #expect(Int(at) <= outputs.count)
      if Int(at) < outputs.count { outputs[Int(at)] = html } else { outputs.append(html) }
      cells[id]?["outputs"] = .array(outputs)
    default: break
    }
  }

  @discardableResult
  private func put(_ cell: JSON) -> String? {
    guard case .object(let members) = cell, case .string(let id)? = members["id"] else { return nil }
    cells[id] = members.dictionary
    return id
  }
}
