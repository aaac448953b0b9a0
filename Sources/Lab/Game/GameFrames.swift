import Formats
import Interpreter
import Library

/// The frames of a run: its landscape, or its pictures.
struct GameFrames {
  /// Tells whether the run has changed since the last frame.
  struct Stamp: Equatable {
    let step: Int
    let moment: Int
    let part: String?
  }

  var due = -Double.infinity
  /// Whether a frame is wanted though the run has not changed.
  var isDue = true
  var stamp: Stamp?
  /// Whether it has been told of that a frame failed.
  var hasFailed = false
  /// What stays while data and noise do, and what it was made of.
  private var still: Value?
  private var origin: [ObjectIdentifier] = []

  /// The run as it is now; nil where nothing can be drawn of it.
  ///
  /// - Throws: what computing it throws.
  mutating func frame(of run: Record, game: Game, in session: Session) throws -> GameMessage? {
    switch game.outlook.kind {
    case "points": try plane(of: run, game: game, in: session)
    case "numbers": try histograms(of: run, game: game, in: session)
    case "pictures": try pictures(of: run, game: game, in: session)
    default: nil
    }
  }

  /// What stays while data and noise do; made anew where they are others.
  mutating func lasting(of run: Record, in session: Session, make: () throws -> Value) throws -> Record? {
    let origin = ["data", "noise", "fixed_noise"].compactMap { name -> ObjectIdentifier? in
      switch run[name] {
      case .object(let object)?: ObjectIdentifier(object)
      case .function(let function)?: ObjectIdentifier(function)
      default: nil
      }
    }
    if still == nil || origin != self.origin {
      still = try make()
      self.origin = origin
    }
    return if case .record(let record)? = still { record } else { nil }
  }

  static func ends(_ value: Value?) -> JSON {
    guard case .list(let list)? = value else { return .array([.number(-1), .number(1)]) }
    return .array(list.elements.map { if case .number(let number) = $0 { .number(number) } else { .null } })
  }

  // MARK: A plane

  private mutating func plane(of run: Record, game: Game, in session: Session) throws -> GameMessage? {
    let drawn: Value = game.knobs.isDrawn(run) ? .list(List(GameKnobs.drawingField.map(Value.number))) : .none
    guard let still = try lasting(of: run, in: session, make: { try game.call("_plane", [.record(run), drawn], in: session) })
    else { return nil }
    let course = game.course
    let frame = try game.call(
      "_plane_frame", [.record(run), .record(still), .boolean(course.showsSlopes), .boolean(course.showsGrid)], in: session)
    guard case .record(let frame) = frame, let samples = try frame["samples"]?.floats(), let real = try still["real"]?.floats()
    else {
      return nil
    }
    let field = try frame["field"]?.floats()?.numbers ?? []
    let arrows = try frame["arrows"]?.floats()?.numbers ?? []
    let plane = try frame["plane"]?.floats()?.numbers ?? []
    let side = field.isEmpty ? 0 : Int(Double(field.count).squareRoot())
    let gridSide = plane.isEmpty ? 0 : Int(Double(plane.count / 2).squareRoot())
    let finite = field.filter(\.isFinite)
    let head: JSON = .object([
      "kind": .string("landscape"), "step": .number(Double(game.step)), "width": .number(Double(side)),
      "height": .number(Double(side)),
      "x": GameFrames.ends(still["x"]), "y": GameFrames.ends(still["y"]), "least": .number(Double(finite.min() ?? 0)),
      "most": .number(Double(finite.max() ?? 0)),
      "real": .number(Double(real.numbers.count / 2)), "samples": .number(Double(samples.numbers.count / 2)),
      "arrows": .number(Double(arrows.count / 4)), "grid": .array([.number(Double(gridSide)), .number(Double(gridSide))]),
    ])
    return .frame(head: head, payload: GameMessage.bytes(of: field + real.numbers + samples.numbers + arrows + plane))
  }

  // MARK: Pictures

  /// A side of the whole, in pixels, at most.
  private static let sheetLimit = 512

  private mutating func pictures(of run: Record, game: Game, in session: Session) throws -> GameMessage? {
    guard let z = run["fixed_noise"], let count = try z.floats()?.shape.first else { return nil }
    let limit = Value.number(Double(GameFrames.sheetLimit))
    let still = try lasting(of: run, in: session, make: { try game.call("_still_pictures", [.record(run), limit], in: session) })
    let made = try game.call("_picture_frame", [.record(run), z, limit], in: session)
    guard let (numbers, shape) = try made.floats(), shape.count == 4, count > 0 else { return nil }
    let (shown, height, width, channels) = (shape[0], shape[1], shape[2], shape[3])
    guard [1, 3].contains(channels), shown > 0, height > 0, width > 0 else { return nil }
    let columns = min(shown, max(1, min(8, GameFrames.sheetLimit / width)))
    let rows = max(1, shown / columns)
    var bytes = GameFrames.sheet(of: numbers, size: (height, width * channels), columns: columns, rows: rows)
    var realCount = 0
    if let (real, realShape) = try still?["real"]?.floats(), realShape.dropFirst() == shape.dropFirst() {
      realCount = realShape[0]
      bytes += GameFrames.sheet(of: real, size: (height, width * channels), columns: realCount, rows: 1)
    }
    let head: JSON = .object([
      "kind": .string("pictures"), "step": .number(Double(game.step)), "columns": .number(Double(columns)),
      "rows": .number(Double(rows)), "width": .number(Double(width)), "height": .number(Double(height)),
      "channels": .number(Double(channels)), "real": .number(Double(realCount)),
    ])
    return .frame(head: head, payload: bytes)
  }

  /// Pictures side by side, in bytes; `size`: the lines of one, and the numbers in a line.
  private static func sheet(of numbers: [Float], size: (lines: Int, length: Int), columns: Int, rows: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: rows * size.lines * columns * size.length)
    for picture in 0..<rows * columns {
      let (row, column) = picture.quotientAndRemainder(dividingBy: columns)
      for y in 0..<size.lines {
        let from = (picture * size.lines + y) * size.length
        let to = ((row * size.lines + y) * columns + column) * size.length
        for x in 0..<size.length {
          let value = numbers[from + x]
          bytes[to + x] = value.isFinite ? UInt8(max(0, min(255, (value * 255).rounded()))) : 0
        }
      }
    }
    return bytes
  }
}
