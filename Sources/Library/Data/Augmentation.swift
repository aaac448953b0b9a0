import Tensors

/// What is done to each picture of a batch at random, anew in each epoch; outside of batches the middle of a picture stands for it.
struct Augmentation: Equatable {
  /// Whether a picture is mirrored, left to right, in half of all cases.
  var flip = false
  /// The measures of the part that is taken of each picture, at any place in it; nil: all of it.
  var crop: (height: Int, width: Int)?

  static func == (a: Augmentation, b: Augmentation) -> Bool {
    a.flip == b.flip && a.crop?.height == b.crop?.height && a.crop?.width == b.crop?.width
  }

  /// Whether anything is done.
  var isAny: Bool { flip || crop != nil }

  /// The shape of a sample, of pictures of `shape`: [height, width, channels].
  func shape(of shape: [Int]) -> [Int] {
    guard let crop, shape.count == 3 else { return shape }
    return [crop.height, crop.width, shape[2]]
  }

  /// "flipped and cropped at random"; empty where nothing is done.
  var text: String {
    let words = (flip ? ["flipped"] : []) + (crop == nil ? [] : ["cropped"])
    return words.isEmpty ? "" : words.joined(separator: " and ") + " at random"
  }

  /// Writes what becomes of a picture of `shape`.
  ///
  /// - Parameter key: the draw's; nil: the middle of the picture as it is. It takes 1 bit for the flip and 32 for each offset.
  func apply(
    _ picture: UnsafePointer<Float>, shape: [Int], key: RandomKey?, into target: UnsafeMutablePointer<Float>
  ) {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    let size = crop ?? (height, width)
    /// A whole number in 0...most, of 32 random bits; without any the middle.
    func offset(_ bits: UInt64?, _ most: Int) -> Int {
      guard let bits else { return most / 2 }
      return Int((bits & 0xffff_ffff).multipliedFullWidth(by: UInt64(most + 1)).low >> 32)
    }
    let top = offset(key.map { $0.stream }, height - size.height)
    let left = offset(key.map { $0.stream >> 32 }, width - size.width)
    let isFlipped = flip && (key.map { $0.seed & 1 == 1 } ?? false)
    for y in 0..<size.height {
      let row = picture + ((top + y) * width + left) * channels
      let out = target + y * size.width * channels
      guard isFlipped else {
        out.update(from: row, count: size.width * channels)
        continue
      }
      for x in 0..<size.width {
        for channel in 0..<channels { out[x * channels + channel] = row[(size.width - 1 - x) * channels + channel] }
      }
    }
  }
}
