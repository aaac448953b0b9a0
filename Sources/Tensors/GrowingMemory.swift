/// Memory that grows by one trivial element at a time, without what an array checks at each of them. It stays as large as it was.
final class GrowingMemory<Element: BitwiseCopyable> {
  private(set) var start: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    start = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { start.deallocate() }

  /// - Parameter place: In 0 ..< count, which the caller must ensure.
  subscript(place: Int) -> Element {
    get { start[place] }
    set { start[place] = newValue }
  }

  @inline(__always)
  func append(_ element: Element) {
    if count == capacity { grow() }
    (start + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always)
  func removeLast() { count &-= 1 }

  func truncate(to count: Int) { self.count = min(count, self.count) }

  @inline(never)
  private func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
    larger.initialize(from: start, count: count)
    start.deallocate()
    start = larger
    capacity *= 2
  }
}
