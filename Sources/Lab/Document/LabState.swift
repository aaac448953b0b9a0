import Base
import Formats
import Interpreter
import Notebook

/// All that pages see: the document with what it has put out, and what is under way. Each change is told to all pages at once, so that they
/// see the same; the lock of `LiveDocument` lies around every call.
struct LabState {
  /// The path of the document's file, whether or not it is there yet.
  var path: String
  var cells: [LiveCell] = []
  /// What stands in the file before the first cell and behind the last, and its metadata.
  var head = ""
  var tail = ""
  var metadata: [String: JSON]?
  /// Grows with each change of what belongs into the file.
  var edition = 0
  /// The edition that the file holds.
  var savedEdition = 0
  /// When it was saved last: "12:31".
  var savedAt: String?
  /// Whether the file takes what is written.
  var canSave = true
  /// Nothing is in the file yet: it is made at the first save.
  var isNew = false
  /// The file was edited elsewhere; what pages are told of it.
  var conflict: Conflict?

  /// What each page is told when it comes.
  var warning: String?

  /// The pages.
  var lines: [PageLine] = []
  /// The cells that are to be run, in their order.
  var queue: [String] = []
  /// The cell that is being run.
  var running: String?
  /// The running cell waits at somebody's word.
  var isPaused = false
  /// The cell that was run last.
  var lastRun: String?
  /// The cell that trained the run which is played.
  var trainingCell: String?
  /// The last training of that run; nil where none is known.
  var training: Training?
  /// The game of the present session.
  var game: Game?
  /// What `input` asks for, of the running cell.
  var question: String?
  /// The line that was given to it.
  var answer: Answer?
  /// What was deleted last, with the cell that it stood behind.
  var deleted: [(cell: LiveCell, after: String?)] = []
  /// Of the running cell, by what is counted.
  var progress: [String: Work] = [:]
  var changedProgress: Set<String> = []
  /// Outputs wait to be told.
  var hasNews = false
  /// How long outputs wait for others that they can be told with, in seconds: the longer the more there was to tell the last time.
  var outputPause = 0.04
  /// Where the run stands that the running cell trains, as the game says it; nil where it is not watched.
  var gameStanding: (step: Int, words: String)?

  /// The sessions so far; the present one's number.
  var session = 1
  /// The runs in the present session.
  var count = 0
  private var serial = 0
  private var lastID = 0
  /// Runs begin; nil where none is under way.
  var startedAt = 0.0

  /// What `input` is given; nil as a line: there is no more.
  enum Answer { case line(String?) }

  /// The document's file is not what it was.
  struct Conflict {
    /// What pages say of it.
    let text: String
    /// There is no file any more.
    let isGone: Bool
  }

  /// A work whose progress is shown.
  struct Work {
    var progress: Progress
    var startedAt: Double
  }

  /// A cell has trained the run that is played.
  struct Training {
    let cell: String
    /// The step at which it ended; nil where it has not.
    var endedAt: Int?
    /// Where the game has moved the run since; nil: it is where the cell has left it.
    var movedTo: Int?
  }

  init(path: String) { self.path = path }

  // MARK: The document

  var name: String { Paths.name(of: path) }
  var folder: String { Paths.folder(of: path) }
  var isSaved: Bool { edition == savedEdition }

  /// As it is to be written, with what the cells have put out.
  var document: Document {
    Document(name: path, head: head, cells: keptCells.map(\.exported), tail: tail, metadata: metadata)
  }

  /// The cells that belong into a file: an empty one that is offered at the end does not.
  var keptCells: ArraySlice<LiveCell> {
    let kept = cells.lastIndex { !$0.isOffered } ?? 0
    return cells.prefix(kept + 1)
  }

