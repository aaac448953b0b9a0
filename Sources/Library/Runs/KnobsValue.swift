import Base
import Interpreter

/// The numbers of a run as a value of the language, which shows them as they are when it is looked at.
final class KnobsValue: Object, Holder {
  private let run: Record
  private var numbers: RunKnobs

  /// - Throws: a `Failure` where the record has no numbers that can be set.
  init(of run: Record, in session: Session) throws {
    var numbers = RunKnobs()
    guard !numbers.settable(of: run, in: session).isEmpty else {
      throw Failure(
        "there is no number in it that can be moved while it trains", [(.argument("run"), "")],
        advice: ["A run comes from a model, such as `gan(G, D, data)`; an optimizer in a record of your own has its rate."])
    }
    (self.run, self.numbers) = (run, numbers)
  }

  var typeName: String { "knobs" }
  var holder: (any Holder)? { self }
  func tellHeld(to search: inout CycleSearch) { search.tell(run) }

  /// The numbers themselves.
  func portrait() throws -> (any Object)? { self }

  /// In a line: "knobs: lambda 10, d_optimizer.rate 0.0002".
  func printed() throws -> String {
    "knobs: " + numbers.knobs(of: run).map { "\($0.name) \(Value.number($0.value).plainText)" }.joined(separator: ", ")
  }

  func echoed() throws -> String {
    var table = Table(columns: ["number", "value", "from", "to"], rightAligned: [1, 2, 3])
    for row in rows { table.add(Array(row.prefix(4))) }
    return table.text
  }

  /// The numbers themselves, for those who can move them; a table of them, and a text.
  func representations() -> [Representation] {
    [
      Representation(.knobs) { [run, numbers] in KnobsForm(run: run, numbers: numbers) },
      Representation(.table) { [rows] in
        TableContent(
          names: ["number", "value", "from", "to", "what it is"],
          rows: rows.map { row in
            row.enumerated().map { place, text in TableContent.Cell(text, isNumber: (1...3).contains(place) && !text.isEmpty) }
          })
      },
      Representation(.text) { try self.echoed() },
    ]
  }

  /// Of each number its name, as one writes it behind the run's, its value, the ends of its range and what it is.
  private var rows: [[String]] {
    let counters = RunKnobs.counters(of: run).map { [$0.name, Value.number($0.value).plainText, "", "", $0.help] }
    return counters
      + numbers.knobs(of: run).map { knob in
        [
          knob.name, Value.number(knob.value).plainText, knob.least.brief, knob.most.brief, RunKnobs.help(of: knob.name, of: run),
        ]
      }
  }
}

/// The numbers of a run, for a sink that lets people move them. It does not hold the run, and is used on the session's thread alone.
public struct KnobsForm: @unchecked Sendable {
  /// The run; nil where it is gone.
  public private(set) weak var run: Record?
  /// What is known of its numbers.
  public let numbers: RunKnobs

  init(run: Record, numbers: RunKnobs) { (self.run, self.numbers) = (run, numbers) }
}

extension Medium where Content == KnobsForm {
  /// The numbers of a run, to be moved.
  public static var knobs: Medium { Medium("application/vnd.gan.knobs") }
}
