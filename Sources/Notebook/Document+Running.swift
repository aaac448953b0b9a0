import Frontend
import Interpreter
import Library
import Syntax

extension Document {
  /// The cells of code, as they are run.
  public var codeSources: [Source] { codePlaces.map(source) }

  /// A cell of code under the name by which errors show it: lines of a program are those of its file, lines of a notebook those of the cell, since
  /// nobody has seen others.
  private func source(of place: Int) -> Source {
    let cell = cells[place]
    guard name.hasSuffix(".ipynb") else { return Source(name: name, text: cell.text, firstLine: cell.firstLine) }
    return Source(name: "\(name), cell \(cells[...place].count { $0.kind == .code })", text: cell.text)
  }

  /// Runs the cells of code in their order, and keeps what each puts out; of a cell's values that of its last statement is shown. It ends with
  /// the first cell that fails, unless `goesOn`, and at `exit` or an interrupt in any case.
  ///
  /// - Parameter results: What is known from earlier runs. A cell whose results are known is not run, unless a later one is not known and
  ///   needs its variables.
  /// - Returns: how it ended: `.failed` where any cell failed.
  public mutating func run(
    in session: Session, sink: DocumentSink, goesOn: Bool = false, results: KnownResults? = nil
  ) -> Outcome {
    session.sink = sink
    for place in cells.indices { (cells[place].outputs, cells[place].executionCount, cells[place].found) = ([], nil, nil) }
    var outcome = Outcome.done
    /// Cells that are known, and have not been run in this session.
    var waiting: [Int] = []
    var lines = ""
    for (number, place) in codePlaces.enumerated() {
      lines += "\(cells[place].firstLine) "
      if let key = results?.key(of: cells[place]), let known = results?.found(key, lines: lines, in: session) {
        (cells[place].outputs, cells[place].executionCount) = (known.outputs, number + 1)
        waiting.append(place)
        continue
      }
      var ended = catchUp(waiting, in: session, sink, goesOn: goesOn, results)
      waiting = []
      if ended == .failed, goesOn { (outcome, ended) = (.failed, .done) }
      if ended == .done {
        cells[place].executionCount = number + 1
        ended = run(place, in: session, sink, results, lines: lines)
      }
      switch ended {
      case .done: continue
      case .failed:
        results?.forget()
        outcome = .failed
        if !goesOn {
          leaveOut(codePlaces[(number + 1)...])
          return outcome
        }
      case .interrupted, .exit:
        if ended == .interrupted { leaveOut(codePlaces[(number + 1)...]) }
        return ended
      }
    }
    return outcome
  }

  /// Says of cells that they were not run: without outputs they would look as if they had none to give.
  private mutating func leaveOut(_ places: ArraySlice<Int>) {
    for place in places where !cells[place].text.isEmpty { cells[place].outputs = [.note("Not run: the program ended above.\n")] }
  }

  private mutating func run(
    _ place: Int, in session: Session, _ sink: DocumentSink, _ results: KnownResults?, lines: String
  ) -> Outcome {
    let key = results?.key(of: cells[place])
    let deeds = key.map { _ in session.noteDeeds() }
    defer { session.deeds = nil }
    let ended = perform(place, in: session)
    cells[place].outputs = sink.take()
    if ended == .done, let deeds, let key { results?.keep(key, cells[place].outputs, deeds, lines: lines, in: session) }
    return ended
  }

  private func perform(_ place: Int, in session: Session) -> Outcome {
    session.perform(source(of: place), echo: .last)
  }

  /// Runs cells whose results are known, so that the next one finds the variables and the chance that they leave.
  private mutating func catchUp(
    _ waiting: [Int], in session: Session, _ sink: DocumentSink, goesOn: Bool, _ results: KnownResults?
  ) -> Outcome {
    guard !waiting.isEmpty else { return .done }
    results?.count(again: waiting.count)
    sink.isQuiet = true
    defer { sink.isQuiet = false }
    var outcome = Outcome.done
    for (number, place) in waiting.enumerated() {
      let ended = perform(place, in: session)
      let outputs = sink.take()
      let isSame = KeptOutputs.json(outputs)?.text == KeptOutputs.json(cells[place].outputs)?.text
      guard ended != .done || !isSame else { continue }
      // Something outside has changed meanwhile, or does not repeat itself: what counts is what is seen now.
      results?.forget()
      cells[place].outputs = outputs
      sink.tell(outputs)
      if ended == .done { continue }
      outcome = ended
      if ended == .failed, goesOn { continue }
      for later in waiting[(number + 1)...] { (cells[later].outputs, cells[later].executionCount) = ([], nil) }
      return ended
    }
    return outcome
  }
}
