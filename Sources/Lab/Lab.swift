import Base
import Formats
import Glibc
import Library
import Notebook

/// `gan lab`: a document in the browser. It is served on this machine alone, to whoever has the token.
public struct Lab {
  private let document: LiveDocument
  private let server: WebServer

  /// A document in a lab of its own; nothing is served yet, and nothing run.
  ///
  /// - Parameters:
  ///   - path: The document's file, `.gan` or `.ipynb`, which need not be there yet; nil: the lessons, and a new one.
  ///   - port: Where it is served; nil: at a port that is free.
  ///   - threads: Threads that kernels run on; by default as many as there are processors.
  ///   - pageFolder: Where the files of the page are, for whoever works on them; by default they are in the program.
  /// - Throws: a `FormatError` for a file that cannot be opened, and for a port that cannot be had.
  public init(path: String?, port: Int?, threads: Int?, pageFolder: String? = nil) throws {
    let (opened, keeper) =
      try path.map(Self.open) ?? (Lessons.list, DocumentKeeper(path: "lessons.gan", known: nil, isWritable: false))
    RecoveryFolder.clean()
    do {
      let listener = try port.map { try Listener(port: $0) } ?? Listener.onFreePort()
      document = LiveDocument(opened, file: keeper, threads: threads)
      server = try WebServer(listener, files: PageFiles(folder: pageFolder), service: document)
    } catch let failure as Listener.Failure {
      let reason = failure.code == EADDRINUSE ? "Another program uses it." : String(cString: strerror(failure.code)) + "."
      throw FormatError(
        title: "port \(failure.port) cannot be had", advice: "\(reason) Without `--port` a free one is taken.", path: path ?? "")
    }
  }

  private static func open(_ path: String) throws -> (Document, DocumentKeeper) {
    let dot = Paths.name(of: path).lastIndex(of: ".").map { Paths.name(of: path)[$0...].lowercased() }
    // A script may have no suffix; what has another one says itself that it is something else.
    guard dot == nil || dot == ".gan" || dot == ".ipynb" || path.hasSuffix("/") else {
      throw FormatError(
        title: "\(path) is no document of Gan",
        advice:
          "`gan lab` reads programs (.gan) and notebooks (.ipynb). Name a new one \(Paths.stem(of: Paths.name(of: path))).gan.",
        path: path)
    }
    let known: [UInt8]?
    do throws(Descriptor.Failure) { known = try Descriptor.contents(of: path) } catch {
      guard error.code == ENOENT, error.noun == nil, isFolder(Paths.folder(of: path)), !path.hasSuffix("/") else {
        let folder = Paths.folder(of: path)
        let advice =
          error.code == ENOENT && !isFolder(folder) ? "There is no folder \(folder). Make it first." : "\(error.reason)."
        throw FormatError(title: "\(path) cannot be read", advice: advice, path: path)
      }
      known = nil
    }
    var document = try known.map { try DocumentKeeper.document(named: path, $0) } ?? Document(name: path)
    if document.cells.isEmpty { document.cells = [Cell(.code, "")] }
    let isWritable = access(known == nil ? Paths.folder(of: path) : path, W_OK) == 0 && access(Paths.folder(of: path), W_OK) == 0
    return (document, DocumentKeeper(path: path, known: known, isWritable: isWritable))
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, case .folder = FileNature(status) else { return false }
    return true
  }

  /// Where the page is, with the token.
  public var address: String { server.address }

  var port: Int { server.port }
  var token: String { server.gate.token }
  func ticket() throws -> String { try server.gate.ticket() }

  /// Answers from now on.
  func start() { server.start() }

  /// Ends the pages and what runs, without waiting for it.
  func stop() {
    _ = document.end(within: 0)
    document.ticker.end()
    server.stop()
  }

  /// The name of the document's file.
  public var name: String { document.state.withLock { $0.name } }

  /// Serves until somebody wants an end: Ctrl-C, SIGTERM, or a terminal that is closed. Then texts are saved, what runs is asked to stop, which
  /// is when a training keeps itself, and waited for; whoever wants an end once more gets it at once.
  public func serve(opensBrowser: Bool, say: (String) -> Void) {
    let signals = StopSignals()
    server.start()
    if document.state.withLock({ $0.isNew }) { say("\(name) is a new document: its file is made at the first save.") }
    say("\(name) is at \(address)")
    if opensBrowser, let ticket = try? server.gate.ticket() {
      Browser.open("http://127.0.0.1:\(server.port)/?token=\(ticket)")
    }
    say("Ctrl-C ends it.")
    signals.wait()
    document.file.save(document)
    Threads.start {
      signals.wait()
      _exit(130)
    }
    if !document.end(within: 1) {
      say("What runs is asked to stop; Ctrl-C once more ends it at once.")
      _ = document.end(within: 24 * 3600)
    }
    server.stop()
  }
}
