import Base
import Graphics
import Testing

@testable import Terminal

@Suite struct PicturePrinterTests {
  private func screen(_ depth: ColorDepth, unicode: Bool = true) -> Screen {
    Screen(isTerminal: true, width: 81, height: 24, colorDepth: depth, isUnicode: unicode)
  }

  @Test func halfBlocksShowTwoRowsInOne() throws {
    let picture = try Raster(
      width: 40, height: 40, channels: 3,
      bytes: (0..<40).flatMap { y in (0..<40).flatMap { _ in y % 2 == 0 ? [255, 0, 0] : [0, 0, 255] as [UInt8] } })
    let lines = try PicturePrinter(screen: screen(.full), rows: 20).lines(picture)
    #expect(lines.count == 20)
    #expect(lines[0] == "\u{1B}[38;2;255;0;0m\u{1B}[48;2;0;0;255m" + String(repeating: "▀", count: 40) + "\u{1B}[0m")
  }

  @Test func oddHeightLeavesTheLastHalfEmpty() throws {
    let picture = try Raster(width: 33, height: 33, channels: 1, fill: 255)
    let lines = try PicturePrinter(screen: screen(.full), rows: 30).lines(picture)
    #expect(lines.count == 17)
    #expect(lines[16].hasPrefix("\u{1B}[38;2;255;255;255m▀"))
    #expect(!lines[16].contains("48;2"))
  }

  @Test(arguments: [ColorDepth.none, .named, .indexed, .full], [true, false])
  func everyScreenGetsLinesThatFit(_ depth: ColorDepth, _ unicode: Bool) throws {
    for (width, height) in [(1, 1), (28, 28), (1000, 3), (3, 1000), (300, 300)] {
      for channels in [1, 3, 4] {
        let picture = try Raster(width: width, height: height, channels: channels, fill: 200)
        let lines = try PicturePrinter(screen: screen(depth, unicode: unicode)).lines(picture)
        #expect(!lines.isEmpty && lines.count <= 22)
        #expect(lines.allSatisfy { $0.displayWidth <= 80 })
        if !unicode { #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } }) }
        if depth == .none { #expect(!lines.joined().contains("\u{1B}")) }
      }
    }
  }

  @Test func lightIsDotsInBraille() throws {
    let white = try Raster(width: 64, height: 64, channels: 1, fill: 255)
    #expect(try PicturePrinter(screen: screen(.none)).lines(white).joined().allSatisfy { $0 == "⣿" })
    let black = try Raster(width: 64, height: 64, channels: 1, fill: 0)
    #expect(try PicturePrinter(screen: screen(.none)).lines(black).joined().allSatisfy { $0 == "\u{2800}" })
  }

  @Test(arguments: [32, 64, 128, 200] as [UInt8]) func ditheringKeepsTheBrightness(_ shade: UInt8) throws {
    let gray = try Raster(width: 64, height: 64, channels: 1, fill: shade)
    let dots = try PicturePrinter(screen: screen(.none)).lines(gray).joined().unicodeScalars.reduce(0) {
      $0 + ($1.value - 0x2800).nonzeroBitCount
    }
    #expect(abs(Double(dots) / 4096 - Double(shade) / 255) < 0.04)
  }

  @Test func everyDotOfBrailleHasItsPlace() {
    let characters: [[Character]] = [["⠁", "⠈"], ["⠂", "⠐"], ["⠄", "⠠"], ["⡀", "⢀"]]
    for (y, row) in characters.enumerated() {
      for (x, character) in row.enumerated() {
        var field = BrailleField(columns: 2, rows: 2)
        field.set(2 + x, 4 + y)
        #expect(field.patterns.map { BrailleField.character($0, unicode: true) } == [" ", " ", " ", character])
      }
    }
  }

  @Test func nearestOf256Colors() {
    #expect(Color(0xff0000).index256 == 196)
    #expect(Color(0x000000).index256 == 16)
    #expect(Color(0x808080).index256 == 244)
    #expect(Color(0xffffff).index256 == 231)
  }
}
