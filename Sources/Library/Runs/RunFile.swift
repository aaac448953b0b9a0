import Formats
import Interpreter
import Tensors

/// A checkpoint: all there is to know about a run, in one safetensors file.
///
/// The tensors are tensors of the file, so that other programs can read them. The rest stands in its metadata, which the format
/// wants to be texts:
/// - `format`: "gan run"; `format_version`: "2"; `version`: that of the program
/// - `step`: the run's step, where it has one
/// - `script`: the text of the program that the run was made by
/// - `state`: JSON `{"chance": {"seed", "stream", "asides"}, "run": value}`; see `RunEncoder` and `KeptKinds` for what a value is
/// - `checksum`: CRC-32 of the other metadata, and of each tensor its name, its shape and its numbers
struct RunFile {
  let path: String
  let script: String
  let version: String
  /// Where the main sequence of chance stood.
  let chance: RandomSource.State
  /// The run, as `RunEncoder` wrote it.
  let run: JSON
  let tensors: [String: NumericArray]

  static let format = "gan run"
  private static let formatVersion = 2

  // MARK: Writing

  static func save(_ run: Record, to path: String, in session: Session) throws {
    let encoder = RunEncoder()
    let value = try encoder.encode(run)
    try Tensor.realize(encoder.tensors.map(\.tensor))
    let chance = session.chance.source.state
    let state = JSON.object([
      "chance": .object([
        "seed": .string(Hexadecimal.text(chance.key.seed)), "stream": .string(Hexadecimal.text(chance.key.stream)),
        "asides": .string(Hexadecimal.text(chance.asides)),
      ]),
      "run": value,
    ]).text
    var metadata = [
      "format": format, "format_version": "\(formatVersion)", "version": Version.text, "script": session.programText,
      "state": state,
    ]
    if case .number(let step)? = run["step"] { metadata["step"] = JSON.number(step).text }
    var checksum = checksum(of: metadata)
    for (name, tensor) in encoder.tensors {
      checksum.add(header(name, tensor.shape.dimensions))
      checksum.add(try tensor.floats())
    }
    metadata["checksum"] = checksum.text
    let pending = encoder.tensors.map { name, tensor in
      SafeTensors.PendingTensor(name: name, shape: tensor.shape.dimensions) { try tensor.floats() }
    }
    try SafeTensors.write(pending, metadata: metadata, to: path)
  }

  private static func checksum(of metadata: [String: String]) -> Checksum {
    var checksum = Checksum()
    for (key, text) in metadata.sorted(by: { $0.key < $1.key }) where key != "checksum" { checksum.add("\(key) \(text)") }
    return checksum
  }

  private static func header(_ name: String, _ shape: [Int]) -> String { "\(name) \(shape)" }

  // MARK: Reading

  /// Reads a file and checks that it is whole.
  init(_ path: String) throws {
    guard let file = try RunFile.found(at: path) else {
      throw FormatError(
        title: "this is not a checkpoint of a run",
        advice: "It holds tensors alone. `save run, path` writes a whole run; load(path, into: D) takes the weights of a net.",
        path: path)
    }
    self = file
  }

  /// The checkpoint at a path; nil where a file of tensors alone is there.
  static func found(at path: String) throws -> RunFile? {
    let file = try SafeTensors.read(path)
    return file.isRun ? try RunFile(file, path: path) : nil
  }

  init(_ file: SafeTensors, path: String) throws {
    guard file.metadata["format_version"] == "\(RunFile.formatVersion)" else {
      throw FormatError(
        title: "this checkpoint is of another version of Gan",
        advice: """
          It was written by Gan \(file.metadata["version"] ?? "?") in form \(file.metadata["format_version"] ?? "?"); this is \
          \(Version.text), which reads form \(RunFile.formatVersion).
          """, path: path)
    }
    guard let script = file.metadata["script"], let state = file.metadata["state"] else { throw RunFile.damaged(path) }
    var checksum = RunFile.checksum(of: file.metadata)
    for named in file.tensors {
      checksum.add(RunFile.header(named.name, named.array.shape))
      checksum.add(named.array.values)
    }
    guard checksum.text == file.metadata["checksum"] else {
      throw RunFile.damaged(path, "Its checksum does not fit: some of its bytes have changed since it was written.")
    }
    guard case .object(let parts) = try? JSON(state.utf8), let run = parts["run"], case .object(let chance) = parts["chance"],
      let seed = Hexadecimal.number(chance["seed"]), let stream = Hexadecimal.number(chance["stream"]),
      let asides = Hexadecimal.number(chance["asides"])
    else { throw RunFile.damaged(path) }
    self.path = path
    self.script = script
    version = file.metadata["version"] ?? ""
    self.chance = RandomSource.State(key: RandomKey(seed: seed, stream: stream), asides: asides)
    self.run = run
    tensors = Dictionary(file.tensors.map { ($0.name, $0.array) }) { first, _ in first }
  }

  /// The path of what is called `name` inside of what stands under `path`: "D.layers.0".
  static func path(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  static func damaged(_ path: String, _ reason: String = "What it says about the run cannot be understood.") -> FormatError {
    FormatError(title: "the checkpoint is damaged", advice: "\(reason) Take an older one.", path: path)
  }

  /// The tensor of this name.
  func tensor(_ name: String) throws -> Tensor {
    guard let array = tensors[name] else { throw RunFile.damaged(path) }
    return try Tensor(array.values, shape: array.shape)
  }
}

extension SafeTensors {
  /// Whether this is a checkpoint of a run.
  var isRun: Bool { metadata["format"] == RunFile.format }
}

/// Whole numbers of 64 bits, which JSON's own numbers cannot hold.
enum Hexadecimal {
  static func text(_ number: UInt64) -> String { String(number, radix: 16) }

  static func number(_ text: JSON?) -> UInt64? {
    if case .string(let digits)? = text { UInt64(digits, radix: 16) } else { nil }
  }
}
