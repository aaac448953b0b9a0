import Formats
import Interpreter

extension RunFile {
  /// Fills a net with that one of the run's nets whose layers are the same.
  func fill(_ network: NetworkValue) throws {
    var fitting: [(path: String, net: RunFitting)] = []
    let nets = try nets(in: run, at: "")
    var seen: Set<[String]> = []
    // A net that stands in several places of the run is one.
    for net in nets where seen.insert(net.places).inserted {
      do {
        fitting.append((net.path, try RunFitting(self, net.node, to: .object(network), at: net.path)))
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

  /// A net of the file: its path in the run, what is told of it, and the places of its layers.
  struct FoundNet {
    let path: String
    let node: JSON
    let places: [String]
  }

  /// Every net in a value of the file.
  func nets(in node: JSON, at path: String) throws -> [FoundNet] {
    switch try RunPart(node, in: self).content {
    case .value(let kept): try kept.nets(at: path, node: node, in: self)
    case .ref: []
    }
  }
}
