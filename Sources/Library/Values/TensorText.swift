import Base
import Interpreter

/// Numbers and tables of numbers as text.
enum TensorText {
  /// Nested brackets, `[[1, 2], [3, 4]]`; long axes are cut in the middle.
  static func brackets(_ values: [Float], shape: [Int], limit: Int = 8) -> String {
    var text = ""
    write(values, shape[...], offset: 0, limit: values.count <= 64 ? 64 : limit, into: &text)
    return text
  }

  private static func write(_ values: [Float], _ shape: ArraySlice<Int>, offset: Int, limit: Int, into text: inout String) {
    guard let size = shape.first else {
      text += values.count <= 64 ? NumberText.exact(values[offset]) : NumberText.significant(Double(values[offset]), digits: 5)
      return
    }
    let inner = shape.dropFirst()
    let step = inner.reduce(1, *)
    text += "["
    for place in shown(size, limit: limit) {
      guard let place else {
        text += ", …"
        continue
      }
      if place > 0 { text += ", " }
      write(values, inner, offset: offset + place * step, limit: limit, into: &text)
    }
    text += "]"
  }

  /// The places of an axis that are shown; nil stands for those left out.
  private static func shown(_ size: Int, limit: Int) -> [Int?] {
    guard size > limit else { return Array(0..<size) }
    let head = limit - limit / 2
    return Array(0..<head) + [nil] + Array(size - limit / 2..<size)
  }

  /// Shape, statistics and a table of the last two axes, cut to rows and columns that fit.
  static func table(_ values: [Float], shape: [Int]) -> String {
    var lines = [facts(values, shape: shape)]
    guard !shape.isEmpty, !values.isEmpty else { return lines.joined(separator: "\n") }
    let columns = shape[shape.count - 1]
    let rows = shape.count > 1 ? shape[shape.count - 2] : 1
    let plane = rows * columns
    let planes = plane == 0 ? 0 : values.count / plane
    if planes > 1 { lines.append("  the first of \(planes) planes of \(rows)×\(columns):") }
    let shownColumns = shown(columns, limit: 8)
    let cells = shown(rows, limit: 8).map { row -> [String] in
      guard let row else { return shownColumns.map { _ in "…" } }
      return shownColumns.map { column in
        column.map { NumberText.significant(Double(values[row * columns + $0]), digits: 4) } ?? "…"
      }
    }
    let widths = shownColumns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    for row in cells {
      let padded = zip(row, widths).map { text, width in String(repeating: " ", count: width - text.count) + text }
      lines.append("  " + padded.joined(separator: "  "))
    }
    return lines.joined(separator: "\n")
  }

  /// "tensor [64, 128]  mean 0.1  std 1  min −3  max 3".
  private static func facts(_ values: [Float], shape: [Int]) -> String {
    let title = "tensor [\(shape.map(String.init).joined(separator: ", "))]"
    guard values.count > 1 else { return title }
    let finite = values.filter(\.isFinite)
    var text = title
    if !finite.isEmpty {
      let mean = finite.reduce(0.0) { $0 + Double($1) } / Double(finite.count)
      let variance = finite.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(finite.count)
      let low = Double(finite.min() ?? 0)
      let high = Double(finite.max() ?? 0)
      text += "  mean \(NumberText.significant(mean, digits: 4))  std \(NumberText.significant(variance.squareRoot(), digits: 4))"
      text += "  min \(NumberText.significant(low, digits: 4))  max \(NumberText.significant(high, digits: 4))"
    }
    let notNumbers = values.lazy.filter(\.isNaN).count
    let infinite = values.count - finite.count - notNumbers
    if notNumbers > 0 { text += "  \(notNumbers) nan" }
    if infinite > 0 { text += "  \(infinite) infinite" }
    return text
  }
}
