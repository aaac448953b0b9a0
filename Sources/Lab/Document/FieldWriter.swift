import Syntax

/// Finds in a program where a run is made and where it is trained, and writes a field of it down where it counts from the run's beginning: in
/// the call that makes the run, where the field is a literal argument there; else in the line that sets it, or in a new one before the
/// training.
struct FieldWriter {
  /// A change of the program: what a cell's text is now.
  struct Change: Equatable {
    let cell: Int
    let text: String
  }

  /// A cell's text with its statements; none where it does not parse.
  private struct Part {
    let source: Source
    let statements: [Statement]
  }

  /// A statement among its neighbors.
  private struct Place {
    let cell: Int
    let statement: Statement
  }

  private let parts: [Part]
  private let variable: String
  /// The statement that makes the run, those behind it up to the training, and the one that trains.
  private var maker: Place?
  private var between: [Place] = []
  private var trainer: Place?

  /// A program in cells, of which one trains the run in a variable; `texts` of other cells are empty.
  init(texts: [String], variable: String, trainedIn cell: Int) {
    self.variable = variable
    parts = texts.map { text in
      let source = Source(name: "", text: text)
      guard case .complete(let program) = Parser.parse(source) else { return Part(source: source, statements: []) }
      return Part(source: source, statements: program.statements)
    }
    guard parts.indices.contains(cell) else { return }
    let before = parts.indices.prefix(cell).flatMap { place in parts[place].statements.map { Place(cell: place, statement: $0) } }
    find(before, parts[cell].statements, in: cell)
    // A run may be made below the cell that trains it.
    if maker == nil {
      let behind = parts.indices.dropFirst(cell + 1).flatMap { place in
        parts[place].statements.map { Place(cell: place, statement: $0) }
      }
      maker = behind.last { makes($0.statement) }
    }
  }

  /// Looks through a block for the training; `before`: what stands in front of it, in cells above.
  private mutating func find(_ before: [Place], _ statements: [Statement], in cell: Int) {
    let places = before + statements.map { Place(cell: cell, statement: $0) }
    let first = before.count
    let training = places.indices.dropFirst(first).first { trains(places[$0].statement) }
    let end = training ?? places.count
    if let made = places[..<end].lastIndex(where: { makes($0.statement) }) {
      maker = places[made]
      between = Array(places[(made + 1)..<end])
      trainer = training.map { places[$0] }
      return
    }
    guard let training else { return }
    // It is made and trained within one statement, or made where nobody sees it.
    let statement = places[training].statement
    for block in statement.blocks where block.statements.contains(where: { trains($0) }) {
      find([], block.statements, in: cell)
      if maker != nil { return }
    }
    trainer = places[training]
  }

  private func makes(_ statement: Statement) -> Bool {
    guard case .assignment(let targets, nil, _) = statement.kind else { return false }
    return targets.contains { if case .name(let name) = $0 { name.text == variable } else { false } }
  }

  private func trains(_ statement: Statement) -> Bool {
    var isFound = false
    statement.forEachCall { call in
      guard case .name(let name) = call.callee.kind, name == "train" || name == "attend",
        case .name(variable)? = call.arguments.first?.value.kind
      else { return }
      isFound = true
    }
    return isFound
  }

  // MARK: Reading

  /// What the program calls the data set of the run: the argument of the call that makes it, or what a line sets it to before the training.
  var dataText: String? {
    if let last = between.last(where: { mayReset("data", in: $0) }) {
      // In a block it may be set or not.
      guard let (cell, span) = setter(of: "data"), cell == last.cell, last.statement.span.lower <= span.lower,
        span.upper <= last.statement.span.upper
      else { return nil }
      return parts[cell].source.text(of: span)
    }
    guard let maker, case .assignment(_, _, let value) = maker.statement.kind, case .call(let call) = value.kind
    else { return nil }
    let plain = call.arguments.filter { $0.name == nil && !$0.isSpread }
    let argument = call.arguments.first { $0.name?.text == "data" } ?? (plain.count >= 3 ? plain[2] : nil)
    return argument.map { parts[maker.cell].source.text(of: $0.value.span) }
  }

  // MARK: Writing

