/// Nodes one after the other, reached without reference counting: the list owns them as long as it lives, and so does its owner.
final class CodeList {
  let codes: [Code]
  let count: Int
  private let references: UnsafeMutablePointer<Unmanaged<Code>>

  init(_ codes: [Code]) {
    self.codes = codes
    count = codes.count
    references = .allocate(capacity: max(codes.count, 1))
    for (place, code) in codes.enumerated() { (references + place).initialize(to: .passUnretained(code)) }
  }

  deinit {
    references.deallocate()
  }

  @inline(__always)
  func evaluate(_ place: Int, _ frame: Frame) throws -> Value {
    try references[place]._withUnsafeGuaranteedRef { try $0.evaluate(frame) }
  }

  @inline(__always)
  func execute(_ place: Int, _ frame: Frame) throws -> Flow {
    try references[place]._withUnsafeGuaranteedRef { try $0.execute(frame) }
  }
}
