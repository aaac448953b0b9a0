import Formats
import Graphics

/// Shows pictures, sheets of pictures and plots in the best way that the terminal has.
public struct PictureDisplay {
  /// Where they are shown: the size of the window as it is now.
  public var screen: Screen
  /// How.
  public var traits: PictureTraits
  /// The rows that there are for one.
  public var room: Int
  /// Whether nothing may be taller: what is replaced in place. Else a plot of text may scroll.
  private let isLimited: Bool

  /// The size of a character in pixels, where the terminal does not say it.
  private static let usualCell = (width: 9, height: 18)

  /// By default the rows of the window, less the one that the cursor goes to and the one with the entry.
  public init(screen: Screen, traits: PictureTraits, room: Int? = nil) {
    self.screen = screen
    self.traits = traits
    self.room = max(1, room ?? screen.height - 2)
    isLimited = room != nil
  }

  private var cell: (width: Int, height: Int) {
    traits.cell ?? Screen.cellSize(of: .output) ?? PictureDisplay.usualCell
  }

  /// Whether pictures are not to be shown at all.
  public var isOff: Bool { traits.method == .off }

  /// A sheet, or the part of it that can be made out. `number`: 1…255, under which a terminal that replaces pictures knows it.
  ///
  /// - Throws: a `GraphicsError` or a `FormatError` where the picture cannot be made.
  public func block(_ sheet: Sheet, number: Int) throws -> ScreenBlock {
    guard traits.method?.isPixels == true else {
      var printer = printer
      // A row for the line that says how many there are.
      printer.rows = max(1, room - 1)
      let (part, note) = try printer.room.legiblePart(of: sheet)
      return text(try printer.lines(part), note)
    }
    let (part, note) = try pixelRoom(rows: room - 1).legiblePart(of: sheet)
    let block = try pixels(pixelRoom(rows: room - (note == nil ? 0 : 1)).fitted(part), number)
    return note.map { block + text([Style.faint($0, on: screen)]) } ?? block
  }

  /// A picture.
  ///
  /// - Throws: as for a sheet.
  public func block(_ picture: Raster, number: Int) throws -> ScreenBlock {
    guard traits.method?.isPixels == true else { return text(try printer.lines(picture)) }
    return try pixels(pixelRoom(rows: room).fitted(picture), number)
  }

  /// A plot: in pixels where the window has room for one, else of characters.
  ///
  /// - Throws: as for a sheet.
  public func block(_ plot: Plot, number: Int) throws -> ScreenBlock {
    let space = pixelRoom(rows: room)
    guard traits.method?.isPixels == true, space.width >= 320, space.height >= 200 else {
      return isLimited ? lowPlot(plot) : text(PlotPrinter(screen: screen).lines(plot))
    }
    return try pixels(space.fitted(plot.render(theme: theme), enlarges: false), number)
  }

  /// A picture that was drawn, as its pixels or, where these can be seen, drawn for the terminal's background.
  ///
  /// - Throws: as for a sheet.
  public func block(_ drawing: Drawing, number: Int) throws -> ScreenBlock {
    try block(Canvas(drawing, theme: traits.method?.isPixels == true ? theme : .paper).raster, number: number)
  }

  /// What is drawn is dark where the terminal is.
  private var theme: Theme {
    guard let ground = traits.background else { return screen.ground == .dark ? .dark(.black) : .paper }
    return ground.brightness < 0.5 ? .dark(ground) : .paper
  }

  /// As high as there is room: with the plots below it, or else without them.
  private func lowPlot(_ plot: Plot) -> ScreenBlock {
    for plot in plot.stack.count > 1 ? [plot, plot.stack[0]] : [plot] {
      for rows in stride(from: min(room, 18), through: 4, by: -1) {
        let lines = PlotPrinter(screen: screen, rows: rows).lines(plot)
        if lines.count <= room { return text(lines) }
      }
    }
    return ScreenBlock(
      lines: PlotPrinter(screen: screen, rows: 4).lines(plot.stack.first ?? plot), width: screen.width, room: room)
  }

  private var printer: PicturePrinter {
    var printer = PicturePrinter(screen: screen, rows: room)
    switch traits.method {
    case .sextants: printer.style = .sextants
    case .blocks: printer.style = screen.isUnicode && screen.colorDepth > .none ? .halfBlocks : printer.style
    case .braille: printer.style = screen.isUnicode ? .braille : .shades
    case .kitty, .iterm, .sixel, .off, nil: break
    }
    return printer
  }

  private func pixelRoom(rows: Int) -> PictureRoom {
    // A column is left free, and a little of the last row: a picture that touches the next one makes some terminals scroll.
    PictureRoom(width: max(1, (screen.width - 1) * cell.width), height: max(1, rows * cell.height - 1))
  }

  private func text(_ lines: [String], _ note: String? = nil) -> ScreenBlock {
    ScreenBlock(lines: lines + (note.map { [Style.faint($0, on: screen)] } ?? []), width: screen.width)
  }

  private func pixels(_ picture: Raster, _ number: Int) throws -> ScreenBlock {
    let picture = picture.channels == 4 ? picture.composed() : picture
    let rows = (picture.height + cell.height - 1) / cell.height
    let columns = (picture.width + cell.width - 1) / cell.width
    switch traits.method {
    case .iterm:
      return ScreenBlock(code: wrapped(PictureCode.iterm(try ImageFile.png(picture), columns: columns, rows: rows)), rows: rows)
    case .sixel: return ScreenBlock(code: wrapped(Sixel.code(picture, colors: traits.sixelColors)), rows: rows)
    case .kitty, .sextants, .blocks, .braille, .off, nil:
      let png = try ImageFile.png(picture)
      guard traits.wrapping == .tmux else {
        return ScreenBlock(code: PictureCode.kitty(png, number: number), rows: rows, picture: number)
      }
      let shown = min(rows, PictureCode.marks.count)
      return ScreenBlock(
        code: wrapped(PictureCode.kittyVirtual(png, number: number, columns: columns, rows: shown)),
        placeholders: PictureCode.placeholders(number: number, columns: columns, rows: shown), picture: number)
    }
  }

  private func wrapped(_ code: String) -> String { traits.wrapping == .tmux ? PictureCode.throughTmux(code) : code }
}
