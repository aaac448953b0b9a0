import Base
import Syntax

/// An error on its way up, with its place, gathering the calls that led to it.
/// Stays on the interpreter's thread, as everything of a session does.
final class Raised: Error, @unchecked Sendable {
  private var base: Diagnostic
  /// The innermost calls, and the outermost; what lies between in a long recursion is counted only.
  private var inner: [Diagnostic.Label] = []
  private var outer: [Diagnostic.Label] = []
  private var skipped = 0
  private static let kept = 8
  /// Whether it comes from where it was caught: the call that raises it again is no part of the way to it.
  private var isRaisedAgain = false
  /// Weak, since the record holds the error.
  private weak var made: Record?

  init(_ diagnostic: Diagnostic) {
    base = diagnostic
    inner = diagnostic.calls
  }

  convenience init(_ title: String, _ labels: [Diagnostic.Label], advice: [String] = []) {
    self.init(Diagnostic(title: title, labels: labels, advice: advice))
  }

  convenience init(_ title: String, _ label: Diagnostic.Label, advice: [String] = []) {
    self.init(title, [label], advice: advice)
  }

  /// The error as it is raised again; with another sentence of advice, if there is one, it is another error.
  func again(advising sentence: String?) -> Raised {
    let raised = sentence == nil ? self : Raised(base)
    if let sentence {
      raised.base.advice.append(sentence)
      (raised.inner, raised.outer, raised.skipped) = (inner, outer, skipped)
    }
    raised.isRaisedAgain = true
    return raised
  }

  func addCall(_ label: Diagnostic.Label) {
    guard !isRaisedAgain else {
      isRaisedAgain = false
      return
    }
    // A call whose text holds the place itself says nothing that the mark has not shown.
    if inner.isEmpty, base.labels.contains(where: { $0.source === label.source && label.span.holds($0.span) }) { return }
    if inner.count < Self.kept {
      inner.append(label)
      return
    }
    if outer.count == Self.kept {
      outer.removeFirst()
      skipped += 1
    }
    outer.append(label)
  }

  var diagnostic: Diagnostic {
    var diagnostic = base
    diagnostic.calls = inner + outer
    diagnostic.omittedCalls = skipped
    return diagnostic.turnedOutward
  }

  /// What `catch e` gives: one record for all that catch the error, with the place that is the user's own as far as it is known.
  var record: Record {
    let record =
      made
      ?? Record([
        ("message", .string(base.title)),
        ("advice", .string(base.advice.joined(separator: " "))),
      ])
    if let label = diagnostic.labels.first {
      record["line"] = .number(Double(label.source.line(at: max(0, Int(label.span.lower)))))
      record["file"] = .string(label.source.name)
    }
    record.origin = self
    made = record
    return record
  }

  /// Gives an error its place. Interrupts, exits and transfers pass unchanged, and so does what has a place already.
  static func from(
    _ error: any Error, at place: Place, in session: Session, locate: ((Operand) -> Place)? = nil
  ) -> any Error {
    switch error {
    case is Raised, is Interrupted, is Exit, is Transfer: error
    default:
      session.isInterruption(error) ? Interrupted() : raised(from: error, at: place, in: session, locate: locate)
    }
  }

  static func raised(
    from error: any Error, at place: Place, in session: Session, locate: ((Operand) -> Place)? = nil
  ) -> Raised {
    if let raised = error as? Raised { return raised }
    if let diagnostic = error as? Diagnostic { return Raised(diagnostic) }
    let shortage = (error as? Memory.Shortage).map(Failure.init)
    guard let failure = error as? Failure ?? shortage ?? session.translateError(error) else {
      return Raised("\(error)", place.label())
    }
    var labels: [Diagnostic.Label] = []
    for mark in failure.marks {
      let label = (locate?(mark.operand) ?? place).label(mark.text)
      // Several marks may fall on one place; then they are told together.
      if let known = labels.firstIndex(where: { $0.span == label.span && $0.source === label.source }) {
        if labels[known].text.isEmpty {
          labels[known].text = label.text
        } else if !label.text.isEmpty, labels[known].text != label.text {
          labels[known].text += ", " + label.text
        }
      } else {
        labels.append(label)
      }
    }
    if labels.isEmpty { labels = [place.label()] }
    return Raised(Diagnostic(title: failure.title, labels: labels, advice: failure.advice))
  }
}
