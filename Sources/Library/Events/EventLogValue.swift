import Formats
import Interpreter

/// An event log of TensorBoard as a value of the language.
final class EventLogValue: Object {
  private let file: EventFile
  /// The last step written under each name, in the order of the names' first writing.
  private let steps = Record()

  init(_ file: EventFile) { self.file = file }

  /// Writes something under a name.
  func write(_ name: String, _ content: Event.Content, step: Int) throws {
    try file.write(Event(content, step: step))
    steps[name] = .number(Double(step))
  }

  func close() throws { try file.close() }

  var typeName: String { "event log" }
  var fieldNames: [String] { ["path", "steps"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "path": .string(file.path)
    case "steps": .record(Record(steps.fields.map { ($0.name, $0.value) }))
    default: nil
    }
  }

  func printed() throws -> String {
    "event log of \(steps.count) name\(steps.count == 1 ? "" : "s"), \(file.isOpen ? "open" : "closed"): \(file.path)"
  }
}

extension Kind {
  static let eventLog = Kind.object(EventLogValue.self, "an event log", word: "event_log")
}
