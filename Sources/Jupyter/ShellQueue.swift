/// The requests of the shell channel that wait, in the order in which they came: those of the shell itself, and those of its subshells (JEP 91).
///
/// A subshell is a name that requests carry in their header: what asks nothing of the program is answered for it at once, whatever runs. The session
/// is one, so that cells of all shells are run one after another, in the order in which they came.
struct ShellQueue {
  /// Where requests of the shell itself wait for the cells before them, so many seconds at most; then they are answered while the cell runs.
  static let patience = 0.2
  /// More requests are not taken in; those that send them wait.
  static let most = 10_000
  /// So many subshells there may be.
  static let mostSubshells = 256

  private struct Waiting {
    let number: Int
    let request: Request
    /// When it has waited enough.
    let due: Double
  }

  /// Cells to be run.
  private var runs: [Waiting] = []
  /// All others.
  private var questions: [Waiting] = []
  private var count = 0
  /// The names of the subshells, the oldest first.
  private(set) var subshells: [String] = []

  var isEmpty: Bool { runs.isEmpty && questions.isEmpty }
  var isFull: Bool { runs.count + questions.count >= Self.most }

  mutating func add(_ request: Request, now: Double) {
    count += 1
    let waits = request.subshell == nil && !request.isComm
    let waiting = Waiting(number: count, request: request, due: waits ? now + Self.patience : now)
    if request.isRun { runs.append(waiting) } else { questions.append(waiting) }
  }

  /// What is to be done next; nil where nothing is. While a program runs, cells wait.
  mutating func next(isRunning: Bool, now: Double) -> Request? {
    if isRunning {
      guard let place = questions.firstIndex(where: { $0.due <= now }) else { return nil }
      return questions.remove(at: place).request
    }
    guard let question = questions.first else { return runs.isEmpty ? nil : runs.removeFirst().request }
    if let run = runs.first, run.number < question.number { return runs.removeFirst().request }
    return questions.removeFirst().request
  }

  /// In how many seconds a question has waited enough.
  func dueIn(now: Double) -> Double? { questions.lazy.map { max(0, $0.due - now) }.min() }

  /// Takes away the cells of a shell that wait.
  mutating func takeRuns(of subshell: String?) -> [Request] {
    defer { runs.removeAll { $0.request.subshell == subshell } }
    return runs.filter { $0.request.subshell == subshell }.map(\.request)
  }

  // MARK: Subshells

  /// Whether a request is for the shell itself, or for a subshell that is there.
  func knows(_ request: Request) -> Bool { request.subshell.map(subshells.contains) ?? true }

  /// A new subshell's name; nil where there are too many.
  mutating func create() -> String? {
    guard subshells.count < Self.mostSubshells else { return nil }
    let name = MessageWriter.newName()
    subshells.append(name)
    return name
  }

  /// Ends a subshell; gives what has waited in it, or nil where there is none of the name.
  mutating func delete(_ name: String) -> [Request]? {
    guard let place = subshells.firstIndex(of: name) else { return nil }
    subshells.remove(at: place)
    let waiting = (runs + questions).filter { $0.request.subshell == name }.sorted { $0.number < $1.number }
    runs.removeAll { $0.request.subshell == name }
    questions.removeAll { $0.request.subshell == name }
    return waiting.map(\.request)
  }
}

extension Request {
  /// Whether a program is run for it.
  var isRun: Bool { type == "execute_request" }
  /// Whether it is a message of a comm, which is not answered.
  var isComm: Bool { type == "comm_open" || type == "comm_msg" || type == "comm_close" }
}

/// How much is done for the messages of comms: as much as people and their pages cause, and not so much that a page which sends without end slows a
/// training down. What comes beyond waits at whoever sends it.
struct CommPace {
  /// The most messages in a second.
  static let most = 1000
  private var start = -Double.infinity
  private var cost = 0

  /// Something has been done that is worth so many messages.
  mutating func note(_ cost: Int, now: Double) {
    if now - start >= 1 { (start, self.cost) = (now, 0) }
    self.cost += cost
  }

  /// In how many seconds the next message may be looked at; nil where that is now.
  func rest(now: Double) -> Double? {
    cost >= Self.most && now - start < 1 ? 1 - (now - start) : nil
  }
}
