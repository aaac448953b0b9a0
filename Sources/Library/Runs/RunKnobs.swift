import Interpreter

/// The numbers of a run that may be set while it trains, found by what the run says of its fields: those that stand for an option of the
/// function that made it (see `guard`), and the rates of its optimizers. It remembers what it has found out of the run; on the session's thread.
public struct RunKnobs {
  /// A number of the run, and how far it may be moved by hand.
  public struct Knob: Equatable, Sendable {
    /// The field, or an optimizer's: "d_optimizer.rate".
    public let name: String
    /// What it is now.
    public let value: Double
    /// The lower end of its range, which does not move while it is turned.
    public let least: Double
    /// The upper end of its range.
    public let most: Double
    /// Whether it takes whole numbers alone.
    public let isWhole: Bool
    /// Whether it is moved by factors; then its range begins above 0, unless it is 0 itself.
    public let isLogarithmic: Bool

    /// The optimizer that it belongs to; empty for a number of the run itself.
    public var owner: String {
      let parts = name.split(separator: ".")
      return parts.count == 2 ? String(parts[0]) : ""
    }

    /// What people read beside it: "λ", "rate of D", "d steps".
    public var label: String {
      let greek = ["lambda": "λ", "control": "λₖ", "diversity": "γ"]
      let words = name.split(separator: ".").map { $0.split(separator: "_").joined(separator: " ") }
      return greek[name] ?? (words.count == 2 ? "rate of \(words[0].replacingPlayer)" : words.joined())
    }
  }

  /// The first value that each knob was seen with: its range does not move while it is turned.
  private var firstValues: [String: Double] = [:]
  /// Whether each knob can be set, as far as it was tried.
  private var taken: [String: Bool] = [:]

  /// Of a run that nothing is known of yet.
  public init() {}

  // MARK: What there is

  /// Its numbers as they are now, in the order of the fields, without those of which is known that they cannot be set.
  public mutating func knobs(of run: Record) -> [Knob] { all(of: run).filter { taken[$0.name] != false } }

  private mutating func all(of run: Record) -> [Knob] {
    run.fields.compactMap { name, value in
      switch value {
      case .number(let number): return run.option(name).flatMap { knob(name, number, $0) }
      case .object(let object) where value.typeName == "optimizer":
        guard case .number(let rate)? = try? object.field("rate") else { return nil }
        let first = first(name, rate)
        let middle = first > 0 ? first : 0.001
        return Knob(
          name: "\(name).rate", value: rate, least: min(middle / 100, rate), most: max(middle * 100, rate), isWhole: false,
          isLogarithmic: true)
      case .none, .boolean, .string, .list, .range, .record, .function, .builtin, .object: return nil
      }
    }
  }

  /// Those that can be set at all: some are as they were when the networks were made. Each is tried once, with what it is already.
  public mutating func settable(of run: Record, in session: Session) -> [Knob] {
    for knob in all(of: run) where taken[knob.name] == nil {
      taken[knob.name] = (try? Self.put(knob, knob.value, into: run, in: session)) != nil
    }
    return knobs(of: run)
  }

  /// The numbers by which the run counts how far it has come: its step and its epoch, where it has them.
  public static func counters(of run: Record) -> [(name: String, value: Double, help: String)] {
    [("step", "how many steps it has made"), ("epoch", "how many times it has been through the data")].compactMap { name, help in
      if case .number(let number)? = run[name], number.isFinite { (name, number, help) } else { nil }
    }
  }

  private mutating func first(_ name: String, _ value: Double) -> Double {
    let first = firstValues[name] ?? value
    firstValues[name] = first
    return first
  }

  private mutating func knob(_ name: String, _ value: Double, _ kind: Kind) -> Knob? {
    guard value.isFinite else { return nil }
    let first = first(name, value)
    func takes(_ number: Double) -> Bool { kind.accepts(.number(number)) }
    let isWhole = !takes(0.5) && !takes(1.5)
    let least: Double = takes(0) ? 0 : isWhole ? 1 : first / 100
    let reach = isWhole ? max(10, 4 * first) : first > 0 ? 10 * first : 1
    let most = takes(2) || isWhole ? reach : 1
    return Knob(
      name: name, value: value, least: min(least, value), most: max(most, value), isWhole: isWhole, isLogarithmic: false)
  }

  /// What the help of the model says of a number, in a line.
  public static func help(of name: String, of run: Record) -> String {
    if name.hasSuffix(".rate") { return "the size of a step of this optimizer" }
    return String((run.help(name) ?? "").filter { $0 != "`" })
  }

  // MARK: Setting

  /// Sets a number of the run, as a program would do between two steps. `variable` is what the program calls the run.
  ///
  /// - Throws: a `Failure` where the run has no such number or it is moved out of its range, a `Failure` or a `Diagnostic` where the run does not
  ///   take it; then the run is as it was.
  public mutating func set(_ name: String, to value: Double, of run: Record, called variable: String, in session: Session) throws
  {
    guard let knob = knobs(of: run).first(where: { $0.name == name }) else {
      throw Failure("this run has no number `\(name)` that can be set")
    }
    // A slip of the hand shall not ask for a step that takes hours. What the run itself does not take it refuses in its own words.
    guard (knob.least...knob.most).contains(value) || !accepts(value, for: knob, of: run) else {
      throw Failure(
        "here `\(name)` goes from \(Value.number(knob.least).plainText) to \(Value.number(knob.most).plainText)",
        advice: ["Set it further in a cell: \(variable).\(name) = \(Value.number(value).plainText)"])
    }
    try Self.put(knob, value, into: run, in: session)
  }

  /// Whether the run takes a number for a knob, whatever the knob's range is.
  private func accepts(_ value: Double, for knob: Knob, of run: Record) -> Bool {
    guard knob.owner.isEmpty else { return value >= 0 }
    return run.option(knob.name)?.accepts(.number(value)) ?? true
  }

  private static func put(_ knob: Knob, _ value: Double, into run: Record, in session: Session) throws {
    guard !knob.owner.isEmpty else { return try session.set(knob.name, of: run, to: .number(value)) }
    guard case .object(let optimizer)? = run[knob.owner], try optimizer.setField("rate", to: .number(value)) else {
      throw Failure("this run has no number `\(knob.name)` that can be set")
    }
  }
}

extension String {
  /// "d optimizer" is that of D.
  fileprivate var replacingPlayer: String {
    switch self {
    case "d optimizer": "D"
    case "g optimizer": "G"
    default: self
    }
  }
}
