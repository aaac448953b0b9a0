import Base
import Formats
import Library
import Notebook

/// What pages are told.
extension LabState {
  /// To all pages; of messages of one kind that wait, the newest counts.
  func tell(_ type: String, _ members: [(String, JSON)], kind: String? = nil) {
    guard !lines.isEmpty else { return }
    let text = Self.message(type, members).text
    for line in lines { line.send(text: text, kind: kind) }
  }

  static func message(_ type: String, _ members: [(String, JSON)]) -> JSON {
    .object(JSON.Members([("type", .string(type))] + members))
  }

  /// Everything, to a page that knows nothing.
  mutating func greet(_ line: PageLine) {
    tellOutputs()
    let states = states
    for (place, state) in states.enumerated() { cells[place].told = state }
    line.send(
      Self.message(
        "hello",
        [
          ("version", .string(Version.text)), ("name", .string(name)), ("title", .string(document.title)),
          ("canSave", .boolean(canSave)), ("isSaved", .boolean(isSaved)),
          ("isNew", .boolean(isNew)),
          ("keptIn", canSave ? .null : DocumentKeeper.recoveryPath(of: path).map { .string($0) } ?? .null),
          ("cells", .array(zip(cells, states).map { $0.json(state: $1, page: line.page) })),
          ("session", .object(JSON.Members(sessionMembers))),
        ]))
    for title in progress.keys.sorted() {
      if let message = progressMessage(title) { line.send(message, kind: "progress \(title)") }
    }
    if let question { line.send(Self.message("ask", [("cell", .string(running ?? "")), ("prompt", .string(question))])) }
    greetGame(line)
    if let warning { line.send(Self.message("notice", [("level", .string("note")), ("text", .string(warning))])) }
    if conflict != nil { line.send(conflictMessage) }
  }

  /// The conflict as pages know it; without a text: there is none any more.
  private var conflictMessage: JSON {
    Self.message(
      "conflict", [("text", conflict.map { .string($0.text) } ?? .null), ("isGone", .boolean(conflict?.isGone ?? false))])
  }

  func tellConflict() { for line in lines { line.send(conflictMessage) } }

  /// Somebody has chosen, or there is nothing to choose any more.
  mutating func endConflict() {
    guard conflict != nil else { return }
    conflict = nil
    tellConflict()
  }

  private var sessionMembers: [(String, JSON)] {
    [
      ("state", .string(running == nil ? "idle" : isPaused ? "paused" : "running")),
      ("cell", running.map { .string($0) } ?? .null),
      ("queue", .array(queue.map { .string($0) })),
    ]
  }

  func tellSession() { tell("session", sessionMembers) }

  func tellSaved() {
    tell("saved", [("isSaved", .boolean(isSaved)), ("time", savedAt.map { .string($0) } ?? .null)], kind: "saved")
  }

  func notice(_ text: String, isError: Bool = false) {
    tell("notice", [("level", .string(isError ? "error" : "note")), ("text", .string(text))])
  }

  /// The states that have changed since pages were told.
  mutating func tellStates() {
    for (place, state) in states.enumerated() where cells[place].told != state {
      cells[place].told = state
      let text = stateMessage(place).text
      for line in lines { line.send(text: text) }
    }
  }

  /// The state of a cell as pages have been told.
  func stateMessage(_ place: Int) -> JSON {
    let cell = cells[place]
    return Self.message(
      "state",
      [
        ("cell", .string(cell.id)), ("state", .string(cell.told)), ("count", cell.count.map { .number(Double($0)) } ?? .null),
        ("seconds", cell.seconds.map { .number($0) } ?? .null),
      ])
  }

  /// A cell as it is now.
  mutating func tellCell(_ place: Int) {
    let state = states[place]
    cells[place].told = state
    cells[place].edition += 1
    tell("cell", [("cell", cells[place].json(state: state))])
  }

  /// Cells were put in, moved or taken out. `added`: those that are new.
  mutating func tellOrder(added: [String] = []) {
    let states = states
    for (place, state) in states.enumerated() where added.contains(cells[place].id) {
      cells[place].told = state
      cells[place].edition += 1
    }
    tell(
      "cells",
      [
        ("order", .array(cells.map { .string($0.id) })),
        ("added", .array(zip(cells, states).filter { added.contains($0.0.id) }.map { $0.json(state: $1) })),
      ])
    tellStates()
  }

  // MARK: Outputs

  /// Something waits to be told; gives in how many seconds that is done, nil where somebody takes care of it already.
  mutating func news() -> Double? {
    defer { hasNews = true }
    return hasNews ? nil : outputPause
  }

  /// What has been put out since pages were told.
  mutating func tellOutputs() {
    hasNews = false
    var byteCount = 0
    defer { outputPause = byteCount > Self.muchOutput ? 0.3 : 0.04 }
    for place in cells.indices {
      guard let changes = cells[place].outputs.changes() else {
        tellCell(place)
        continue
      }
      // A run's first pieces never take the place of those of another.
      let run = cells[place].run?.serial ?? 0
      for (at, html) in changes {
        byteCount += html.utf8.count
        tell(
          "output", [("cell", .string(cells[place].id)), ("at", .number(Double(at))), ("html", .string(html))],
          kind: "output \(cells[place].id) \(run) \(cells[place].edition) \(at)")
      }
    }
    tellProgress()
  }

  /// More bytes at once are much for a page.
  private static let muchOutput = 64 << 10

  /// The progress that has changed since pages were told.
  mutating func tellProgress() {
    for title in changedProgress.sorted() {
      guard let message = progressMessage(title), let work = progress[title] else { continue }
      let text = message.text
      for line in lines { line.send(text: text, kind: "progress \(title)") }
      if work.progress.isFinished { progress[title] = nil }
    }
    changedProgress = []
  }

  private func progressMessage(_ title: String) -> JSON? {
    guard let work = progress[title] else { return nil }
    let state = work.progress
    return Self.message(
      "progress",
      [
        ("cell", .string(running ?? "")), ("title", .string(state.title)),
        ("done", state.isFinished ? .null : .number(Double(state.done))),
        ("total", state.total.map { .number(Double($0)) } ?? .null),
        ("note", .string(state.note)), ("seconds", .number(SteadyClock.seconds - work.startedAt)),
      ])
  }
}
