/// Named tensors in Hugging Face's format: a header in JSON, then the numbers.
public struct SafeTensors: Equatable, Sendable {
  public var metadata: [String: String]
  /// In the order of their places in the file.
  public var tensors: [NamedArray]

  public init(tensors: [NamedArray], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  public subscript(name: String) -> NumericArray? { tensors.first { $0.name == name }?.array }

  /// Reads F64, F32, F16, BF16, BOOL and whole numbers of 8 to 64 bits.
  public static func read(_ path: String) throws -> SafeTensors { throw notYet(path) }
  /// Writes 32-bit floats.
  public func write(to path: String) throws { throw notYet(path) }
}