  /// The program with `variable.field = value`; nil where there is no place for it.
  func write(_ field: String, _ value: String) -> Change? {
    if let (cell, span) = setter(of: field) ?? argument(for: field, Double(value) != nil) {
      return replace(span, in: cell, by: value)
    }
    let line = "\(variable).\(field) = \(value)"
    if let trainer { return insert(line, before: trainer) }
    return maker.flatMap { insert(line, behind: $0) }
  }

  /// The value in the last line that sets the field before the training.
  private func setter(of field: String) -> (cell: Int, span: Span)? {
    for place in between.reversed() {
      guard case .assignment(let targets, nil, let value) = place.statement.kind, targets.count == 1,
        case .field(let owner, let name) = targets[0], text(of: owner, in: place.cell) + "." + name.text == variable + "." + field
      else { continue }
      return (place.cell, value.span)
    }
    return nil
  }

  /// The literal that the call which makes the run has for the field: `lambda: 10`, and of an optimizer `d_optimizer: adam(0.01)`.
  private func argument(for field: String, _ isNumber: Bool) -> (cell: Int, span: Span)? {
    guard let maker, case .assignment(let targets, _, let value) = maker.statement.kind, targets.count == 1,
      case .call(let call) = value.kind
    else { return nil }
    let names = field.split(separator: ".").map(String.init)
    guard let given = call.arguments.first(where: { $0.name?.text == names[0] })?.value else { return nil }
    if names.count == 1 { return given.isLiteral(isNumber: isNumber) ? (maker.cell, given.span) : nil }
    guard case .call(let optimizer) = given.kind else { return nil }
    let rate =
      optimizer.arguments.first { $0.name?.text == names[1] } ?? optimizer.arguments.first.flatMap { $0.name == nil ? $0 : nil }
    guard let rate, case .number = rate.value.kind else { return nil }
    return (maker.cell, rate.value.span)
  }

  /// Whether a statement may set the field, as in a block of its own.
  private func mayReset(_ field: String, in place: Place) -> Bool {
    parts[place.cell].source.text(of: place.statement.span).contains("\(variable).\(field)")
  }

  private func text(of expression: Expression, in cell: Int) -> String { parts[cell].source.text(of: expression.span) }

  private func replace(_ span: Span, in cell: Int, by new: String) -> Change {
    let bytes = Array(parts[cell].source.text.utf8)
    let whole = Array(bytes[..<Int(span.lower)]) + Array(new.utf8) + Array(bytes[Int(span.upper)...])
    return Change(cell: cell, text: String(decoding: whole, as: UTF8.self))
  }

  private func insert(_ line: String, before place: Place) -> Change {
    let bytes = Array(parts[place.cell].source.text.utf8)
    let start = Int(place.statement.span.lower)
    let indent = bytes[..<start].suffix(while: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
    let isFirst = indent.startIndex == 0 || bytes[indent.startIndex - 1] == UInt8(ascii: "\n")
    let end = isFirst ? "\n" + String(decoding: indent, as: UTF8.self) : "; "
    return replace(Span(start, start), in: place.cell, by: line + end)
  }

  private func insert(_ line: String, behind place: Place) -> Change {
    let bytes = Array(parts[place.cell].source.text.utf8)
    let end = Int(place.statement.span.upper)
    // What stands behind it on its line, a comment or another statement, stays there.
    let rest = bytes[end...].prefix { $0 != UInt8(ascii: "\n") }
    let isAlone = rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ";") }
    let at = isAlone ? rest.endIndex : end
    return replace(Span(at, at), in: place.cell, by: isAlone ? "\n" + line : "; " + line)
  }
}

extension Collection where Element == UInt8, Self: BidirectionalCollection {
  /// The longest end of which all bytes are so.
  fileprivate func suffix(while isSo: (UInt8) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, isSo(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}

extension Expression {
  /// Whether it says a value by itself: a number, a truth, none, or, where no number is meant, the name of a function.
  fileprivate func isLiteral(isNumber: Bool) -> Bool {
    switch kind {
    case .none, .boolean, .number: true
    case .name: !isNumber
    case .string(let pieces): pieces.allSatisfy { if case .text = $0 { true } else { false } }
    case .unary(.negate, let inner): inner.isLiteral(isNumber: isNumber)
    case .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain, .call, .index, .field, .function, .conditional,
      .attempt:
      false
    }
  }
}
