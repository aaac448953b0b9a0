import Graphics
import Interpreter
import Tensors

/// Pictures in another size.
enum ResizeBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "resize", "A picture, or a batch of them, in another size.", subject: "Shapes and places",
        parameters: [
          Parameter(
            "x", .either(.tensor, .image), "[n, height, width, channels], [n, height, width], [height, width], or an image"),
          Parameter("size", .either(.count, .sequence), "[height, width], or one number for both"),
          Parameter(
            "method", .string, default: .string("bilinear"),
            "\"bilinear\", \"nearest\", or \"area\", the mean of what a new pixel covers: the best to shrink"),
        ],
        examples: [
          Example("resize(zeros([8, 28, 28, 1]), [32, 40]).shape", "[8, 32, 40, 1]"),
          Example("print resize(tensor([[1, 2], [3, 4]]), 1, method: \"area\")", "[[2.5]]"),
          Example("print resize(tensor([[0, 4]]), [1, 4])", "[[0, 1, 3, 4]]"),
        ],
        details: """
          Of tensors derivatives of any order pass, by each method. \"bilinear\" is PyTorch's `interpolate` with align_corners=False and, as \
          there, leaves out pixels where it shrinks a side to less than half. \"nearest\" takes the pixel under the new one's center. A tensor \
          [height, width, channels] is told from [n, height, width] as everywhere: by its 1 or 3 channels.
          """
      ) { call in
        let method = try method(call)
        let (height, width) = try size(call)
        if case .object(let object) = call.value("x"), let image = object as? ImageValue {
          let filter: Raster.Filter =
            switch method {
            case .bilinear: .linear
            case .nearest: .nearest
            case .area: .area
            }
          return .object(ImageValue(try image.raster.resized(width: width, height: height, filter: filter)))
        }
        let x = try call.tensor("x")
        let axis = try rowAxis(of: x)
        return .tensor(try x.resized(axis: axis, to: height, by: method).resized(axis: axis + 1, to: width, by: method))
      })
  }

  private static func method(_ call: borrowing Invocation) throws -> Resizing {
    let name = try call.string("method")
    if let method = Resizing(rawValue: name) { return method }
    let names = Resizing.allCases.map { "\"\($0.rawValue)\"" }
    throw Failure(
      "there is no method of this name", [(.argument("method"), call.value("method").briefly)],
      advice: "It is \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "").")
  }

  private static func size(_ call: borrowing Invocation) throws -> (height: Int, width: Int) {
    let sizes: [Int]
    if case .number = call.value("size") {
      let side = try call.integer("size")
      sizes = [side, side]
    } else {
      sizes = try call.shape("size")
    }
    guard sizes.count == 2, sizes.allSatisfy({ $0 > 0 }) else {
      throw Failure(
        "a picture's size is its height and its width", [(.argument("size"), call.value("size").briefly)],
        advice: "Write [64, 64], or 64 for both.")
    }
    return (sizes[0], sizes[1])
  }

  /// The axis along which the rows of pictures lie; that of the columns follows.
  private static func rowAxis(of x: Tensor) throws -> Int {
    let sizes = x.shape.dimensions
    switch sizes.count {
    case 4: return 1
    case 3: return Pictures.isSingle(sizes) ? 0 : 1
    case 2: return 0
    default:
      throw Failure(
        "the tensor is not made of pictures", [(.argument("x"), "\(x.shape)")],
        advice: "Pictures are [n, height, width, channels], [n, height, width] or [height, width].")
    }
  }
}
