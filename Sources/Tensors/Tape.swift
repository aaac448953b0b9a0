/// The graph is the tape: what has been computed stays linked to what it was computed from, so that a derivative can be asked
/// for at any time. The tape keeps itself short.
enum Tape {
  // Nodes are made and dropped by the one thread that builds graphs: see `Tensor`.
  nonisolated(unsafe) static var liveNodes = 0
}
