/// How a kernel goes over the memory that it reads and writes.
extension FusedKernel {
  func canWrite(_ new: Int, over old: Int) -> Bool {
    let stores = stores.filter { $0.buffer == new }
    let loads = loads.filter { $0.buffer == old }
    guard stores.count == 1, loads.allSatisfy({ $0.kind == .direct && $0.offset == 0 }),
      let made = instructions.lastIndex(where: { $0.destination == stores[0].slot })
    else { return false }
    let slots = Set(loads.map(\.slot))
    let isReadLater = instructions[(made + 1)...].contains { !slots.isDisjoint(with: $0.operands) }
    return !isReadLater && !reductions.contains { $0.slot.map(slots.contains) ?? false }
  }

  /// Whether it reads all of a buffer of `count` numbers, each where its own number of the same place is made.
  func readsInOrder(_ buffer: Int, count: Int) -> Bool {
    let loads = loads.filter { $0.buffer == buffer }
    return elements == count && loads.count == 1 && loads[0].kind == .direct && loads[0].offset == 0
  }

  /// What it reads and writes number for number in the order of its space.
  var inOrder: [BufferPlace] {
    loads.filter { $0.kind == .direct }.map { BufferPlace(buffer: $0.buffer, offset: $0.offset) }
      + stores.map { BufferPlace(buffer: $0.buffer) }
  }

  /// Whether the part over some of so many rows reads only the same rows of a buffer.
  func readsByRow(_ buffer: Int, count: Int, rows: Int) -> Bool {
    loads.allSatisfy { $0.buffer != buffer || goesByRow($0.strides, $0.offset, count: count, rows: rows) }
  }

  /// Buffers of which the part over some of so many rows makes the same rows.
  func madeByRow(_ rows: Int) -> [Int] {
    stores.map(\.buffer)
      + reductions.filter { $0.parts == nil && goesByRow($0.strides, 0, count: $0.count, rows: rows) }.map(\.result)
  }

  /// Whether the numbers at each of `rows` rows of the space lie in the same row of a buffer.
  /// - Parameter strides: Along the axes of the space, innermost first.
  private func goesByRow(_ strides: [Int], _ offset: Int, count: Int, rows: Int) -> Bool {
    var (axis, product) = (sizes.count, 1)
    while axis > 0, product < rows {
      axis -= 1
      product = product &* sizes[axis]
    }
    guard product == rows, count % rows == 0 else { return false }
    let length = count / rows
    var step = length
    for outer in axis..<sizes.count where sizes[outer] != 1 {
      if strides[outer] != step { return false }
      step = step &* sizes[outer]
    }
    var last = offset
    for inner in 0..<axis {
      if strides[inner] < 0 { return false }
      last = last &+ (sizes[inner] - 1) &* strides[inner]
    }
    return last < length
  }
}
