import Formats
import Interpreter

/// What is kept of a cell that was run: what it put out, and what it had looked at outside.
struct KnownCell {
  var outputs: [CellOutput]
  var readings: [(reading: Deeds.Reading, state: String)]
  /// The numbers of the lines in which it and those before it began, where it asked for a line.
  var lines: String?

  init(outputs: [CellOutput], readings: [(reading: Deeds.Reading, state: String)], lines: String?) {
    (self.outputs, self.readings, self.lines) = (outputs, readings, lines)
  }

  /// Nil where this is none.
  init?(_ bytes: [UInt8]) {
    guard case .object(let members)? = try? JSON(bytes), let outputs = KeptOutputs.outputs(members["outputs"]),
      case .array(let all)? = members["readings"]
    else { return nil }
    var readings: [(reading: Deeds.Reading, state: String)] = []
    for one in all {
      guard case .array(let parts) = one, parts.count == 3, case .string(let kind) = parts[0], case .string(let name) = parts[1],
        case .string(let state) = parts[2]
      else { return nil }
      switch kind {
      case "file": readings.append((.file(name), state))
      case "listing": readings.append((.listing(name), state))
      case "variable": readings.append((.variable(name), state))
      default: return nil
      }
    }
    (self.outputs, self.readings) = (outputs, readings)
    if case .string(let lines)? = members["lines"] { self.lines = lines }
  }

  /// Nil where something was put out that is not kept.
  var bytes: [UInt8]? {
    guard let outputs = KeptOutputs.json(outputs) else { return nil }
    return Array(
      JSON.object(["outputs": outputs, "readings": Self.json(readings), "lines": lines.map(JSON.string) ?? .null]).text.utf8)
  }

  /// What was looked at, with its states.
  static func json(_ readings: [(reading: Deeds.Reading, state: String)]) -> JSON {
    .array(
      readings.map { reading, state in
        let (kind, name) =
          switch reading {
          case .file(let name): ("file", name)
          case .listing(let name): ("listing", name)
          case .variable(let name): ("variable", name)
          }
        return .array([.string(kind), .string(name), .string(state)])
      })
  }
}
