import Base
import Notebook
import Syntax

/// What is run, and what is to be run.
extension LabState {
  /// Puts a cell into the queue; false where it is no code, or in it already.
  mutating func enqueue(_ id: String) -> Bool {
    guard let place = place(of: id), cells[place].cell.kind == .code, !queue.contains(id) else { return false }
    queue.append(id)
    if cells[place].activity == .none { cells[place].activity = .queued }
    return true
  }

  mutating func dequeueAll() {
    queue = []
    for place in cells.indices where cells[place].activity == .queued { cells[place].activity = .none }
  }

  /// A queued cell begins: what is to be run; nil where it is no longer queued.
  mutating func start(_ id: String) -> Source? {
    guard let first = queue.firstIndex(of: id) else { return nil }
    queue.remove(at: first)
    guard let place = place(of: id), cells[place].cell.kind == .code else { return nil }
    begin(place)
    cells[place].edition += 1
    tell("clear", [("cell", .string(id))])
    tellStates()
    tellSession()
    let cell = cells[place]
    // In the file's folder, where modules are looked for; errors name the cell by the number that the page shows.
    return Source(name: "\(path), cell \(count)", text: cell.cell.text)
  }

  /// The running cell has ended.
  mutating func closeRun(_ ending: LiveCell.Ending) {
    defer { (running, isPaused, question, answer) = (nil, false, nil, nil) }
    // Progress that was not said to have ended has.
    for title in progress.keys.sorted() {
      progress[title]?.progress.isFinished = true
      changedProgress.insert(title)
    }
    tellOutputs()
    guard let place = place(of: running) else { return }
    cells[place].activity = queue.contains(cells[place].id) ? .queued : .none
    cells[place].ending = ending
    cells[place].seconds = SteadyClock.seconds - startedAt
    // A notebook holds outputs too.
    if isNotebook { wasEdited() }
  }
}

extension LabState {
  /// The cells of code, from one on or all.
  func codeIDs(from id: String?) -> [String] {
    let first = id == nil ? 0 : place(of: id) ?? cells.count
    return cells[first...].filter { $0.cell.kind == .code }.map(\.id)
  }
}
