/// Values that grow piece by piece ask for the memory each time they are to become much larger.
extension Array {
  /// Makes room for further elements: at least twice as much as there is, as appending does.
  ///
  /// - Parameter heldBytes: what each element holds besides itself.
  /// - Throws: `Memory.Shortage` where that is not to be had.
  @inline(__always)
  public mutating func makeRoom(for additional: Int = 1, heldBytes: Int = 0) throws(Memory.Shortage) {
    if capacity - count < additional { try grow(by: additional, heldBytes) }
  }

  @inline(never)
  private mutating func grow(by additional: Int, _ heldBytes: Int) throws(Memory.Shortage) {
    let wanted = Swift.max(2 * capacity, count.addingReportingOverflow(additional).partialValue)
    let (bytes, overflow) = wanted.multipliedReportingOverflow(by: MemoryLayout<Element>.stride + heldBytes)
    try Memory.require(overflow || wanted < 0 ? .max : bytes)
    reserveCapacity(wanted)
  }
}

extension String {
  /// Puts a text behind this one.
  ///
  /// - Throws: `Memory.Shortage` where there is no memory for it.
  @inline(__always)
  public mutating func grow(by text: String) throws(Memory.Shortage) {
    let (before, after) = (utf8.count, utf8.count + text.utf8.count)
    // Growing takes a place twice as large from time to time.
    if before >> 20 != after >> 20 { try Memory.require(2 * after) }
    self += text
  }

  /// The texts one behind another, `separator` between them.
  ///
  /// - Throws: `Memory.Shortage` where there is no memory for it.
  public init(joining texts: [String], separator: String) throws(Memory.Shortage) {
    var count = 0
    for text in texts {
      let (sum, overflow) = count.addingReportingOverflow(text.utf8.count + separator.utf8.count)
      count = overflow ? .max : sum
      if overflow { break }
    }
    try Memory.require(count)
    self = texts.joined(separator: separator)
  }
}
