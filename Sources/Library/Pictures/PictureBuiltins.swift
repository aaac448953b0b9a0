import Formats
import Graphics
import Interpreter
import Tensors

/// Images: made from tensors, laid out, shown and written.
enum PictureBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(.image)
    catalog.add(
      Builtin(
        "image", "A picture of the numbers of a tensor.", subject: "Pictures",
        parameters: [
          Parameter("pixels", .either(.tensor, .image), "[height, width, channels] with 1 or 3 channels, or [height, width]"),
          Parameter(
            "range", .optional(.sequence), default: .none, "the values that become black and white; by default [0, 1]"),
        ],
        examples: [Example("print image(zeros([28, 28]))", "image of 28×28 pixels, gray")]
      ) { call in
        let rasters = try pictures(call, "pixels")
        guard rasters.count == 1 else {
          throw Failure(
            "an image is one picture", [(.argument("pixels"), "\(rasters.count) pictures")], advice: "Lay them out with grid(…).")
        }
        try call.remarkPixels("pixels", range: try range(call)) { "image(x, \($0))" }
        return .object(ImageValue(rasters[0]))
      })
    catalog.add(
      Builtin(
        "grid", "One image of many pictures, laid out in rows.", subject: "Pictures",
        parameters: [
          Parameter(
            "images", .either(.tensor, .either(.dataSet, .either(.image, .list))),
            "[n, height, width, channels] or [n, height, width], a data set, or a list of images"),
          Parameter("columns", .optional(.integer), default: .none, "pictures in a row; by default about as many as rows"),
          Parameter("padding", .integer, default: .number(0), "pixels between the pictures"),
          Parameter(
            "range", .optional(.sequence), default: .none, "the values that become black and white; by default [0, 1]"),
        ],
        examples: [Example("print grid(zeros([64, 28, 28, 1]))", "image of 224×224 pixels, gray")]
      ) { call in
        let rasters = try pictures(call, "images")
        try call.remarkPixels("images", range: try range(call)) { "grid(x, \($0))" }
        return .object(
          ImageValue(
            try Sheet(rasters, columns: try call.optionalInteger("columns"), padding: try call.integer("padding"))))
      })
    catalog.add(
      Builtin(
        "cut", "The pictures that a sheet of them was laid out from, row by row: the inverse of `grid`.", subject: "Pictures",
        parameters: [
          Parameter(
            "sheet", .either(.image, .tensor), "an image, such as load(\"samples.png\"), or a tensor that is one picture"),
          Parameter("rows", .integer, "pictures below one another"),
          Parameter("columns", .integer, "pictures beside one another"),
          Parameter("padding", .integer, default: .number(0), "pixels between the pictures, as it was given to `grid`"),
        ],
        examples: [
          Example("sheet = grid(uniform([6, 28, 28, 1]), columns: 3)\ncut(sheet, 2, 3).shape", "[6, 28, 28, 1]"),
          Example("sheet = grid(uniform([6, 8, 8, 3]), columns: 3)\ngrid(cut(sheet, 2, 3), columns: 3) == sheet", "true"),
        ],
        details: "A tensor [rows · columns, height, width, channels] of values 0…1; places that `grid` left empty are white."
      ) { call in
        guard let sheet = try Pictures.raster(of: call.value("sheet")) else { throw call.wrong("sheet", wanted: "an image") }
        let pictures = try Grid.cut(
          sheet, rows: call.integer("rows"), columns: call.integer("columns"), padding: call.integer("padding"))
        guard let first = pictures.first else { throw call.wrong("rows", wanted: "at least one row") }
        return .tensor(
          try Tensor(
            pictures.flatMap { $0.values() }, shape: [pictures.count, first.height, first.width, first.channels]))
      })
    catalog.add(
      Builtin(
        "save_image", "Writes an image or a plot in the format that the path ends with.", subject: "Pictures",
        parameters: [
          Parameter("image", .either(.image, .either(.plot, .tensor)), "an image, a plot, or a tensor that is one picture"),
          Parameter("path", .string, "the file, ending in \(FileFormat.endings(where: \.isVisual))"),
          Parameter(
            "scale", .optional(.number), default: .none,
            "how many times as large: of a plot all of it, letters too; of pictures a whole number, each pixel becomes a square"),
          Parameter(
            "width", .optional(.integer), default: .none, "of a plot, in pixels, by default 640; letters do not grow with it"),
          Parameter("height", .optional(.integer), default: .none, "of a plot, in pixels, by default 420"),
        ],
        examples: [
          Example("save_image image(zeros([28, 28])), \"/tmp/gan-example.png\"", ""),
          Example(
            "save_image eye(4), \"/tmp/gan-example-matrix.png\", scale: 16\nload(\"/tmp/gan-example-matrix.png\").width", "64"),
          Example("save_image plot([1, 4, 9]), \"/tmp/gan-example.svg\", width: 400, height: 300", ""),
        ],
        details: """
          In .svg and .pdf a plot, and `panels`, are lines, shapes and text, sharp in every size; a picture stays pixels. A pixel of a plot \
          is 1/96 inch there. Of more than 10000 points, those are left out that others hide, and a message says how many.

          A tensor is written with a pixel for each number; of a small one, `scale: 16` makes each a square of 16×16 pixels. \
          `save_image heatmap(m), path` writes a matrix in colors, with its numbers and a bar that says what the colors mean.
          """
      ) { call in
        let options = PictureFile.Options(
          scale: try call.optionalNumber("scale"), width: try PlotOptions.side(call, "width"),
          height: try PlotOptions.side(call, "height"))
        let path = call.session.path(toWrite: try call.string("path"))
        guard try PictureFile.write(call.value("image"), to: path, options, in: call.session) else {
          throw call.wrong("image", wanted: "an image")
        }
        try call.remarkPixels("image") { "save_image grid(x, \($0)), path" }
        return .none
      })
    catalog.add(
      Builtin(
        "show", "Shows an image, a plot, pictures or points in a tensor, or a data set, where there is a screen.",
        subject: "Pictures",
        parameters: [Parameter("value", .any, "what to look at; anything that is no picture is printed")],
        examples: [Example("show image(zeros([8, 8]))", "")]
      ) { call in
        try show(call)
        return .none
      })
  }

  private static func show(_ call: borrowing Invocation) throws {
    let value = call.value("value")
    guard case .object(let object) = value, let portrait = try object.portrait() else {
      return call.session.emit(.text(try value.printed()))
    }
    if portrait is ImageValue { try call.remarkPixels("value") { "show grid(x, \($0))" } }
    try call.session.show(portrait)
  }

  private static func pictures(_ call: borrowing Invocation, _ name: String) throws -> [Raster] {
    guard let rasters = try Pictures.rasters(of: call.value(name), range: try range(call)) else {
      throw Failure(
        "these are not pictures", [(.argument(name), call.value(name).typeNameWithArticle)],
        advice: "Pictures are tensors [n, height, width, channels], data sets of pictures, or images.")
    }
    return rasters
  }

  static func range(_ call: borrowing Invocation) throws -> ClosedRange<Float>? {
    if case .none = call.value("range") { return nil }
    let numbers = try Numbers.list(call.value("range")) ?? []
    guard case .range = call.value("range") else {
      guard numbers.count == 2, numbers[0] < numbers[1], numbers[0].isFinite, numbers[1].isFinite else { throw badRange(call) }
      return Float(numbers[0])...Float(numbers[1])
    }
    throw badRange(call)
  }

  private static func badRange(_ call: borrowing Invocation) -> Failure {
    Failure(
      "a range of values has a lower and an upper end",
      [(.argument("range"), (try? call.value("range").printed()) ?? "")], advice: "Write range: [-1, 1].")
  }
}
