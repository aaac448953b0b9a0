import Glibc
import Graphics

/// The parts of a JPEG file, told by walking over their markers (ITU-T T.81, annex B).
struct JPEGMarkers {
  /// Whether the marker that ends the picture is there. The library makes do without it: a progressive picture that is cut off would
  /// come out blurred, without a word.
  private(set) var isComplete = false
  /// How many times the pixels are gone over.
  private(set) var scans = 0
  /// The EXIF block and the XMP packet of a camera.
  private var exif: ArraySlice<UInt8>?
  private var packet: ArraySlice<UInt8>?

  var orientation: Orientation { EXIF.orientation(exif: exif, packet: packet) }

  /// - Parameter wholly: to the end; else only up to the first pixels.
  init(_ file: [UInt8], wholly: Bool) {
    file.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      var place = 2
      while place + 1 < bytes.count {
        guard bytes[place] == 0xff else {
          // The coded pixels, or bytes too many between two parts: on to the next marker.
          guard let next = memchr(start + place, 0xff, bytes.count - place) else { return }
          place = UnsafeRawPointer(next) - UnsafeRawPointer(start)
          continue
        }
        let marker = bytes[place + 1]
        switch marker {
        case 0xd9:
          isComplete = true
          return
        // A filling byte.
        case 0xff: place += 1
        // A coded 255, and markers without contents.
        case 0x00, 0x01, 0xd0...0xd8: place += 2
        default:
          guard place + 3 < bytes.count else { return }
          let end = place + 2 + Int(bytes[place + 2]) << 8 + Int(bytes[place + 3])
          if marker == 0xda {
            scans += 1
            guard wholly else { return }
          } else if marker == 0xe1, scans == 0 {
            note(file[min(place + 4, file.count)..<max(min(end, file.count), min(place + 4, file.count))])
          }
          place = end
        }
      }
    }
  }

  /// Of several blocks of one kind the first counts.
  private mutating func note(_ contents: ArraySlice<UInt8>) {
    let name = "http://ns.adobe.com/xap/1.0/\0"
    if contents.starts(with: "Exif\0".utf8) {
      if exif == nil { exif = contents }
    } else if contents.starts(with: name.utf8), packet == nil {
      packet = contents.dropFirst(name.utf8.count)
    }
  }
}
