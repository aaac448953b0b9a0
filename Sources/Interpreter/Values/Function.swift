import Syntax

/// A function of the language: its text and the variables it captured.
public final class Function {
  let template: FunctionTemplate
  private(set) var captured: [Cell]

  init(_ template: FunctionTemplate, captured: [Cell]) {
    self.template = template
    self.captured = captured
  }

  /// Gives up the values of the variables that no other function holds.
  func takeCaptured() -> [Value] {
    var cells = captured
    captured = []
    var values: [Value] = []
    while var cell = cells.popLast() {
      if isKnownUniquelyReferenced(&cell), let value = cell.takeValue() { values.append(value) }
    }
    return values
  }

  /// Nil for a block.
  public var literal: FunctionLiteral? { template.literal }
  /// Where its text stands.
  public var source: Source { template.place.source }
  /// None for `x -> …` and for blocks.
  public var name: String? { template.literal?.name?.text }
  /// In order, without kinds and defaults.
  public var parameterNames: [String] { template.parameterNames }
  /// The `##` lines above its definition, without their marks; nil where there are none.
  public var documentation: String? { template.literal?.documentation }

  /// Its whole definition, documentation included.
  public var sourceText: String {
    let span = template.place.span
    let bytes = source.bytes
    let lower = min(max(Int(span.lower), 0), bytes.count)
    let upper = min(max(Int(span.upper), lower), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
