/// How a value is read: numbers of `base`'s memory, at `offset` plus strides along axes of `sizes`.
struct View: Hashable {
  var base: Int
  var offset: Int
  var sizes: [Int]
  var strides: [Int]

  init(base: Int, offset: Int, sizes: [Int], strides: [Int]) {
    (self.base, self.offset, self.sizes, self.strides) = (base, offset, sizes, strides)
  }

  /// All of a value that lies in memory in row-major order.
  init(whole base: Int, _ shape: Shape) {
    self.init(base: base, offset: 0, sizes: shape.dimensions, strides: shape.strides)
  }

  var count: Int { sizes.reduce(1, &*) }

  /// Whether the numbers lie one after another from `offset` on.
  var isContiguous: Bool {
    var step = 1
    for axis in sizes.indices.reversed() where sizes[axis] != 1 {
      guard strides[axis] == step else { return false }
      step = step &* sizes[axis]
    }
    return true
  }

  /// One number everywhere.
  var isUniform: Bool { zip(sizes, strides).allSatisfy { $0 == 1 || $1 == 0 } }

  func broadcast(to shape: Shape) -> View {
    View(
      base: base, offset: offset, sizes: shape.dimensions,
      strides: zip(sizes, zip(shape.dimensions, strides)).map { $0 == $1.0 ? $1.1 : 0 })
  }

  func transposed(by permutation: [Int]) -> View {
    View(base: base, offset: offset, sizes: permutation.map { sizes[$0] }, strides: permutation.map { strides[$0] })
  }

  func sliced(to shape: Shape, starts: [Int], steps: [Int]) -> View {
    View(
      base: base, offset: zip(starts, strides).reduce(offset) { $0 + $1.0 * $1.1 }, sizes: shape.dimensions,
      strides: zip(strides, steps).map { $0 &* $1 })
  }

  /// The same numbers under another shape; nil where that has no strides.
  func reshaped(to shape: Shape) -> View? {
    if shape.count == 0 || isUniform {
      return View(base: base, offset: offset, sizes: shape.dimensions, strides: shape.dimensions.map { _ in 0 })
    }
    // Both shapes are cut into groups of axes of equal counts. Within a group of ours the strides must join.
    let old = sizes.indices.filter { sizes[$0] != 1 }
    var new = [Int](repeating: 0, count: shape.rank)
    var (i, j) = (0, 0)
    while i < old.count {
      var count = sizes[old[i]]
      var target = 1
      let first = j
      var last = i
      while true {
        if target < count || (j < shape.rank && shape[j] == 1) {
          guard j < shape.rank else { return nil }
          target = target &* shape[j]
          j += 1
        } else if target > count {
          guard last + 1 < old.count, strides[old[last]] == strides[old[last + 1]] &* sizes[old[last + 1]] else { return nil }
          last += 1
          count = count &* sizes[old[last]]
        } else {
          break
        }
      }
      var step = strides[old[last]]
      for axis in (first..<j).reversed() {
        new[axis] = shape[axis] == 1 ? 0 : step
        step = step &* shape[axis]
      }
      i = last + 1
    }
    return View(base: base, offset: offset, sizes: shape.dimensions, strides: new)
  }
}
