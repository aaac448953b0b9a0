import Base

// Sorting needs the numbers, so they are computed; the elements that are then taken in order are nodes of the graph, and have
// derivatives.

extension Tensor {
  /// The places that put the elements along `axis` in rising order (falling, if `descending`), for each row by itself; equal
  /// ones keep their order, NaN is the greatest.
  ///
  /// - Throws: a `TensorError` where there is no such axis, or it is longer than 2²⁴. So do the others below.
  public func argsorted(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    let rows = try Rows(self, axis: axis)
    return try rows.restored(rows.ordered(rows.size, descending: descending))
  }

  /// Each row along `axis` in rising order (falling, if `descending`); NaN is the greatest.
  ///
  /// - Throws: a `TensorError`, as `argsorted` does.
  public func sorted(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    let rows = try Rows(self, axis: axis)
    return try rows.restored(rows.picked(rows.ordered(rows.size, descending: descending)))
  }

  /// The `count` largest elements of each row along `axis`, largest first (or the smallest, smallest first), and their places.
  ///
  /// - Throws: a `TensorError`, as `argsorted` does, and where `count` is not in 1 … the size of the axis.
  public func extremes(_ count: Int, axis: Int = -1, largest: Bool = true) throws -> (values: Tensor, places: Tensor) {
    let rows = try Rows(self, axis: axis)
    guard count > 0, count <= rows.size else {
      throw TensorError(
        title: "the axis does not have so many elements", operands: [("x", "\(shape)"), ("k", "\(count)")],
        advice: "k is 1 to \(rows.size), the size of the axis.")
    }
    let places = try rows.ordered(count, descending: largest)
    return (try rows.restored(rows.picked(places)), try rows.restored(places))
  }

  /// The middle number along `axis`, or the mean of the two in the middle; nil: of all numbers.
  ///
  /// - Throws: a `TensorError`, as `argsorted` does, and for an empty axis.
  public func median(axis: Int? = nil, keep: Bool = false) throws -> Tensor {
    try quantile(0.5, axis: axis, keep: keep)
  }

  /// The number along `axis` below which a share `q` (0…1) of them lies, on the line between the two nearest; nil: of all numbers. NaN where
  /// one of them is NaN.
  ///
  /// - Throws: a `TensorError`, as `argsorted` does, for an empty axis, and for a share outside of 0 … 1.
  public func quantile(_ q: Double, axis: Int? = nil, keep: Bool = false) throws -> Tensor {
    guard q >= 0, q <= 1 else {
      throw TensorError(
        title: "a share lies between 0 and 1", operands: [("q", NumberText.shortest(q))],
        advice: "0.5 is the median, 0.9 what only a tenth exceeds.")
    }
    guard let axis else {
      let whole = try reshaped([count]).quantile(q, axis: 0)
      return keep ? try whole.reshaped([Int](repeating: 1, count: rank)) : whole
    }
    let along = try shape.axis(axis)
    let size = shape[along]
    guard size > 0 else {
      throw TensorError(
        title: "an empty axis has no median or quantile", operands: [("x", "\(shape)")],
        advice: "It must have at least one element.")
    }
    let sorted = try sorted(axis: along)
    // NaN stands last and has no rank among the others: then there is no median.
    let last = try sorted.sliced(axis: along, from: size - 1, to: size)
    let position = q * Double(size - 1)
    let lower = Int(position)
    let low = try sorted.sliced(axis: along, from: lower, to: lower + 1)
    let share = position - Double(lower)
    let number = share == 0 ? low : try low * (1 - share) + sorted.sliced(axis: along, from: lower + 1, to: lower + 2) * share
    let whole = try Tensor.where(last.map(.isNaN), last, number)
    return keep ? whole : try whole.squeezed(axes: [along])
  }
}

/// A tensor's rows along one axis, brought to the end.
private struct Rows {
  /// [rows, size].
  let tensor: Tensor
  let size: Int
  /// The sizes with the axis last, and where the axis was.
  private let sizes: [Int]
  private let axis: Int

  init(_ x: Tensor, axis: Int) throws {
    self.axis = try x.shape.axis(axis)
    let others = x.shape.dimensions.indices.filter { [axis = self.axis] in $0 != axis }
    let moved = self.axis == x.rank - 1 ? x : try x.transposed(others + [self.axis])
    sizes = moved.shape.dimensions
    size = x.shape[self.axis]
    tensor = try moved.reshaped([size == 0 ? 0 : x.count / size, size])
  }

  /// [rows, count] with its axis where it was in the tensor.
  func restored(_ x: Tensor) throws -> Tensor {
    let result = try x.reshaped(sizes.dropLast() + [x.shape[1]])
    guard axis != sizes.count - 1 else { return result }
    return try result.transposed((0..<sizes.count).map { $0 < axis ? $0 : $0 == axis ? sizes.count - 1 : $0 - 1 })
  }

  /// The first `count` places of each row in rising (falling) order; [rows, count].
  func ordered(_ count: Int, descending: Bool) throws -> Tensor {
    let rows = tensor.shape[0]
    guard size <= 1 << 24 else { throw tooLong }
    try tensor.realize()
    guard let floats = try tensor.node.storage?.buffer else { throw tooLong }
    let result = try Storage(count: rows * count)
    // The keys, and what sorting them takes.
    try Memory.check(bytes: 2 * size * MemoryLayout<UInt64>.stride)
    var keys: [UInt64] = []
    for row in 0..<rows {
      if row % 256 == 0 { try Engine.checkStop() }
      keys.removeAll(keepingCapacity: true)
      for place in 0..<size {
        let key = Self.key(floats[row * size + place], descending: descending) << 32 | UInt64(place)
        if count > Self.few || keys.count < count {
          keys.append(key)
          if keys.count == count, count <= Self.few { keys.sort() }
        } else if key < keys[count - 1] {
          Self.insert(key, into: &keys)
        }
      }
      if count > Self.few { keys.sort() }
      for place in 0..<count { result.pointer[row * count + place] = Float(keys[place] & 0xFFFF_FFFF) }
    }
    return try Tensor(built: Node(storage: result, shape: try Shape([rows, count])))
  }

  /// Up to so many are selected by insertion while the row is read; for more the row is sorted.
  private static let few = 32

  /// Inserts a key into sorted ones, the last of which drops out.
  private static func insert(_ key: UInt64, into keys: inout [UInt64]) {
    var place = keys.count - 1
    while place > 0, keys[place - 1] > key {
      keys[place] = keys[place - 1]
      place -= 1
    }
    keys[place] = key
  }

  /// A number that orders as the float does; 0 and −0 are equal, NaN is greater than all others.
  private static func key(_ value: Float, descending: Bool) -> UInt64 {
    let bits = value == 0 ? 0 : value.bitPattern
    let rising = value.isNaN ? UInt32.max : bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
    return UInt64(descending ? ~rising : rising)
  }

  /// The elements at these places of each row, [rows, count].
  func picked(_ places: Tensor) throws -> Tensor {
    let count = places.shape[1]
    let rows = tensor.shape[0]
    let floats = try places.floats()
    guard rows > 0, size > 0 else { return places }
    let taken = (0..<rows).flatMap { row in floats[row * count..<(row + 1) * count].map { row * size + Int($0) } }
    return try tensor.reshaped([rows * size]).taken(taken).reshaped([rows, count])
  }

  private var tooLong: TensorError {
    TensorError(
      title: "the row is too long to be put in order", operands: [("x", "\(tensor.shape)")],
      advice: "At most 16 million numbers are. Take a part of them.")
  }
}
