import Formats
import Frontend
import Interpreter
import Library

/// What is known of a document's cells from earlier runs, found and kept while the document is run.
///
/// Runs repeat themselves bit for bit, so what a cell does is told by the texts of the cells up to it, by the seed, the arguments and the program, and by
/// what the cells have looked at outside. Of all that a hash is carried from cell to cell, the *trail*. It ends with the first cell whose
/// results another run would not have: one that looked at the clock, asked a person, drew without a seed, or failed.
public final class KnownResults {
  private let cache: ResultCache
  private var trail: String?
  /// How many cells were not run, since what they put out was known.
  public private(set) var knownCount = 0

  /// For a run that begins in this way: with a seed, arguments, a name.
  public init(_ cache: ResultCache, beginning: [String]) {
    self.cache = cache
    trail = Self.hash(["gan document", FileState.program] + beginning)
  }

  private static func hash(_ parts: [String]) -> String {
    // The lengths keep the parts apart.
    FileState.hash(Array(parts.map { "\($0.utf8.count) \($0)" }.joined().utf8))
  }

  /// The key of a cell that follows what was run or found so far; nil where nothing is known any more.
  func key(of cell: Cell) -> String? { trail.map { Self.hash([$0, cell.text]) } }

  /// What is known of the next cell; it need not be run then.
  func found(_ key: String, lines: String, in session: Session) -> KnownCell? {
    guard let bytes = cache.bytes(of: key, kind: "cell"), let known = KnownCell(bytes),
      known.lines == nil || known.lines == lines,
      known.readings.allSatisfy({ session.state(of: $0.reading) == $0.state })
    else { return nil }
    knownCount += 1
    goOn(from: key, known)
    return known
  }

  /// A cell has been run and has ended well.
  func keep(_ key: String, _ outputs: [CellOutput], _ deeds: Deeds, lines: String, in session: Session) {
    guard !deeds.isUnrepeatable, !session.hasSurprised, deeds.isFelt || deeds.isUnchanged else { return forget() }
    let known = KnownCell(outputs: outputs, readings: deeds.readings, lines: deeds.knowsLines ? lines : nil)
    if !deeds.isFelt, let bytes = known.bytes { cache.keep(bytes, as: key, kind: "cell") }
    goOn(from: key, known)
  }

  private func goOn(from key: String, _ known: KnownCell) {
    trail = Self.hash([key, KnownCell.json(known.readings).text, known.lines ?? ""])
  }

  /// From here on nothing is known.
  func forget() { trail = nil }

  /// A cell that was taken for known has been run after all.
  func count(again cells: Int) { knownCount -= cells }
}
