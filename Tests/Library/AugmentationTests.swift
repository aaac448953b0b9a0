import Tensors
import Testing

@testable import Library

struct AugmentationTests {
  /// A picture whose numbers say where they stand: row, column and channel.
  private let picture = part(top: 0, left: 0, height: 5, width: 7)

  private static func part(top: Int, left: Int, height: Int, width: Int, isMirrored: Bool = false) -> [Float] {
    var numbers: [Float] = []
    for y in 0..<height {
      for x in 0..<width {
        let column = isMirrored ? width - 1 - x : x
        for channel in 0..<2 { numbers.append(Float(100 * (top + y) + 10 * (left + column) + channel)) }
      }
    }
    return numbers
  }

  private func apply(_ augmentation: Augmentation, _ key: RandomKey?) -> [Float] {
    let shape = augmentation.shape(of: [5, 7, 2])
    var result = [Float](repeating: -1, count: shape.reduce(1, *))
    picture.withUnsafeBufferPointer { picture in
      result.withUnsafeMutableBufferPointer { result in
        guard let from = picture.baseAddress, let to = result.baseAddress else { return }
        augmentation.apply(from, shape: [5, 7, 2], key: key, into: to)
      }
    }
    return result
  }

  private func keys(_ count: UInt64) -> [RandomKey] {
    (0..<count).map { RandomKey(seed: 3, stream: 1).derived(for: .augmentation, $0) }
  }

  @Test func aFlipMirrorsHalfOfThePictures() {
    let mirrored = AugmentationTests.part(top: 0, left: 0, height: 5, width: 7, isMirrored: true)
    let results = keys(400).map { apply(Augmentation(flip: true), $0) }
    #expect(results.allSatisfy { $0 == picture || $0 == mirrored })
    #expect((150..<250).contains(results.count { $0 == mirrored }))
    #expect(apply(Augmentation(flip: true), nil) == picture)
  }

  @Test func aCropTakesEveryPartAlike() {
    let augmentation = Augmentation(crop: (height: 3, width: 4))
    func part(_ top: Int, _ left: Int) -> [Float] { AugmentationTests.part(top: top, left: left, height: 3, width: 4) }
    let parts = (0..<3).flatMap { top in (0..<4).map { left in part(top, left) } }
    let results = keys(1200).map { apply(augmentation, $0) }
    for part in parts { #expect((60..<145).contains(results.count { $0 == part })) }
    #expect(results.allSatisfy(parts.contains))
    #expect(apply(augmentation, nil) == part(1, 1))
    #expect(augmentation.shape(of: [5, 7, 2]) == [3, 4, 2])
  }

  @Test func flipsAndCropsAreDrawnApart() {
    let augmentation = Augmentation(flip: true, crop: (height: 5, width: 6))
    #expect(Set(keys(100).map { apply(augmentation, $0) }).count == 4)
  }
}
