import Formats
import Graphics
import Interpreter
import Networks
import Tensors

/// `load`: what lies at a path, whatever it is.
enum Loading {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "load", "Reads what lies at a path, telling its kind by looking at it.", subject: "Data and files",
        parameters: [
          Parameter("path", .string, "a file or folder; looked for in the working directory, then beside the script"),
          Parameter(
            "size", .optional(.either(.sequence, .number)), default: .none,
            "the height and width to bring every picture to, [28, 28] or 28; by default the most common size"),
          Parameter(
            "fit", .string, default: .string(Fit.crop.rawValue),
            "of a picture of another aspect: \"crop\" cuts off what reaches beyond, \"pad\" puts black beside it, \"stretch\" squashes it"
          ),
          Parameter(
            "channels", .optional(.integer), default: .none, "1 for gray, 3 for color; by default as the files have it"),
          Parameter("invert", .boolean, default: .boolean(false), "exchanges light and dark, for black ink on white paper"),
          Parameter(
            "split", .optional(.either(.string, .list)), default: .none,
            "which part of a folder to read, \"train\", or a list of such; a folder with several names them"),
          Parameter(
            "flip", .boolean, default: .boolean(false), "mirrors half of the pictures of each batch, left to right, at random"),
          Parameter(
            "crop", .optional(.either(.sequence, .number)), default: .none,
            "the height and width of the part, anywhere in it, that a batch has of each picture of a folder"),
          Parameter(
            "memory", .optional(.number), default: .none,
            "the most bytes of a folder's pictures that are kept in memory; more are read from the disk while training"),
          Parameter(
            "cache", .optional(.either(.string, .boolean)), default: .none,
            "the folder for decoded pictures that are not kept in memory; false: they are decoded anew for each batch"),
          Parameter(
            "names", .boolean, default: .boolean(true),
            "whether the columns of a \(FileFormat.names(of: [.table], "or")) file keep their names; false: only its numbers, as a tensor"
          ),
          Parameter(
            "into", .optional(.network), default: .none,
            "a net that takes the weights of a \(FileFormat.names(of: [.weights], "or")) file"),
          Parameter(
            "limit", .optional(.count), default: .none,
            "how many bytes may come out of a compressed file; none: 256 MB or a hundred times its size, and at most 2 GB"),
        ] + TableOptions.parameters,
        examples: [
          Example("print load(\"examples/data/digits\")", nil)
        ],
        details: """
          - A folder of \(FileFormat.pictureNames("or")) files, a folder of class folders of such files, which may lie deeper in them, an \(FileFormat.names(of: [.pictures], "or")) \
          file (also gzip-compressed), or a folder of IDX images and labels gives a data set with values 0…1. Files that cannot be read are \
          reported by name and skipped.
          - A folder that holds several parts of a data set (`train` and `val` above the classes, or IDX files of several names) is read \
          by `split: "train"`; some words of a name are enough where they fit one alone: `split: "letters"`. `split: ["train", "val"]` reads both.
          - `flip: true` and `crop: 64` change the pictures of a shuffled batch at random, anew in each epoch, by chance that the batches draw \
          with their order: no other draw moves. Elsewhere the data set has its pictures unflipped, and their middle: `size: 72, crop: 64`.
          - A folder with more bytes of pictures than `memory` (512 MiB, or an eighth of the machine's memory where that is less) is read \
          while training, some batches ahead. Each picture is decoded once, into a file in `cache` ($XDG_CACHE_HOME/gan, or ~/.cache/gan) \
          that is used again as long as no file of the folder changes; it may be deleted at any time. Batches are the same to the bit.
          - \(FileFormat.names(of: [.array])) gives a tensor, \(FileFormat.names(of: [.arrays, .weights], "or")) a record of tensors, one \(FileFormat.pictureNames("or")) an image. Tensors are float32: a note says \
          how many whole numbers were rounded, which begins above 16777216 (2^24).
            A member of an \(FileFormat.names(of: [.arrays], "or")) file that holds no numbers is named in a note, and left out.
          - A picture has 1 channel where it is stored in gray, else 3. It is set upright as its camera says (EXIF), opacity is laid onto white, \
          and of several frames the first is read. `tensor` of it has the numbers 0…1: of pictures with 16 bits a channel 65535 stands for 1, \
          of others 255.
          - \(FileFormat.names(of: [.table], "or")) gives a tensor [rows, columns]; where its first line holds names, a record of lists, one for each column. A column is \
          numbers, or `true` and `false`, where all of its cells are, and else strings; numbers that all stand in quotes, in a table where others do not, are strings too. What is \
          missing (nothing, NA, null, …) is nan among numbers and none elsewhere. Numbers with zeros in front stay strings. Of two columns with one \
          name the second is called a.1. Rows that have names of their own, or a separator at their end, may be one cell longer than the line of names; \
          names may stand in a comment, as NumPy writes them, or be numbers that count up (0, 1, 2), as pandas does. How it is written is guessed by its look; the options from `header` on say it.
          - \(FileFormat.names(of: [.document], "or")) gives records, lists, strings, numbers, booleans and none. NaN and Infinity, which some programs write, are numbers.
          - \(FileFormat.names(of: [.array, .table, .document], "or")) files and texts are read through gzip too: `load "points.csv.gz"`.
          - Other text gives a string in which each line ends with \\n: `split(load("a.txt"), "\\n")` are its lines. A table in a .txt file is read with a \
          `separator`.
          - `load "weights.safetensors", into: D` sets the weights of a net; from a checkpoint of a run, those of its net of the same \
          layers.
          - A checkpoint of a run, which `save run, path` wrote, gives a record: `run`, its values, with nets as records of tensors; \
          the `script` that it was made by; the `version` of Gan. `resume` goes on from it.
          """
      ) { call in
        try load(call)
      })
  }

  private static func load(_ call: borrowing Invocation) throws -> Value {
    let path = call.session.path(toRead: try call.string("path"))
    if let network = try call.optionalObject("into", as: NetworkValue.self) {
      if let file = try RunFile.found(at: path) { try file.fill(network) } else { try network.loadWeights(from: path) }
      return .object(network)
    }
    let kind = FileKind.detect(path)
    try refuseTableOptions(kind, path, call)
    switch kind {
    case .pictureFolder:
      try refuse(["limit"], "compressed files", kind.description, call)
      return .object(try FolderLoading.pictures(path, call))
    case .idxFolder:
      try refuse(
        ["size", "fit", "channels", "invert", "flip", "crop", "memory", "cache"], "picture files", kind.description, call)
      return .object(try FolderLoading.idx(path, call))
    case .file(let format):
      try FolderLoading.refuse(["split", "flip", "crop", "memory", "cache"], of: format.noun, call)
      try refusePictureOptions(format, call)
      guard let reader = format.reader else { throw nothingToLoad(path) }
      if case .text = reader, !TableOptions.given(in: call).isEmpty { return try table(path, call) }
      return try file(path, reader, call)
    case .unknown, .missing: throw nothingToLoad(path)
    }
  }

  /// An option that does nothing would be a surprise.
  private static func refuseTableOptions(_ kind: FileKind, _ path: String, _ call: borrowing Invocation) throws {
    var given = TableOptions.given(in: call)
    var isText = false
    if case .file(let format) = kind {
      switch format.reader?.kind {
      case .table, .text: return
      case .document: isText = true
      case .picture, .array, .pictures, .arrays, .weights, nil: break
      }
    }
    if case .missing = kind { return }
    if call.isGiven("encoding"), !isText { given.append("encoding") }
    guard let first = given.first else { return }
    try refuse([first], first == "encoding" ? "texts" : "tables", kind.description, call)
  }

  private static func refusePictureOptions(_ format: FileFormat, _ call: borrowing Invocation) throws {
    if case .picture = format.reader {
      try refuse(["limit"], "compressed files", format.noun, call)
    } else {
      try refuse(["size", "fit", "channels", "invert"], "pictures", format.noun, call)
    }
  }

  private static func refuse(_ names: [String], _ things: String, _ noun: String, _ call: borrowing Invocation) throws {
    for name in names where call.isGiven(name) {
      throw Failure("`\(name)` is for \(things)", [(.argument("path"), noun), (.argument(name), "")], advice: "Leave it out.")
    }
  }

  private static func table(_ path: String, _ call: borrowing Invocation) throws -> Value {
    var options = try TableOptions.options(call)
    options.unfolding = try unfolding(call)
    let fill = try call.optionalNumber("fill")
    guard try call.boolean("names") else { return .object(try tensor(filled(CSV.read(path, options), fill), path, call)) }
    let contents = try CSV.contents(path, options)
    TableOptions.remark(contents.notes, path, call.session)
    switch contents.table {
    case .named(let table):
      if let stranger = options.texts.names.subtracting(table.names).sorted().first {
        throw Failure(
          "the table has no column “\(stranger)”", [(.argument("texts"), "")],
          advice: "Its columns are \(table.names.prefix(20).joined(separator: ", ")).")
      }
      return .record(try NamedTable.record(table, fill: fill))
    case .numbers(let numbers): return .object(try tensor(filled(numbers, fill), path, call))
    }
  }

  /// In a tensor what is missing cannot be none.
  private static func filled(_ array: NumericArray, _ fill: Double?) -> NumericArray {
    guard let fill, !fill.isNaN else { return array }
    var array = array
    for place in array.values.indices where array.values[place].isNaN { array.values[place] = Float(fill) }
    return array
  }

  private static func nothingToLoad(_ path: String) -> FormatError {
    FileKind.detect(path).error(
      expected:
        "Pictures, folders of them, \(FileFormat.names(of: FileFormat.Kind.allCases.filter { $0 != .picture })) files can be loaded",
      path: path)
  }

  private static func file(_ path: String, _ reader: FileFormat.Reader, _ call: borrowing Invocation) throws -> Value {
    switch reader {
    case .pictures(let read):
      switch try read(path, unfolding(call)) {
      case .pictures(let pictures): return .object(FolderLoading.dataSet(of: .bytes(pictures.bytes), pictures.shape, labels: nil))
      case .array(let array): return .object(try tensor(array, path, call))
      }
    case .array(let read): return .object(try tensor(read(path, unfolding(call)), path, call))
    case .arrays(let read):
      let members = try read(path, unfolding(call))
      if !members.refused.isEmpty {
        call.session.remark(
          Remark(
            members.refused.count == 1
              ? "a member of the file cannot be read" : "\(members.refused.count) members of the file cannot be read",
            [(.argument("path"), members.refused.map { "“\($0.name)” is \($0.what)" }.joined(separator: ", "))],
            advice: ["Only arrays of numbers and truth values become tensors."], subject: path))
      }
      return .record(try record(members.arrays, path, call))
    case .weights(let read):
      let file = try read(path)
      return .record(try file.isRun ? RunReading.record(of: RunFile(file, path: path)) : record(file.tensors, path, call))
    case .table: return try table(path, call)
    case .document(let read): return Documents.value(try read(path, TableOptions.encoding(call), unfolding(call)))
    case .text(let read): return .string(try read(path, TableOptions.encoding(call), unfolding(call)))
    case .picture:
      var raster = try ImageFile.read(path, channels: try channels(call))
      if raster.words == nil { remarkMask(raster.bytes, path, call.session) }
      if try call.boolean("invert") { raster = raster.inverted() }
      let fit = try fit(call)
      if let size = try size(call) { raster = try raster.fitted(width: size.width, height: size.height, fit: fit) }
      return .object(ImageValue(raster))
    }
  }

  /// Says that a picture of 8 bits has no numbers above 1, of 255: so masks are stored, which are to be 0 and 1.
  static func remarkMask(_ bytes: [UInt8], _ path: String, _ session: Session) {
    guard !bytes.contains(where: { $0 > 1 }), bytes.contains(1) else { return }
    session.remark(
      Remark(
        "a picture of the numbers 0 and 1 is nearly black", [(.argument("path"), "255 is white in it")],
        advice: ["Of a mask of 0 and 1 tensor(…) * 255 has these numbers again."], subject: path))
  }

  // MARK: Options

  private static func unfolding(_ call: borrowing Invocation) throws -> Unfolding {
    Unfolding(limit: try call.optionalInteger("limit"))
  }

  static func channels(_ call: borrowing Invocation) throws -> ImageFile.Channels {
    switch try call.optionalInteger("channels") {
    case nil: .automatic
    case 1: .gray
    case 3: .color
    case .some(let number):
      throw Failure(
        "pictures have 1 channel or 3", [(.argument("channels"), "\(number)")], advice: "Use 1 for gray or 3 for color.")
    }
  }

  static func fit(_ call: borrowing Invocation) throws -> Fit {
    let word = try call.string("fit")
    guard let fit = Fit(rawValue: word) else {
      throw Failure(
        "there is no fit of this name", [(.argument("fit"), "“\(word)”")],
        advice: "Use “crop”, “pad” or “stretch”.")
    }
    return fit
  }

  /// A height and a width, told by two numbers or one; nil where the option is not given.
  static func size(_ call: borrowing Invocation, _ option: String = "size") throws -> (height: Int, width: Int)? {
    if case .none = call.value(option) { return nil }
    let numbers: [Double]
    if case .number(let side) = call.value(option) {
      numbers = [side, side]
    } else {
      numbers = try call.values(option).map { if case .number(let number) = $0 { number } else { .nan } }
    }
    guard numbers.count == 2, let height = Int(exactly: numbers[0]), let width = Int(exactly: numbers[1]), height > 0, width > 0
    else {
      throw Failure(
        "a size is a height and a width", [(.argument(option), try call.value(option).printed())],
        advice: "Write \(option): [28, 28], or \(option): 28 for a square.")
    }
    return (height, width)
  }

  // MARK: Tensors

  private static func tensor(_ array: NumericArray, _ path: String, _ call: borrowing Invocation) throws -> TensorValue {
    remarkRounding([("", array.rounded, array.shape)], path, call)
    return TensorValue(try Tensor(array.values, shape: array.shape))
  }

  private static func record(_ arrays: [NamedArray], _ path: String, _ call: borrowing Invocation) throws -> Record {
    remarkRounding(arrays.map { ("\($0.name): ", $0.array.rounded, $0.array.shape) }, path, call)
    return Record(try arrays.map { ($0.name, .object(TensorValue(try Tensor($0.array.values, shape: $0.array.shape)))) })
  }

  private static func remarkRounding(
    _ rounded: [(name: String, numbers: RoundedNumbers, shape: [Int])], _ path: String, _ call: borrowing Invocation
  ) {
    if let remark = Rounding.remark(rounded, at: .argument("path"), subject: path) { call.session.remark(remark) }
  }
}
