import Formats
import Interpreter

/// A picture as PNG, as people look at it: a small one is enlarged by whole pixels, so that each of them stays sharp.
struct ShownPicture {
  let png: [UInt8]
  /// Whether it is a diagram, and no picture of pixels that count.
  let isPlot: Bool
  /// Of the file, in pixels, as it begins with them; 0 where it does not.
  let width, height: Int

  /// Nil where the value is not shown as a picture of pixels.
  init?(_ shown: Shown) {
    guard let png = shown[.png] else { return nil }
    self.png = png
    isPlot = shown.forms.contains { $0.medium == "application/vnd.gan.plot" } || shown.text?.hasPrefix("plot") == true
    func number(_ place: Int) -> Int { png.count < place + 4 ? 0 : png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    (width, height) = (number(16), number(20))
  }

  /// How many pixels of the screen a pixel takes in each direction.
  var scale: Int { isPlot ? 1 : max(1, min(8, 480 / max(width, height, 1))) }

  /// The file for programs that show each picture at its own size, or blur what they enlarge.
  var enlarged: [UInt8] {
    guard scale > 1, let larger = try? ImageFile.enlarged(png: png, by: scale) else { return png }
    return larger
  }
}
