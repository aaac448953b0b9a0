import Formats
import Interpreter

extension RunFile {
  /// Fills a net with that one of the run's nets whose layers are the same.
  func fill(_ network: NetworkValue) throws {
    var fitting: [(path: String, net: RunFitting)] = []
    let nets = try nets(in: run, at: "")
    var seen: Set<[String]> = []
    // A net that stands in several places of the run is one.
    for (path, node, places) in nets where seen.insert(places).inserted {
      do {
        fitting.append((path, try RunFitting(self, node, to: .object(network), at: path)))
      } catch is Failure {
        // Of another net.
      }
    }
    guard let first = fitting.first else {
      throw FormatError(
        title: "no net of the checkpoint has these layers",
        advice: "It holds \(nets.map(\.path).joined(separator: ", ")); load(path).script is the script that made them.",
        path: path)
    }
    guard fitting.count == 1 else {
      throw FormatError(
        title: "several nets of the checkpoint have these layers",
        advice: "They are \(fitting.map(\.path).joined(separator: ", ")); `resume` goes on from the whole run.", path: path)
    }
    try first.net.commitNets()
  }

  /// Every net in a value of the file, with its path in the run and the places of its layers.
  private func nets(in node: JSON, at path: String) throws -> [(path: String, node: JSON, places: [String])] {
    switch try RunPart(node, in: self).kind {
    case .net(_, let layers): return [(path, node, layers.map(\.place))]
    case .record(let fields): return try fields.flatMap { try nets(in: $0.value, at: RunPart.path(path, $0.name)) }
    case .list(let elements): return try elements.enumerated().flatMap { try nets(in: $1, at: RunPart.path(path, "\($0)")) }
    case .plain, .function, .parameter, .optimizer, .batches, .data, .other, .ref: return []
    }
  }
}
