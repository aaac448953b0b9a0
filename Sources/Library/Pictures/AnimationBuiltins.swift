import Formats
import Graphics
import Interpreter

/// Pictures one after another, and the words under them.
enum AnimationBuiltins {
  private static let subject = "Pictures"

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "save_animation", "Writes pictures, one after another, as an animated PNG or GIF.", subject: subject,
        parameters: [
          Parameter(
            "frames", .either(.tensor, .list),
            "a list of images, plots or tensors, each a frame, or a tensor [frames, height, width, channels]; all of one size"),
          Parameter("path", .string, "the file, ending in \(FileFormat.endings(inFull: true) { $0.animation != nil })"),
          Parameter(
            "seconds", .optional(.either(.number, .sequence)), default: .none,
            "how long each frame is shown, by default 0.1; a list has a time for each"),
          Parameter("fps", .optional(.number), default: .none, "the same in frames per second, instead of `seconds`"),
          Parameter("loop", .optional(.integer), default: .none, "how many times all are shown; by default without end"),
          Parameter("scale", .integer, default: .number(1), "how many pixels wide and high each pixel is shown"),
          Parameter(
            "range", .optional(.sequence), default: .none,
            "the values of tensors that become black and white; by default [0, 1]"),
        ],
        examples: [
          Example("save_animation uniform([5, 28, 28, 1]), \"/tmp/gan-example.gif\", fps: 5", ""),
          Example(
            "frames = []\nfor i in 0..3 { append frames, grid(uniform([4, 8, 8, 3])) }\nsave_animation frames, \"/tmp/gan-example.png\"",
            ""),
        ],
        details: """
          An animated PNG keeps every pixel, and what cannot play it shows its first frame. A GIF has 256 colors: pictures in gray keep \
          every pixel, those of more colors get the nearest of 256, without dithering. A last frame that stays for a while: \
          `seconds: [0.1] * (len(frames) - 1) + [2]`.
          """
      ) { call in
        let animation = try Animation(
          try frames(call), seconds: try seconds(call), plays: try plays(call))
        try animation.write(to: call.session.path(toWrite: try call.string("path")))
        return .none
      })
    catalog.add(
      Builtin(
        "caption", "A picture with a line of text under it.", subject: subject,
        parameters: [
          Parameter("image", .either(.image, .either(.plot, .tensor)), "an image, a plot, or a tensor of one picture or more"),
          Parameter("text", .string, "the line, such as \"step {run.step}\"; what is too long for the picture is cut off"),
          Parameter("size", .integer, default: .number(13), "the height of a line in pixels"),
        ],
        examples: [Example("print caption(image(zeros([56, 56])), \"step 50\")", "image of 56×76 pixels, gray")]
      ) { call in
        guard let picture = try Pictures.raster(of: call.value("image")) else { throw call.wrong("image", wanted: "an image") }
        try call.remarkPixels("image") { "caption(grid(x, \($0)), text)" }
        let size = try call.integer("size")
        guard size >= 6, size <= 400 else {
          throw Failure("a line is 6 … 400 pixels high", [(.argument("size"), "\(size)")], advice: "13 can be read well.")
        }
        return .object(ImageValue(try captioned(picture, try call.string("text"), size: size)))
      })
  }

  private static func frames(_ call: borrowing Invocation) throws -> [Raster] {
    let given = try PictureBuiltins.range(call)
    try call.remarkPixels("frames", range: given) { "save_animation x, path, \($0)" }
    let range = given ?? 0...1
    let scale = try call.integer("scale")
    guard case .list(let list) = call.value("frames") else {
      return try Pictures.rasters(of: call.tensor("frames"), range: range).map { try $0.scaledUp(by: scale) }
    }
    return try list.elements.enumerated().map { number, value in
      guard let raster = try Pictures.raster(of: value, range: range) else {
        throw Failure(
          "the frames of an animation are pictures", [(.argument("frames"), "\(value.typeNameWithArticle) at place \(number)")],
          advice: "A frame is an image, a plot or a tensor.")
      }
      return try raster.scaledUp(by: scale)
    }
  }

  private static func seconds(_ call: borrowing Invocation) throws -> [Double] {
    if let rate = try call.optionalNumber("fps") {
      guard !call.isGiven("seconds") else {
        throw Failure(
          "the time of a frame is given twice", [(.argument("seconds"), ""), (.argument("fps"), "and here")],
          advice: "fps: 10 is the same as seconds: 0.1.")
      }
      guard rate > 0, (Animation.shortestSeconds...Animation.longestSeconds).contains(1 / rate) else {
        throw Failure(
          "frames cannot follow at this rate", [(.argument("fps"), rate.brief)],
          advice: "Viewers show at most 50 frames a second.")
      }
      return [1 / rate]
    }
    if let one = try Numbers.single(call.value("seconds")) { return [one] }
    if case .none = call.value("seconds") { return [0.1] }
    guard let times = try Numbers.list(call.value("seconds")) else { throw call.wrong("seconds", wanted: "a list of numbers") }
    return times
  }

  private static func plays(_ call: borrowing Invocation) throws -> Int {
    guard let plays = try call.optionalInteger("loop") else { return 0 }
    guard (1...Animation.mostPlays).contains(plays) else {
      throw Failure(
        "an animation is shown 1 … \(Animation.mostPlays) times", [(.argument("loop"), "\(plays)")],
        advice: "Leave `loop` out for an animation without end.")
    }
    return plays
  }

  /// The picture on a page that reaches a line farther down, black on white; a gray picture stays gray.
  private static func captioned(_ picture: Raster, _ text: String, size: Int) throws -> Raster {
    let height = Double(size)
    var page = try Raster(width: picture.width, height: picture.height + size * 3 / 2 + 1, channels: 3, fill: 255)
    try page.paste(picture.color(), x: 0, y: 0)
    var canvas = Canvas(page)
    let width = Double(picture.width)
    canvas.text(
      Canvas.shortened(text, to: width - 2, size: height), at: .init(width / 2, Double(picture.height) + height * 1.1),
      size: height,
      anchor: .middle)
    return picture.channels == 1 ? canvas.raster.gray() : canvas.raster
  }
}
