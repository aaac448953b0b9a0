import Formats
import Graphics
import Glibc

/// The sign of the kernel in launchers: a ring of real points, and generated ones that are about to find it.
enum KernelLogo {
  /// A square of so many pixels, as a PNG file.
  static func png(size: Int) throws -> [UInt8] {
    // Drawn larger, so that the dots of small signs stay round.
    let side = Double(size) * 4
    var canvas = try Canvas(width: size * 4, height: size * 4)
    let middle = side / 2
    func place(_ turn: Double, _ radius: Double) -> Canvas.Point {
      Canvas.Point(middle + radius * side * cos(turn), middle + radius * side * sin(turn))
    }
    let count = 14
    for number in 0..<count {
      let turn = 2 * Double.pi * (Double(number) + 0.5) / Double(count)
      canvas.circle(place(turn, 0.4), radius: side * 0.055, Color(0xf0831e))
      let drift = 0.26 + 0.07 * sin(3 * turn)
      canvas.circle(place(turn + 0.2, drift), radius: side * 0.055, Color(0x12924f))
    }
    return try ImageFile.png(try canvas.raster.resized(width: size, height: size))
  }
}
