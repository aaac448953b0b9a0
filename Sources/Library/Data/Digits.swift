import Formats
import Interpreter
import StandardLibrary

/// The handwritten digits that are built into the program, so that no file is needed to begin.
enum Digits {
  /// How many there are.
  static let count = 3000
  private static let side = 28

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "digits", "Handwritten digits that come with the program: pictures of 28×28 gray pixels, with their classes.",
        subject: "Data and files",
        parameters: [
          Parameter("n", .integer, default: .number(Double(count)), "how many of the \(count); the first ones, which are mixed")
        ],
        examples: [
          Example("print digits()", "3000 images of 28×28×1, values 0…1, 10 classes (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)"),
          Example("digits(100).images.shape", "[100, 28, 28, 1]"),
          Example("digits(5).labels |> print", "[0, 7, 9, 9, 1]"),
        ],
        details: """
          There are 300 of every class, taken from MNIST (LeCun, Cortes and Burges; CC BY-SA 3.0), white on black. `load` reads larger sets, \
          such as the whole of MNIST, from files.
          """
      ) { call in
        let n = try call.integer("n")
        guard (1...count).contains(n) else {
          throw Failure(
            "there are \(count) digits in the program", [(.argument("n"), "\(n)")],
            advice: "Write a number from 1 to \(count). `load` reads more of them from files.")
        }
        return .object(try dataSet(n))
      })
  }

  /// The first `n` of them.
  private static func dataSet(_ n: Int) throws -> DataSet {
    let packed = [UInt8](UnsafeBufferPointer(start: standard_digits.bytes, count: standard_digits.length))
    let size = side * side
    let bytes = try Gzip.decompress(packed, path: "digits()", limit: count * (size + 1))
    guard bytes.count == count * (size + 1) else {
      throw FormatError(title: "the digits in the program are damaged", advice: "Build the program anew.", path: "digits()")
    }
    return DataSet(
      .bytes(Array(bytes[count..<count + n * size])), sampleShape: [side, side, 1], size: n,
      labels: bytes[..<n].map { Int($0) }, classes: (0..<10).map(String.init), range: 0...1)
  }
}
