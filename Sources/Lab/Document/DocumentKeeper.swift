import Base
import Formats
import Glibc
import Notebook
import Synchronization

/// Keeps a document in its file: by itself a while after each edit, and before each run. It is written whole or not at all, and never over
/// what somebody else has written there meanwhile. What cannot be written there is written beside, so that nothing that was run is lost.
///
/// A `.gan` file gets the text of the cells; a notebook (`.ipynb`) what they have put out as well.
final class DocumentKeeper: Sendable {
  /// What becomes of a file that was edited elsewhere: it is read, written over, or left while the document goes on in a copy.
  enum Choice: String { case theirs, mine, copy }

  /// So long after an edit it is saved, in seconds.
  static let pause = 1.0
  /// So often it is looked whether the file was edited elsewhere, in seconds.
  private static let watchPause = 0.4

  fileprivate struct State {
    /// Where it is kept; another place after `copy`.
    var path: String
    /// What the file holds as far as is known; nil: nothing yet.
    var known: [UInt8]?
    /// When it is to be saved; nil: nothing waits.
    var due: Double?
    var choice: Choice?
    /// The file is kept, and not just a name.
    var isWritable: Bool
    /// The file when it held what is known, and when it was looked at last; nil: there was none.
    var knownStamp: FileStamp?
    var seenStamp: FileStamp?
    /// Where it was kept before it went on in a copy: its text there is no longer needed when the copy is written.
    var left: String?
    /// It was said where the text is kept that the file does not take.
    var hasToldPlace = false
    /// Why it could not be saved the last time.
    var failure: String?
  }

  private let state: Mutex<State>

  /// The path as it was opened.
  let path: String
  let isWritable: Bool

  /// Keeps a document at a path; `known`: what stands there, nil for nothing.
  init(path: String, known: [UInt8]?, isWritable: Bool) {
    self.path = path
    self.isWritable = isWritable
    state = Mutex(State(path: path, known: known, isWritable: isWritable))
  }

  /// There was no such file when it was opened.
  var isNew: Bool { state.withLock { $0.known == nil } }

  /// Says where a text is that an earlier lab could not save; nil where there is none.
  var warning: String? {
    guard let place = Self.recoveryPath(of: path), let content = Self.content(of: place),
      content != state.withLock({ $0.known })
    else { return nil }
    return "What was written here last and could not be saved is in \(place)."
  }

  /// The name of a new document in the working folder.
  static var newName: String { Files.exists("untitled.gan") ? freePath(like: "untitled.gan") : "untitled.gan" }

  /// Keeps another document from now on, of which nothing is in a file yet.
  func move(to path: String, isWritable: Bool) {
    state.withLock { $0 = State(path: path, known: nil, isWritable: isWritable) }
  }

  // MARK: When

  /// Saves it in so many seconds, on the ticker's thread.
  func saveSoon(_ document: LiveDocument, after seconds: Double = 0) {
    state.withLock { state in state.due = min(state.due ?? .infinity, SteadyClock.seconds + seconds) }
    document.ticker.ring(in: seconds)
  }

  /// On the ticker's thread: does what it is time for.
  func saveIfDue(_ document: LiveDocument) {
    if let choice = state.withLock({ state in take(&state.choice) }) { settle(choice, document) }
    if let due = state.withLock({ $0.due }) {
      let rest = due - SteadyClock.seconds
      if rest <= 0 {
        state.withLock { $0.due = nil }
        save(document)
      } else {
        document.ticker.ring(in: rest)
      }
    }
    guard document.state.withLock({ !$0.lines.isEmpty }) else { return }
    look(document)
    document.ticker.ring(in: Self.watchPause)
  }

  /// Somebody has chosen; it is done on the ticker's thread.
  func resolve(_ choice: Choice, _ document: LiveDocument) {
    state.withLock { $0.choice = choice }
    document.ticker.ring(in: 0)
  }

  private func take<T>(_ value: inout T?) -> T? {
    defer { value = nil }
    return value
  }

  // MARK: Saving

