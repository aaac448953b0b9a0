import Syntax

/// What a builtin or an operation has to say beside its result, without a place; the interpreter tells it as a note, with the place, once for
/// each place of a program and each `subject`.
public struct Remark {
  /// Short, lower case, without a full stop.
  public var title: String
  /// Which operands the note marks, and what stands beneath each mark; empty where the mark says enough.
  public var marks: [(operand: Operand, text: String)]
  /// Whole sentences.
  public var advice: [String]
  /// What it is about, where one place may be about several things: a path.
  public var subject: String

  /// A note about a call; `Session.remark` tells it.
  public init(_ title: String, _ marks: [(Operand, String)], advice: [String] = [], subject: String = "") {
    self.title = title
    self.marks = marks.map { (operand: $0.0, text: $0.1) }
    self.advice = advice
    self.subject = subject
  }
}

/// The remarks of a session: those that wait for their place, and what has been told.
struct Remarks {
  private struct Told: Hashable {
    let source: Source
    let span: Span
    let subject: String

    static func == (first: Told, second: Told) -> Bool {
      first.source === second.source && first.span == second.span && first.subject == second.subject
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(ObjectIdentifier(source))
      hasher.combine(span)
      hasher.combine(subject)
    }
  }

  var pending: [Remark] = []
  private var told: Set<Told> = []

  /// Whether this was not told there before; from now on it was.
  mutating func isNew(_ remark: Remark, at place: Place) -> Bool {
    told.insert(Told(source: place.source, span: place.span, subject: remark.subject)).inserted
  }
}

extension Session {
  /// Notes what a builtin has to say; it is told when the call that is under way has ended well.
  public func remark(_ remark: Remark) { remarks.pending.append(remark) }

  /// Tells what has been noted, at this place.
  @inline(never)
  func tellRemarks(at place: Place, locate: @escaping (Operand) -> Place) {
    let pending = remarks.pending
    remarks.pending = []
    for remark in pending where remarks.isNew(remark, at: place) {
      let failure = Failure(remark.title, remark.marks.map { ($0.operand, $0.text) }, advice: remark.advice)
      var diagnostic = Raised.raised(from: failure, at: place, in: self, locate: locate).diagnostic
      diagnostic.severity = .note
      emit(.diagnostic(diagnostic))
    }
  }
}