  /// Takes the cells of a document. A cell that says the same as one that is here keeps its outputs, and its name; one with another text that
  /// stands where one of its kind stood is that one, edited.
  mutating func take(_ document: Document) {
    (head, tail, metadata) = (document.head, document.tail, document.metadata)
    let old = cells
    var places: [[String]: [Int]] = [:]
    for (place, cell) in old.enumerated().reversed() {
      places[[cell.cell.kind.rawValue, cell.cell.text], default: []].append(place)
    }
    var isLeft = old.map { _ in true }
    let same = document.cells.map { cell in
      let place = places[[cell.kind.rawValue, cell.text]]?.popLast()
      if let place { isLeft[place] = false }
      return place
    }
    var before = -1
    cells = zip(document.cells, same).map { cell, same in
      var place = same
      if place == nil, old.indices.contains(before + 1), isLeft[before + 1], old[before + 1].cell.kind == cell.kind {
        place = before + 1
      }
      guard let place else { return LiveCell(id: newID(), cell, folder: folder) }
      before = place
      isLeft[place] = false
      var known = old[place]
      guard same != nil || known.run != nil else {
        var fresh = LiveCell(id: known.id, cell, folder: folder)
        fresh.taken = known.taken
        return fresh
      }
      known.cell = cell
      if known.run != nil { known.cell.found = nil }
      if same == nil { known.layOut(folder: folder) }
      return known
    }
    deleted = []
  }

  /// Whether a cell stands in a document as it does here; true for no cell.
  func has(_ id: String?, in document: Document) -> Bool {
    guard let place = place(of: id) else { return true }
    let cell = cells[place].cell
    return document.cells.contains { $0.kind == cell.kind && $0.text == cell.text }
  }

  mutating func newID() -> String {
    lastID += 1
    return "c\(lastID)"
  }

  func place(of id: String?) -> Int? { id.flatMap { id in cells.firstIndex { $0.id == id } } }

  /// Something that belongs into the file has changed.
  mutating func wasEdited() {
    let wasSaved = isSaved
    edition += 1
    if wasSaved { tellSaved() }
  }

  // MARK: Stale marks

  /// What each cell's state is called. A cell that has been run is stale where its text is no longer what was run, where the cells above it that
  /// have been run are no longer the runs that it came after, or where one of these is stale itself.
  var states: [String] {
    var basis = 0
    var isStale = false
    return cells.map { cell in
      guard cell.cell.kind == .code else { return "new" }
      let own = cell.run.map { run in
        isStale || run.basis != basis || run.text != cell.cell.text || run.session != session
      }
      // What was run in a session that is gone has no part in what is run now.
      if let run = cell.run, run.session == session {
        basis = Self.basis(basis, run)
        isStale = isStale || own ?? false
      }
      switch cell.activity {
      case .queued: return "queued"
      case .running: return isPaused ? "paused" : "running"
      case .paused: return "paused"
      case .none:
        guard let own else { return "new" }
        return own ? "stale" : cell.ending?.rawValue ?? "stopped"
      }
    }
  }

  /// The checksum of the runs above a cell.
  func basis(above place: Int) -> Int {
    cells[..<place].reduce(0) { basis, cell in
      guard cell.cell.kind == .code, let run = cell.run, run.session == session else { return basis }
      return Self.basis(basis, run)
    }
  }

  private static func basis(_ basis: Int, _ run: LiveCell.Run) -> Int {
    var hasher = Hasher()
    hasher.combine(basis)
    hasher.combine(run.serial)
    return hasher.finalize()
  }

  /// Where a page gets the whole text that a cell has put out.
  func outputAddress(_ id: String) -> String { "/output/\(id)" }

  /// The whole text that the cell of an address has put out; nil where nothing of it is left out, or no cell has the address.
  func wholeText(_ address: String) -> OutputText? {
    cells.first { outputAddress($0.id) == address }?.outputs.whole
  }

  /// A new run of a cell begins.
  mutating func begin(_ place: Int) {
    serial += 1
    count += 1
    startedAt = SteadyClock.seconds
    let run = LiveCell.Run(serial: serial, session: session, text: cells[place].cell.text, basis: basis(above: place))
    cells[place].run = run
    cells[place].count = count
    cells[place].ending = nil
    cells[place].seconds = nil
    cells[place].outputs = CellOutputs(address: outputAddress(cells[place].id))
    cells[place].cell.found = nil
    cells[place].activity = .running
    running = cells[place].id
    lastRun = running
    (progress, changedProgress, isPaused, gameStanding) = ([:], [], false, nil)
    if training?.cell == running { training = nil }
  }
}
