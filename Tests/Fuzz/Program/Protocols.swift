import Base
import Formats
import Frontend
import Glibc
import Interpreter
import Library
import Notebook

@testable import Jupyter
@testable import Lab

extension FuzzTarget {
  /// What comes from a client of Jupyter, and from a browser.
  static let protocols: [FuzzTarget] = [request, connection, head, frames, page, game]

  // MARK: Jupyter

  /// The frames are separated by a byte 0; what they are signed with is put in.
  private static let request = FuzzTarget(
    "request", "takes a request for the kernel out of its frames, and answers what needs no program",
    seeds: Seeds(
      texts: [
        (#"{"msg_id":"1","msg_type":"complete_request","date":"2026-01-02T03:04:05.5+01:00"}"#, #"{"code":"n.","cursor_pos":2}"#),
        (#"{"msg_id":"1","msg_type":"inspect_request"}"#, #"{"code":"sum","cursor_pos":1,"detail_level":1}"#),
        (#"{"msg_id":"1","msg_type":"is_complete_request"}"#, #"{"code":"fn f() {"}"#),
        (#"{"msg_id":"1","msg_type":"history_request"}"#, #"{"hist_access_type":"search","pattern":"*a?","n":2,"unique":true}"#),
        (
          #"{"msg_id":"1","msg_type":"history_request"}"#,
          #"{"hist_access_type":"range","session":0,"start":1,"stop":3,"output":true}"#
        ),
        (#"{"msg_id":"1","msg_type":"execute_request"}"#, #"{"code":"1 + 1","silent":NaN,"store_history":true}"#),
      ].map { header, content in "client\0<IDS|MSG>\0\0\(header)\0{}\0{}\0\(content)" }), longest: 4096, words: .json
  ) {
    let session = try named()
    var history = History()
    for (line, text) in ["x = 1", "aab", "a\nb", "x = 1"].enumerated() { history.append(text, line: line + 1) }
    history.setResult("1", line: 1)
    return { bytes in
      var frames = bytes.split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
      _ = Request(frames, channel: .shell, key: [])
      let key: [UInt8] = [1, 2]
      if let place = frames.firstIndex(of: Request.delimiter), frames.count >= place + 6 {
        frames[place + 1] = Array(Signature.text(of: Array(frames[place + 2..<place + 6]), key: key).utf8)
      }
      guard let request = Request(frames, channel: .shell, key: key) else { return }
      var writer = MessageWriter(key: key)
      let answers = [
        history.answer(to: request), Answers.isComplete(request), Answers.completion(request, in: session),
        Answers.inspection(request, in: session),
      ]
      for answer in answers {
        let written = writer.frames(.reply(to: request, answer))
        guard (try? JSON(written[written.count - 1])) != nil else { fatalError("an answer is no JSON") }
      }
    }
  }

  private static let connection = FuzzTarget(
    "connection", "reads a connection file",
    seeds: Seeds(texts: [
      """
      {"shell_port": 5000, "iopub_port": 5001, "stdin_port": 5002, "control_port": 5003, "hb_port": 5004, "ip": "127.0.0.1", "key": "a",
      "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "gan"}
      """
    ]), longest: 1024, words: .json
  ) {
    { bytes in
      tolerant {
        let file = try ConnectionFile(Array(bytes), path: "a.json")
        for port in ConnectionFile.Port.allCases { _ = file.endpoint(port) }
      }
    }
  }

  // MARK: The page

  private static let head = FuzzTarget(
    "head", "reads the head of a request of HTTP, and asks who may come in",
    seeds: Seeds(texts: [
      "GET /?token=a HTTP/1.1\r\nHost: 127.0.0.1:8700\r\nCookie: a=b; gan_lab_8700=c",
      "GET /socket HTTP/1.1\r\nHost: localhost:8700\r\nOrigin: http://localhost:8700\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "POST /a%20b HTTP/1.0\r\nHost: [::1]:8700\r\nContent-Length: 3\r\nTransfer-Encoding: chunked",
    ]), longest: 2048
  ) {
    let gate = try Gate(port: 8700)
    return { bytes in
      guard let head = RequestHead(Array(bytes)) else { return }
      switch gate.verdict(on: head) {
      case .answer: break
      case .page, .socket: fatalError("somebody without the token has come in")
      }
    }
  }

  /// The frames come in pieces, and all at once; both say the same.
  private static let frames = FuzzTarget(
    "frames", "takes the frames of a WebSocket apart",
    seeds: Seeds(texts: [
      "\u{1}\u{1}abcd", "\u{2}\u{0}ab", "\u{1}\u{7E}\u{0}\u{5}hello", "\u{9}\u{2}hi\u{1}\u{1}x", "\u{8}\u{2}\u{3}\u{4}",
    ]), longest: 4096
  ) {
    { bytes in
      // Two bytes that a mutation would hardly find: both at once are a whole message, masked.
      var framed = Array(bytes)
      if framed.count >= 2, framed[0] & 1 == 1 {
        framed[0] |= 0x80
        framed[1] |= 0x80
      }
      func events(_ pieces: [ArraySlice<UInt8>]) -> ([SocketFrames.Event], UInt16?) {
        var frames = SocketFrames()
        var events: [SocketFrames.Event] = []
        for piece in pieces {
          do throws(SocketFrames.Violation) { events += try frames.take(piece) } catch { return (events, error.code) }
          if events.last == .close { break }
        }
        return (events, nil)
      }
      let whole = events([framed[...]])
      let pieces = events(stride(from: 0, to: framed.count, by: 3).map { framed[$0..<min($0 + 3, framed.count)] })
      // What comes before a violation is told where it has come by itself.
      precondition(whole.1 == pieces.1 && (whole.1 != nil || whole.0 == pieces.0), "frames in pieces are other frames")
    }
  }

  /// The messages of an input stand in lines. Programs are run by `program`; here cells are only written.
  private static let page = FuzzTarget(
    "page", "takes the messages of a page for a document", seeds: Seeds(texts: pageMessages), longest: 2048, words: .json,
    changesProcess: true
  ) {
    chdir(Scratch.folder)
    let bench = PageBench("## # Text $x$\n\nx = 1\n\n# %% second\ny = x + 1\n")
    return { bytes in
      bench.begin()
      for text in String(decoding: bytes, as: UTF8.self).split(separator: "\n") { bench.send(String(text)) }
      bench.settle()
    }
  }

  private static let pageMessages = [
    #"{"type":"edit","cell":"c1","text":"é\n2","request":1}"#, #"{"type":"insert","kind":"prose","after":"c1"}"#,
    #"{"type":"delete","cell":"c2"}"# + "\n" + #"{"type":"undelete"}"#, #"{"type":"move","cell":"c3","after":"c1"}"#,
    #"{"type":"kind","cell":"c1","kind":"code"}"#,
    #"{"type":"split","cell":"c2","at":3}"# + "\n" + #"{"type":"join","cell":"c2"}"#,
    #"{"type":"complete","text":"su","cursor":2,"request":{"a":1}}"#, #"{"type":"inspect","text":"sum","cursor":1e300}"#,
    #"{"type":"answer","text":"a"}"#, #"{"type":"resolve","choice":"mine"}"#, #"{"type":"export","format":"ipynb"}"#,
    #"{"type":"interrupt"}"#, #"{"type":"save"}"#, "[]", #"{"type":3}"#,
  ]

  /// A run that a cell has trained for a step, and what a page does with it.
  private static let game = FuzzTarget(
    "game", "takes the messages of a page for a run that has been trained",
    seeds: Seeds(
      texts: [
        #"{"action":"play"}"#, #"{"action":"step"}"#, #"{"action":"step_d"}"# + "\n" + #"{"action":"step_g"}"#,
        #"{"action":"back"}"#,
        #"{"action":"seed"}"#, #"{"action":"slow","on":true}"#, #"{"action":"set","name":"lambda","value":3}"#,
        #"{"action":"set","name":"d_optimizer.rate","value":0.01}"#, #"{"action":"choose","what":"penalty","value":"r1"}"#,
        #"{"action":"choose","what":"data","value":"ring"}"#, #"{"action":"choose","what":"objective","value":"hinge"}"#,
        #"{"action":"points","points":[[0,1],[1e29,-1]]}"#, #"{"action":"write","name":"lambda"}"#,
        #"{"action":"show","slopes":true,"grid":false}"#,
      ]), longest: 512, words: .json, changesProcess: true
  ) {
    chdir(Scratch.folder)
    let bench = PageBench(
      "use gan\nrun = gan(net { dense 4; relu; dense 2 }, net { dense 4; relu; dense 1 }, ring(), batch: 4, noise: 2); train run, steps: 1"
    )
    bench.send(#"{"type":"game","action":"play"}"#)
    bench.run("c1")
    return { bytes in
      bench.send(#"{"type":"game","action":"reset"}"#)
      for text in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        guard case .object(let members)? = try? JSON(text.utf8) else { continue }
        bench.send(JSON.object(JSON.Members(members.dictionary.merging(["type": .string("game")]) { $1 })).text)
      }
      // A step that is being told in slow motion waits for a person: it is given up.
      for action in ["reset", "pause"] { bench.send(#"{"type":"game","action":"\#(action)"}"#) }
      bench.settle()
    }
  }
}

/// A document as pages have it, with one page.
private final class PageBench {
  private let text: Document
  private let document: LiveDocument
  private let line = PageLine {}

  init(_ text: String) {
    self.text = Document(name: "page.gan", text: text)
    document = LiveDocument(
      self.text, file: DocumentKeeper(path: "page.gan", known: nil, isWritable: false), threads: 1)
    document.opened(line)
  }

  /// Makes the document what it was in the beginning.
  func begin() {
    document.state.withLock { state in
      state.take(text)
      state.deleted = []
    }
  }

  /// Sends a message, unless it would run programs, or end the session: that makes a thread each time.
  func send(_ message: String) {
    if case .object(let members)? = try? JSON(message.utf8), case .string(let type)? = members["type"],
      type.hasPrefix("run") || type == "restart"
    {
      return
    }
    document.received(message, from: line)
  }

  func run(_ cell: String) {
    document.run([cell])
    settle()
  }

  /// Waits until all that was asked for has been done, and takes what the page would be sent.
  func settle() {
    let isDone = Monitor(false)
    document.worker.withLock { $0 }?.enqueue { _ in isDone.change { $0 = true } }
    _ = isDone.wait { $0 ? true : nil }
    _ = document.state.withLock { $0.document.checkedText }
    while let (_, isBehind) = line.next() {
      if isBehind { document.opened(line) }
    }
  }
}
