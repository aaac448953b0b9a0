import Base
import Synchronization
import Syntax

/// What the fields of a record take, and what names it refuses: made by `guard`, asked wherever a program sets a field.
final class RecordGuard: Holder {
  /// A field that the guard knows.
  struct Field {
    /// Nil: it takes any value.
    var kind: Kind?
    /// Called with the record and a new value; gives the value that the field takes.
    var setter: Value?
    /// Whether it is a parameter that may be left out: an option of whoever made the record.
    var isOption = false
    /// The documentation of the functions whose parameter it is.
    var documentation: [String] = []
  }

  /// Tells it apart from all others, from 1 up; code that sets a field remembers by it what it found.
  let serial: Int
  private static let count = Atomic<Int>(0)
  /// What errors call the record: "run".
  let title: String
  private let fields: [String: Field]
  /// Names that are no fields, with what to write in place of them.
  private let instead: [String: String]
  /// Called with the record where it is echoed: gives a record of texts, which are shown in place of the fields.
  let card: Value?

  /// A guard of what is said here and of what `other` says; where both say something of one name, this counts.
  init(
    title: String?, fields: [String: Field], instead: [String: String], card: Value? = nil, adding other: RecordGuard?
  ) {
    serial = Self.count.add(1, ordering: .relaxed).newValue
    self.title = title ?? other?.title ?? "record"
    self.card = card ?? other?.card
    let notes = instead.merging(other?.instead ?? [:]) { own, _ in own }
    let joined = fields.merging(other?.fields ?? [:]) { own, other in
      Field(
        kind: own.kind ?? other.kind, setter: own.setter ?? other.setter, isOption: own.isOption || other.isOption,
        documentation: own.documentation + other.documentation)
    }
    self.fields = joined.filter { notes[$0.key] == nil }
    self.instead = notes
  }

  func tellHeld(to search: inout CycleSearch) {
    for field in fields.values { if let holder = field.setter?.holder { search.tell(holder) } }
    if let holder = card?.holder { search.tell(holder) }
  }

  /// The kind of a field that stands for an option.
  func option(_ name: String) -> Kind? { fields[name].flatMap { $0.isOption ? $0.kind : nil } }

  /// What is said of a field where the function is documented whose parameter it is.
  func help(_ name: String) -> String? { fields[name]?.documentation.lazy.compactMap { Documentation($0).text(of: name) }.first }

  /// Whether a field of this name is set without being looked at.
  func takesAnything(_ name: String) -> Bool {
    guard let field = fields[name] else { return false }
    return field.kind == nil && field.setter == nil
  }

  /// Refuses a record whose fields are not of their kinds.
  func check(_ record: Record) throws {
    for (name, value) in record.fields {
      guard let kind = fields[name]?.kind, try kind.taken(value) == nil else { continue }
      throw refusal(value, kind, name, at: .argument("record"))
    }
  }

  private func refusal(_ value: Value, _ kind: Kind, _ name: String, at operand: Operand) -> Failure {
    kind.refusal(value, of: "this \(title)", for: name, at: operand)
  }

  /// Sets a field. `isWritten`: its name stands in the program, `r.name = …`; a name that is a string may be a new one whatever it
  /// looks like. Marks: `.whole` is the name, `.right` the value.
  func set(_ name: String, of record: Record, to value: Value, isWritten: Bool, in session: Session) throws {
    guard let field = fields[name] else {
      if isWritten, record[name] == nil { try refuseStranger(name) }
      record[name] = value
      return
    }
    var new = value
    if let kind = field.kind {
      guard let taken = try kind.taken(value) else { throw refusal(value, kind, name, at: .right) }
      new = taken
    }
    // While a setter runs it may set what it likes.
    if let setter = field.setter, !record.isBeingSet {
      record.isBeingSet = true
      defer { record.isBeingSet = false }
      new = try session.call(setter, [.record(record), new])
    }
    record[name] = new
  }

  /// What is said of a field that the record has not: what is written in place of it, or that it comes only with the work that sets it; nil
  /// where the guard knows nothing of it.
  func absence(of name: String) -> Failure? {
    if let way = instead[name] { return Failure("this \(title) has no field `\(name)`", [(.whole, "")], advice: [way]) }
    guard fields[name] != nil else { return nil }
    return Failure(
      "this \(title) has no `\(name)` yet", [(.whole, "")],
      advice: ["It is there once something has set it: of a run that is mostly the first step of its training."])
  }

  private func refuseStranger(_ name: String) throws {
    var advice: [String] = []
    if let way = instead[name] {
      advice.append(way)
    } else if let near = Suggestion.nearest(to: name, among: fields.keys) {
      advice.append("Did you mean `\(near)`?")
    } else {
      return
    }
    advice.append("For a field of your own of that name write it as a string: \(title)[\"\(name)\"] = ….")
    throw Failure("this \(title) has no field `\(name)`", [(.whole, "")], advice: advice)
  }
}

extension Function {
  /// Its parameters with their kinds, for a record whose fields take the same.
  var guardedFields: [String: RecordGuard.Field] {
    var fields: [String: RecordGuard.Field] = [:]
    for name in template.parameterNames { fields[name] = RecordGuard.Field() }
    template.makeReady()
    for check in template.checks { fields[check.name] = RecordGuard.Field(kind: check.kind) }
    for parameter in ownParameters {
      let name = parameter.syntax.name.text
      if parameter.syntax.defaultValue != nil { fields[name]?.isOption = true }
      fields[name]?.documentation = parameter.documentation.map { [$0] } ?? []
    }
    return fields
  }
}

extension Record {
  /// Guards the record: its fields take what the parameters of `function` of the same names take. `setters` are called when a field
  /// is set, `instead` says what to write in place of names that are no fields, `card` gives what is echoed in place of the fields. Adds to a
  /// guard that is there.
  ///
  /// - Throws: a `Failure` where a field of the record is not of its kind now.
  public func guarded(
    by function: Function?, title: String?, setters: [String: Value], instead: [String: String], card: Value? = nil
  ) throws {
    var fields = function?.guardedFields ?? [:]
    for (name, setter) in setters { fields[name, default: RecordGuard.Field()].setter = setter }
    let whole = RecordGuard(title: title, fields: fields, instead: instead, card: card, adding: guardian)
    try whole.check(self)
    guardian = whole
  }

  /// What a field takes that stands for an option of the function by which the record is guarded, such as the weight of a penalty; nil for
  /// all other fields.
  public func option(_ name: String) -> Kind? { guardian?.option(name) }

  /// What the documentation of whoever made the record says of a field; nil where it says nothing.
  public func help(_ name: String) -> String? { guardian?.help(name) }

  /// Sets a field as a program does.
  func set(_ name: String, to value: Value, isWritten: Bool, in session: Session) throws {
    try makeRoom()
    session.suspects.note(value, in: self)
    guard let guardian else {
      self[name] = value
      return
    }
    try guardian.set(name, of: self, to: value, isWritten: isWritten, in: session)
  }
}
