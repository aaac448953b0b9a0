import Base

extension Completion {
  /// The candidates as lines to be shown below the entry: with their help where they are few, else in columns.
  public func lines(width: Int, style: (String) -> String = { $0 }) -> [String] {
    let few = candidates.count <= 10 && candidates.contains { $0.summary != nil }
    guard few else {
      let shown = candidates.prefix(200).map(\.label)
      let lines = Columns(shown).lines(width: width)
      return candidates.count > shown.count ? lines + ["… and \(candidates.count - shown.count) more"] : lines
    }
    let column = min(candidates.map(\.label.displayWidth).max() ?? 0, width / 2)
    return candidates.map { candidate in
      guard let summary = candidate.summary else { return candidate.label.cut(to: width) }
      let label = candidate.label.cut(to: column).padded(to: column)
      return label + "  " + style(summary.cut(to: width - column - 2))
    }
  }
}
