import Base
import Formats
import Graphics
import TestSupport
import Testing

@testable import Terminal

@Suite struct PictureDisplayTests {
  private func screen(_ columns: Int, _ rows: Int) -> Screen {
    Screen(isTerminal: true, width: columns, height: rows, colorDepth: .full, movesCursor: true)
  }

  /// Digits, so to say: each of another shade.
  private func sheet(_ count: Int, columns: Int? = nil, side: Int = 28) throws -> Sheet {
    try Sheet(
      (0..<count).map { try Raster(width: side, height: side, channels: 1, fill: UInt8(truncatingIfNeeded: $0 * 3 + 1)) },
      columns: columns)
  }

  @Test func base64IsThatOfTheStandard() {
    let texts = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=", "foobar": "Zm9vYmFy"]
    for (plain, coded) in texts { #expect(Base64.text(of: Array(plain.utf8)) == coded) }
  }

  @Test func kittyTakesPiecesOfAPNG() throws {
    let png = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var terminal = TerminalEmulator(columns: 80, rows: 24)
    terminal.receive(PictureCode.kitty(png, number: 77).utf8)
    let strings = terminal.strings.map(\.text)
    #expect(strings.count == 4)
    #expect(strings[0].hasPrefix("_Ga=T,q=2,f=100,i=77,p=1,C=1,m=1;"))
    #expect(strings[1].hasPrefix("_Gq=2,m=1;") && strings[2].hasPrefix("_Gq=2,m=1;") && strings[3].hasPrefix("_Gq=2,m=0;"))
    let payload = strings.map { $0.split(separator: ";")[1] }
    #expect(payload.allSatisfy { $0.utf8.count <= 4096 } && payload.dropLast().allSatisfy { $0.utf8.count % 4 == 0 })
    #expect(payload.joined() == Base64.text(of: png))
    #expect(terminal.unknown.isEmpty && terminal.text.isEmpty)
  }

  @Test(arguments: [2, 16, 256]) func sixelsShowThePixels(_ colors: Int) throws {
    let gray = try Raster(width: 13, height: 20, channels: 1, bytes: (0..<260).map { UInt8($0 % 256) })
    let shown = SixelReader.pixels(Sixel.code(gray, colors: colors))
    #expect(shown.width == 13 && shown.height == 20)
    let step = 255.0 / Double(colors - 1)
    for (pixel, shade) in zip(shown.colors, gray.bytes) {
      #expect(abs(Double(pixel?.red ?? 0) - Double(shade)) <= step / 2 + 2, "\(shade)")
    }
    #expect(Set(shown.colors.map { $0?.red }).count <= colors)
  }

  @Test func sixelsShowColors() throws {
    let picture = try Raster(
      width: 2, height: 7, channels: 3, bytes: (0..<14).flatMap { $0 % 3 == 0 ? [255, 0, 0] : [0, 0, 255] as [UInt8] })
    let shown = SixelReader.pixels(Sixel.code(picture, colors: 256))
    for (place, pixel) in shown.colors.enumerated() { #expect(pixel == Color(place % 3 == 0 ? 0xff0000 : 0x0000ff)) }
  }

  @Test func sextantsAreThoseOfUnicode() {
    // Their names tell the places: U+1FB00 is BLOCK SEXTANT-1, U+1FB3B is BLOCK SEXTANT-23456.
    #expect(SextantCell.character(1) == "\u{1FB00}" && SextantCell.character(0b111110) == "\u{1FB3B}")
    #expect(SextantCell.character(0b010100) == "\u{1FB13}" && SextantCell.character(0b010110) == "\u{1FB14}")
    #expect(SextantCell.character(0b101001) == "\u{1FB27}" && SextantCell.character(0b101011) == "\u{1FB28}")
    let all = Set((0..<64).map(SextantCell.character))
    #expect(all.count == 64)
  }

  @Test func allAreShownWhereTheyCanBeMadeOut() throws {
    let display = PictureDisplay(screen: screen(200, 50), traits: PictureTraits(method: .kitty, cell: (10, 20)))
    let block = try display.block(try sheet(64), number: 1)
    #expect(!block.text.contains(" of 64"))
    // 224 pixels are enlarged to 672, which are 34 rows.
    #expect(block.rows == 34)
  }

  @Test(arguments: [PictureMethod.blocks, .sextants, .braille, .sixel, .kitty], [(80, 24), (40, 10), (200, 50)])
  func fewerAreShownWhereTheyCouldNot(_ method: PictureMethod, _ size: (columns: Int, rows: Int)) throws {
    let window = screen(size.columns, size.rows)
    let display = PictureDisplay(screen: window, traits: PictureTraits(method: method, cell: (6, 12)))
    for sheet in [try sheet(64), try sheet(100, columns: 10)] {
      let block = try display.block(sheet, number: 1)
      #expect(block.rows <= size.rows - 1)
      let part = block.text.split(separator: "\n").last { $0.contains(" of \(sheet.count) pictures") }
      // The pixels that a character has.
      let (across, down) =
        switch method {
        case .blocks: (1, 2)
        case .sextants: (2, 3)
        case .braille: (2, 4)
        case .sixel, .kitty, .iterm, .off: (6, 12)
        }
      let (width, height) = ((size.columns - 1) * across, (size.rows - 3) * down - (method.isPixels ? 1 : 0))
      let isRearranged = sheet.isFree && (width / 14) * (height / 14) >= sheet.count
      let isAll = min(Double(width) / Double(sheet.raster.width), Double(height) / Double(sheet.raster.height)) * 28 >= 14
      #expect((part == nil) == (isAll || isRearranged), "\(method) \(size) \(part ?? "all")")
    }
  }

  @Test func whatIsLeftOfASheetKeepsItsColumns() throws {
    let sheet = try sheet(23, columns: 10, side: 3)
    let (part, count) = try sheet.part(rows: 3, columns: 4)
    #expect(count == 4 + 4 + 3)
    #expect(part.width == 12 && part.height == 9)
    #expect(part[0, 0] == [1] && part[0, 3] == [31] && part[9, 0] == [10] && part[6, 6] == [67] && part[9, 6] == [255])
    let free = try self.sheet(23, side: 3).part(rows: 2, columns: 7)
    #expect(free.count == 14 && free.raster[0, 3] == [22])
  }

  @Test func tmuxIsGivenWhatIsForTheTerminalAndCharactersThatItMoves() throws {
    var traits = PictureTraits(method: .kitty, cell: (10, 20))
    traits.wrapping = .tmux
    let display = PictureDisplay(screen: screen(80, 24), traits: traits)
    let block = try display.block(try Raster(width: 30, height: 30, channels: 1, fill: 9), number: 7)
    var tmux = TerminalEmulator(columns: 80, rows: 24)
    tmux.receive(block.text.replacing("\n", with: "\r\n").utf8)
    #expect(tmux.strings.allSatisfy { $0.text.hasPrefix("Ptmux;\u{1B}\u{1B}_G") && $0.text.hasSuffix("\u{1B}\u{1B}") == false })
    #expect(tmux.strings.first?.text.contains(",i=7,U=1,c=") == true)
    #expect(tmux.row == block.rows && tmux.column == 0)
    #expect(tmux.line(0).hasPrefix("\u{10EEEE}\u{0305}\u{0305}\u{10EEEE}"))
    #expect(tmux.line(1).hasPrefix("\u{10EEEE}\u{030D}\u{0305}\u{10EEEE}"))
  }

  @Test(arguments: [
    ("on kitty(0.32.1)\n", true), ("on kitty(0.26.5)\n", false), ("off kitty(0.32.1)\n", false), ("on kitty(1.0.0)\n", true),
    ("all ghostty 1.0\n", true), ("on XTerm(379)\n", false), ("on \n", false), ("", false),
  ]) func tmuxSaysWhatItPasses(_ text: String, _ shows: Bool) {
    #expect(TmuxClient(text).showsKittyPlaceholders == shows)
  }

  @Test(
    arguments: [
      ("]11;rgb:1e1e/2020/ffff\u{7}", 0x1e20ff), ("]11;rgb:1/2/f\u{1B}\\", 0x1122ff), ("]11;rgb:1e/20/ff\u{7}", 0x1e20ff),
      ("]11;rgba:1e1e/2020/ffff/0000\u{7}", 0x1e20ff), ("]11;#1e20ff\u{7}", 0x1e20ff), ("]11;rgb:1e1e/2020\u{7}", nil),
      ("]11;rgb:1e1e1/20/ff\u{7}", nil), ("]11;rgba:1e/20/ff\u{7}", nil), ("]11;\u{7}", nil), ("]11;rgb:-1/2/3\u{7}", nil),
      ("]12;rgb:1e/20/ff\u{7}", nil),
    ] as [(String, UInt32?)]) func theBackgroundIsReadAsXWritesIt(_ answer: String, _ color: UInt32?)
  {
    var answers = TerminalAnswers()
    _ = answers.take(("\u{1B}" + answer).utf8, now: 0)
    #expect(answers.background == color.map { Color($0) })
  }

  /// The colors of a plot, and of panels, as sixels show them in a window.
  @Test func whatIsDrawnHasTheTerminalsBackgroundWhereThatIsDark() throws {
    var plot = Plot()
    plot.title = "t"
    plot.series = [Plot.Series(style: .line, x: [0, 1], y: [0, 1])]
    let figure = try Figure(rows: [[.plot(plot)]]).drawing()
    func colors(_ background: UInt32?, ground: TextPalette.Ground = .unknown) throws -> [Set<Color>] {
      var screen = screen(100, 40)
      screen.ground = ground
      let display = PictureDisplay(
        screen: screen, traits: PictureTraits(method: .sixel, cell: (10, 20), background: background.map { Color($0) }))
      return try [display.block(plot, number: 1), display.block(figure, number: 1)].map {
        Set(SixelReader.pixels($0.text).colors.compactMap(\.self))
      }
    }
    func has(_ colors: Set<Color>, _ wanted: UInt32) -> Bool {
      let wanted = Color(wanted)
      return colors.contains {
        abs(Int($0.red) - Int(wanted.red)) + abs(Int($0.green) - Int(wanted.green)) + abs(Int($0.blue) - Int(wanted.blue)) < 16
      }
    }
    for shown in try colors(0x1e1e2e) { #expect(has(shown, 0x1e1e2e) && has(shown, 0xd0d0d0) && !has(shown, 0xffffff)) }
    for shown in try colors(nil, ground: .dark) { #expect(has(shown, 0x000000) && !has(shown, 0xffffff)) }
    for shown in try colors(0xfdf6e3) + colors(nil) { #expect(has(shown, 0xffffff) && has(shown, 0x303030)) }
  }

  @Test func wishesAreThoseThatThereAre() {
    func wish(_ word: String?) -> PictureMethod.Wish { PictureMethod.wish { $0 == "GAN_GRAPHICS" ? word : nil } }
    #expect(wish(nil) == .none && wish("") == .none && wish("Sixel") == .method(.sixel) && wish("off") == .method(.off))
    #expect(wish("pixels") == .unknown("pixels"))
  }
}

/// Reads sixels: a plain reader of what the manual says.
enum SixelReader {
  static func pixels(_ code: String) -> (width: Int, height: Int, colors: [Color?]) {
    var text = Array(code.utf8)[...]
    guard let start = text.firstIndex(of: UInt8(ascii: "q")) else { return (0, 0, []) }
    text = text[(start + 1)...]
    func numbers() -> [Int] {
      var found = [0]
      while let byte = text.first, (48...57).contains(byte) || byte == UInt8(ascii: ";") {
        if byte == UInt8(ascii: ";") {
          found.append(0)
        } else {
          found[found.count - 1] = found[found.count - 1] * 10 + Int(byte) - 48
        }
        text.removeFirst()
      }
      return found
    }
    var (width, height, x, top, color) = (0, 0, 0, 0, 0)
    var palette: [Int: Color] = [:]
    var result: [Color?] = []
    while let byte = text.popFirst(), byte != 0x1B {
      var count = 1
      var sixel = byte
      switch byte {
      case UInt8(ascii: "\""):
        let found = numbers()
        (width, height) = (found[2], found[3])
        result = Array(repeating: nil, count: width * height)
        continue
      case UInt8(ascii: "#"):
        let found = numbers()
        color = found[0]
        if found.count == 5 {
          let bytes = found[2...].map { UInt8(clamping: ($0 * 255 + 50) / 100) }
          palette[color] = Color(red: bytes[0], green: bytes[1], blue: bytes[2])
        }
        continue
      case UInt8(ascii: "$"):
        x = 0
        continue
      case UInt8(ascii: "-"):
        (x, top) = (0, top + 6)
        continue
      case UInt8(ascii: "!"):
        count = numbers()[0]
        sixel = text.popFirst() ?? 63
      default: break
      }
      for _ in 0..<count {
        for bit in 0..<6 where (Int(sixel) - 63) >> bit & 1 == 1 {
          guard x < width, top + bit < height else { return (0, 0, []) }
          result[(top + bit) * width + x] = palette[color]
        }
        x += 1
      }
    }
    return (width, height, result)
  }
}