  /// Saves what has changed; where that cannot be done in the file, beside it.
  func save(_ document: LiveDocument) {
    state.withLock { state in
      guard document.state.withLock({ !$0.isSaved }) else { return }
      let (content, edition, isInConflict) = document.state.withLock { ($0.fileContent, $0.edition, $0.conflict != nil) }
      guard state.isWritable, !isInConflict else {
        keep(content, &state, document)
        if !isInConflict, !state.hasToldPlace { tellPlace(&state, document) }
        return
      }
      // An empty document needs no file.
      if state.known == nil, document.state.withLock({ $0.isEmpty }) { return }
      let present = Self.content(of: state.path)
      if present != state.known, present != content { return oppose(content, &state, document) }
      do {
        if present != content { try AtomicFile.write(state.path, content) }
        state.know(content)
        state.failure = nil
        document.saved(edition)
        removeRecovery(of: state.path)
        if let left = state.left { removeRecovery(of: left) }
        state.left = nil
      } catch {
        let reason = (error as? FormatError).map { "\($0.title). \($0.advice)" } ?? "\(error)"
        keep(content, &state, document)
        // Said once, and not at each edit.
        guard state.failure != reason else { return }
        state.failure = reason
        let place = Self.recoveryPath(of: state.path).map { " The text is kept in \($0)." } ?? ""
        document.state.withLock {
          $0.notice("\(Paths.name(of: state.path)) could not be saved: \(reason)\(place)", isError: true)
        }
      }
    }
  }

  /// What stands in a file; nil where there is none, or none that can be read.
  static func content(of path: String) -> [UInt8]? { try? Descriptor.contents(of: path) }

  /// The file is not what it was: nothing is written until somebody has chosen.
  private func oppose(_ content: [UInt8], _ state: inout State, _ document: LiveDocument) {
    keep(content, &state, document)
    let isGone = !Files.exists(state.path)
    guard document.state.withLock({ $0.conflict?.isGone != isGone }) else { return }
    let name = Paths.name(of: state.path)
    let kept = Self.recoveryPath(of: state.path).map { Self.content(of: $0) == content ? $0 : nil } ?? nil
    let place = kept.map { "What this page holds is kept in \($0)." } ?? "What this page holds is here alone: export it."
    let words =
      if isGone {
        "\(name) was deleted or moved elsewhere. \(place) “Write it again” makes \(state.path) of it."
      } else if state.known == nil {
        "\(name) was made elsewhere meanwhile, with another text. Nothing has been written over. \(place)"
      } else {
        "\(name) was edited elsewhere, and here too. Nothing has been written over. \(place)"
      }
    document.state.withLock {
      $0.conflict = LabState.Conflict(text: words, isGone: isGone)
      $0.tellConflict()
    }
  }

  private func settle(_ choice: Choice, _ document: LiveDocument) {
    state.withLock { state in
      guard document.state.withLock({ $0.conflict != nil }) else { return }
      switch choice {
      case .theirs:
        read(&state, document)
        // Whoever drops a text is not told of it the next time.
        if document.state.withLock({ $0.conflict == nil }) { removeRecovery(of: state.path) }
      case .mine:
        state.known = Self.content(of: state.path)
        document.state.withLock { documentState in
          documentState.endConflict()
          // What is gone is written again though nothing was edited.
          documentState.edition += 1
        }
      case .copy:
        state.left = state.path
        state.path = Self.freePath(like: state.path)
        (state.known, state.knownStamp) = (nil, nil)
        document.state.withLock { documentState in
          documentState.endConflict()
          documentState.path = state.path
          documentState.edition += 1
          for line in documentState.lines { documentState.greet(line) }
        }
      }
      state.due = SteadyClock.seconds
    }
  }

  // MARK: Edits elsewhere

  /// Looks whether the file was edited elsewhere; once it has stayed the same for a while, as editors write in pieces.
  private func look(_ document: LiveDocument) {
    state.withLock { state in
      // The lessons are in no file.
      guard state.known != nil || state.isWritable else { return }
      let stamp = FileStamp(state.path)
      defer { state.seenStamp = stamp }
      let isGone = stamp == nil && state.known != nil
      guard stamp != state.knownStamp || isGone || document.state.withLock({ $0.conflict != nil }), stamp == state.seenStamp
      else { return }
      take(stamp, &state, document)
    }
  }

  /// Before somebody edits a cell, or inserts one: what was written elsewhere just now is read first, where it leaves the cell as it is, so that
  /// an edit opposes only what was edited itself.
  func lookBeforeEdit(of cell: String?, _ document: LiveDocument) {
    state.withLock { state in
      guard state.known != nil, document.state.withLock({ $0.isSaved && $0.conflict == nil }) else { return }
      let stamp = FileStamp(state.path)
      guard stamp != nil, stamp != state.knownStamp, let content = Self.content(of: state.path),
        let read = try? Self.document(named: state.path, content),
        document.state.withLock({ $0.has(cell, in: read) })
      else { return }
      take(stamp, &state, document)
    }
  }

