import Frontend
import Interpreter
import Syntax

extension Document {
  /// Runs the cells of code in their order, and keeps what each puts out; of a cell's values that of its last statement is shown. It ends with
  /// the first cell that fails, unless `goesOn`, and at `exit` or an interrupt in any case.
  ///
  /// - Returns: how it ended: `.failed` where any cell failed.
  public mutating func run(in session: Session, sink: DocumentSink, goesOn: Bool = false) -> Outcome {
    session.sink = sink
    for place in cells.indices { (cells[place].outputs, cells[place].executionCount, cells[place].found) = ([], nil, nil) }
    var outcome = Outcome.done
    for (number, place) in codePlaces.enumerated() {
      let source = Source(name: name, text: cells[place].text, firstLine: cells[place].firstLine)
      let ended = session.perform(source, echo: .last)
      cells[place].outputs = sink.take()
      cells[place].executionCount = number + 1
      switch ended {
      case .done: continue
      case .failed:
        outcome = .failed
        if !goesOn { return outcome }
      case .interrupted, .exit: return ended
      }
    }
    return outcome
  }
}
