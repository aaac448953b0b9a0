import Base
import Library
import Syntax

/// A statement of a lesson that is to be typed, with what is said before it.
public struct LessonStep: Sendable {
  /// Markdown; empty where nothing is said.
  public let prose: String
  /// The statement as it is to be typed, without comments behind it.
  public let code: String
  /// What it prints or echoes, line by line, where the lesson says so.
  public let result: String?
  let statement: Statement

  /// How an entry stands to what was to be typed.
  public enum Verdict: Equatable, Sendable {
    /// It is the same but for its writing.
    case same
    /// It has come to the same result in another way.
    case sameResult
    /// It does the same with something else in it: what differs.
    case variation(String)
    /// It was meant for this, and is something else: what differs.
    case mistaken(String)
    /// Something of one's own.
    case unrelated
  }

  /// Judges an entry that has been run.
  ///
  /// - Parameters:
  ///   - entry: What was typed.
  ///   - hasFailed: Whether it ended in an error.
  ///   - shown: What it printed and echoed, line by line.
  public func verdict(on entry: String, hasFailed: Bool, shown: String?) -> Verdict {
    guard case .complete(let program) = Parser.parse(Source(name: "", text: entry)), let typed = program.statements.first else {
      return resembles(entry) ? .mistaken(difference(from: entry)) : .unrelated
    }
    let isAlone = program.statements.count == 1
    if isAlone, typed.meaning == statement.meaning { return hasFailed ? .mistaken("") : .same }
    if !hasFailed, let result, let shown, shown == result, Self.hasValue(statement) { return .sameResult }
    if !hasFailed, isAlone, result == nil || !Self.hasValue(statement), statement.isVaried(by: typed) {
      return .variation(difference(from: entry))
    }
    return resembles(entry) ? .mistaken(difference(from: entry)) : .unrelated
  }

  /// Whether what it shows is what it is for.
  private static func hasValue(_ statement: Statement) -> Bool {
    if case .expression = statement.kind { true } else { false }
  }

  /// Whether an entry begins like the statement, or has most of its words.
  private func resembles(_ entry: String) -> Bool {
    let (ours, theirs) = (Self.words(code), Self.words(entry))
    guard let first = ours.first, !theirs.isEmpty else { return false }
    if theirs.first == first, ours.dropFirst().first == theirs.dropFirst().first || first.count > 1 { return true }
    let shared = Set(ours).intersection(theirs)
    return 2 * shared.count > Set(ours).count
  }

  /// The first place where an entry and the statement part, in words.
  private func difference(from entry: String) -> String {
    let (ours, theirs) = (Self.words(code), Self.words(entry))
    let same = zip(ours, theirs).prefix { $0 == $1 }.count
    let (expected, found) = (ours.dropFirst(same), theirs.dropFirst(same))
    switch (expected.first, found.first) {
    case (nil, nil): return ""
    case (let expected?, nil): return "here it goes on with `\(expected)`, behind `\(ours[..<same].last ?? "")`"
    case (nil, let found?): return "here it ends before `\(found)`"
    case (let expected?, let found?): return "here stands `\(expected)` where you have `\(found)`"
    }
  }

  /// The tokens of a text, without comments and what ends statements.
  private static func words(_ text: String) -> [String] {
    let source = Source(name: "", text: text)
    return Lexer.tokens(in: text).compactMap { token in
      let isWord = token.span.lower < token.span.upper && token.kind != .comment && token.kind != .end
      let word = source.text(of: token.span)
      return isWord && word != ";" ? word : nil
    }
  }
}

extension Statement {
  /// Whether another does the same thing with other values: gives the same names something of the same making, or calls the same function on
  /// the same thing.
  fileprivate func isVaried(by other: Statement) -> Bool {
    switch (kind, other.kind) {
    case (.assignment(let targets, _, let value), .assignment(let others, _, let another)):
      targets.map(\.meaning) == others.map(\.meaning) && value.making == another.making
    case (.definition(let name, let literal), .definition(let other, let another)):
      name.text == other.text && literal.parameters.count == another.parameters.count
    case (.expression(let expression), .expression(let another)):
      if case .call(let call) = expression.kind, case .call(let other) = another.kind {
        call.callee.meaning == other.callee.meaning
          && call.arguments.first?.value.meaning == other.arguments.first?.value.meaning
      } else {
        false
      }
    case (.forLoop(let targets, _, _), .forLoop(let others, _, _)): targets.map(\.text) == others.map(\.text)
    default: false
    }
  }
}

extension Expression {
  /// What makes the value: the function that is called, or the kind of what is written.
  fileprivate var making: String {
    switch kind {
    case .call(let call): call.callee.meaning
    case .number, .unary, .binary: "number"
    case .string: "string"
    case .list: "list"
    case .record: "record"
    case .range: "range"
    case .function: "function"
    case .none, .boolean, .name, .and, .or, .comparisonChain, .index, .field, .conditional, .attempt: meaning
    }
  }
}

/// A lesson taken apart.
public struct LessonPlan: Sendable {
  /// In their order.
  public let steps: [LessonStep]
  /// Markdown: what is said at the end.
  public let closing: String

  /// The steps of a lesson. What does not parse is no step; a test sees to it that everything does.
  public init(_ lesson: Lesson) {
    var steps: [LessonStep] = []
    var prose: [String] = []
    for cell in Document(name: lesson.file, text: lesson.text).cells {
      guard cell.kind == .code else {
        if cell.kind == .prose { prose.append(cell.text) }
        continue
      }
      let source = Source(name: lesson.file, text: cell.text)
      guard case .complete(let program) = Parser.parse(source) else { continue }
      for (place, statement) in program.statements.enumerated() {
        let end = place + 1 < program.statements.count ? Int(program.statements[place + 1].span.lower) : source.bytes.count
        let behind = source.text(of: Span(Int(statement.span.upper), end))
        let results = behind.split(separator: "\n").compactMap { line in
          line.firstRange(of: "# => ").map { String(line[$0.upperBound...]).trimmingBlanks }
        }
        steps.append(
          LessonStep(
            prose: prose.joined(separator: "\n\n"), code: source.text(of: statement.span) + (statement.isSilent ? ";" : ""),
            result: results.isEmpty ? nil : results.joined(separator: "\n"), statement: statement))
        prose = []
      }
    }
    self.steps = steps
    closing = prose.joined(separator: "\n\n")
  }
}

extension LessonStep {
  /// The variables that it gives values to: those that the steps behind it may need.
  public var names: [String] {
    switch statement.kind {
    case .assignment(let targets, _, _):
      targets.compactMap { target in if case .name(let name) = target { name.text } else { nil } }
    case .definition(let name, _): [name.text]
    case .use(_, let alias): alias.map { [$0.text] } ?? []
    case .expression, .forLoop, .whileLoop, .breakLoop, .continueLoop, .returnValue: []
    }
  }

  /// Whether a statement is this one but for its writing.
  public func isWritten(as statement: Statement) -> Bool { statement.meaning == self.statement.meaning }
}