  /// The file has changed: it is read where nothing of ours waits; else somebody has to choose.
  private func take(_ stamp: FileStamp?, _ state: inout State, _ document: LiveDocument) {
    let present = stamp == nil ? nil : Self.content(of: state.path)
    // What is there and cannot be read is not gone.
    guard stamp == nil || present != nil else { return }
    let (content, isSaved, conflict) = document.state.withLock { ($0.fileContent, $0.isSaved, $0.conflict) }
    if present == state.known || present == content {
      // Touched; or it is again what it was.
      state.knownStamp = stamp
      guard conflict != nil else { return }
      state.known = present
      document.state.withLock { $0.endConflict() }
      state.due = SteadyClock.seconds
    } else if present != nil, isSaved, conflict == nil || conflict?.isGone == true {
      read(&state, document)
    } else if present != nil || state.known != nil {
      oppose(content, &state, document)
    }
  }

  private func read(_ state: inout State, _ document: LiveDocument) {
    let stamp = FileStamp(state.path)
    guard let content = Self.content(of: state.path), let read = try? Self.document(named: state.path, content) else {
      return document.state.withLock { $0.notice("\(Paths.name(of: state.path)) can no longer be read.", isError: true) }
    }
    (state.known, state.knownStamp) = (content, stamp)
    document.state.withLock { documentState in
      documentState.take(read)
      documentState.endConflict()
      documentState.edition += 1
      documentState.savedEdition = documentState.edition
      for line in documentState.lines { documentState.greet(line) }
      documentState.notice("\(documentState.name) was edited elsewhere; the page shows it as it is now.")
    }
  }

  /// The document in a file's bytes. Throws a `FormatError`.
  static func document(named path: String, _ content: [UInt8]) throws -> Document {
    if path.hasSuffix(".ipynb") { return try JupyterNotebook.document(named: path, content, keepsOutputs: true) }
    return Document(name: path, text: try TextEncoding.program(content, path: path))
  }

  /// `ring-2.gan` beside `ring.gan`: the first that is free.
  static func freePath(like path: String) -> String {
    let name = Paths.name(of: path)
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    var number = 2
    while true {
      let candidate = Paths.join(Paths.folder(of: path), "\(name[..<dot])-\(number)\(name[dot...])")
      if !Files.exists(candidate) { return candidate }
      number += 1
    }
  }

  // MARK: What cannot be saved

  /// Where the text of a document is kept that its file does not take; nil where there is no home.
  static func recoveryPath(of path: String) -> String? { RecoveryFolder.place(of: path) }

  private func keep(_ content: [UInt8], _ state: inout State, _ document: LiveDocument) {
    guard let place = Self.recoveryPath(of: state.path), Self.content(of: place) != content else { return }
    do { try RecoveryFolder.write(content, of: state.path, to: place) } catch {
      guard state.failure == nil else { return }
      state.failure = "\(error)"
      document.state.withLock { $0.notice("The text cannot be kept anywhere: export it.", isError: true) }
    }
  }

  private func removeRecovery(of path: String) {
    if let place = Self.recoveryPath(of: path) { RecoveryFolder.remove(place) }
  }

  /// Says where the text is that a file that cannot be written does not take.
  private func tellPlace(_ state: inout State, _ document: LiveDocument) {
    guard let place = Self.recoveryPath(of: state.path), Files.exists(place) else { return }
    state.hasToldPlace = true
    document.state.withLock {
      $0.notice("\($0.name) cannot be written. What is changed here is kept in \(place); Export gives it as a file.")
    }
  }

  /// Somebody wants to save what cannot be saved in its file: it is said again where it is.
  func sayPlace(_ document: LiveDocument) {
    state.withLock { state in
      guard !state.isWritable else { return }
      state.hasToldPlace = false
      if document.state.withLock({ $0.isSaved }) {
        document.state.withLock { $0.notice("Nothing has been changed here.") }
      }
    }
  }
}

extension DocumentKeeper.State {
  /// The file holds this now, written by us.
  fileprivate mutating func know(_ content: [UInt8]) {
    known = content
    knownStamp = FileStamp(path)
  }
}
