import Base
import Syntax

/// A function of the language: its text and the variables it captured.
public final class Function: Holder {
  let template: FunctionTemplate
  private(set) var captured: [Cell]
  /// What it takes by name besides its parameters: `...options: gan`.
  let options: FunctionOptions?

  init(_ template: FunctionTemplate, captured: [Cell], options: FunctionOptions? = nil) {
    self.template = template
    self.captured = captured
    self.options = options
  }

  /// Tells the variables that it captured.
  public func tellHeld(to search: inout CycleSearch) {
    search.tell(captured) { cell, search in search.tell(cell) }
  }

  /// Gives up the variables that it captured.
  public func letGo() { captured = [] }

  /// Gives up the values of the variables that no other function holds.
  func takeCaptured() -> [Value] {
    var cells = captured
    captured = []
    var values: [Value] = []
    while var cell = cells.popLast() {
      if isKnownUniquelyReferenced(&cell) { values += cell.takeValue() }
    }
    return values
  }

  /// Nil for a block.
  public var literal: FunctionLiteral? { template.literal }
  /// Where its text stands.
  public var source: Source { template.place.source }
  /// None for `x -> …` and for blocks.
  public var name: String? { template.literal?.name.map { Function.name($0, in: source) } }

  /// The name as people are told it: without the `_` by which modules of the standard library keep a function among themselves.
  static func name(_ name: Name, in source: Source) -> String {
    source.isLibrary && name.text.hasPrefix("_") ? String(name.text.drop { $0 == "_" }) : name.text
  }

  /// The names of all that it takes: its parameters in order, then its options.
  public var parameterNames: [String] { template.parameterNames + (options?.names ?? []) }
  /// The `##` lines above its definition, without their marks; nil where there are none.
  public var documentation: String? { template.literal?.documentation }
  /// Its whole definition, documentation included.
  public var sourceText: String { source.text(of: template.place.span) }
}
