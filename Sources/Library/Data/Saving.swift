import Formats
import Graphics
import Interpreter
import Networks
import Tensors

/// `save`: a value in the file format that the path ends with.
enum Saving {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "save", "Writes a value to a file, in the format that the path ends with.", subject: "Data and files",
        parameters: [
          Parameter(
            "value", .any,
            "a run, a tensor, a record of tensors, a net, an image, a plot, a record of lists, a list of records, a string, or for JSON any of these but pictures and nets"
          ),
          Parameter("path", .string, "the file to write; what stood there is replaced only when the new file is whole"),
        ],
        examples: [
          Example("save eye(3), \"/tmp/gan-example.npy\"\nload(\"/tmp/gan-example.npy\").shape", "[3, 3]")
        ],
        details: """
          - \(ending(\.weights)): a run, whole: nets, optimizers, random state, data order, history and the script, from which `resume` goes \
          on. Any record that holds more than tensors is kept so. Or the weights of a net, or a record of tensors.
          - \(ending { $0.array != nil && $0.table == nil }): a tensor. \(ending { $0.arrays != nil && !$0.weights }): a record of tensors.
          - \(ending { $0.table != nil }): a tensor of two axes; a record of lists of one length, such as a run's history, each a column; or a list of records, \
          each a row. Cells are numbers, strings, booleans or none.
          - \(ending { $0.document != nil }): records, lists, strings, numbers, booleans, none, and tensors, which become lists; in the second each element of a \
          list has a line. Numbers that are not finite become null, and a note says so. \(ending { $0.text != nil }): a string.
          - \(ending(\.isVisual)): an image, a plot, or a tensor that is one picture.
          """
      ) { call in
        let path = call.session.path(toWrite: try call.string("path"))
        try save(call.value("value"), to: path, in: call.session)
        return .none
      })
  }

  /// The endings that a kind of contents can be written with, for the help.
  private static func ending(_ isWriting: (FileFormat.Writers) -> Bool) -> String {
    FileFormat.all.filter { isWriting($0.writers) }.compactMap(\.suffixes.first).map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func save(_ value: Value, to path: String, in session: Session) throws {
    let ending = FileFacts.ending(of: path)
    guard let format = FileFormat.named(path), format.writers.any else {
      throw Failure(
        "the file's ending does not say what to write", [(.argument("path"), ending.isEmpty ? "no ending" : ".\(ending)")],
        advice: "Use \(FileFormat.endings(where: \.any)).")
    }
    let writers = format.writers
    if writers.weights {
      if case .object(let object) = value, let network = object as? NetworkValue { return try network.saveWeights(to: path) }
      if case .record(let record) = value, record.fields.contains(where: { $0.value.tensor == nil }) {
        return try RunFile.save(record, to: path, in: session)
      }
    }
    if let write = writers.document, Documents.isDocument(value) { return try write(Documents.json(value, session), path) }
    if let write = writers.text, case .string(let text) = value { return try write(text, path) }
    if let write = writers.array, let array = try array(value), writers.rank.map({ $0 == array.shape.count }) ?? true {
      return try write(array, path)
    }
    if let write = writers.table, let table = try NamedTable.table(value) { return try write(table, path) }
    if let write = writers.arrays, let arrays = try arrays(value) { return try write(arrays, path) }
    if writers.isVisual, try PictureFile.write(value, to: path, PictureFile.Options(), in: session) { return }
    throw Failure(
      "\(value.typeNameWithArticle) cannot be written as .\(ending)", [(.argument("value"), value.typeNameWithArticle)],
      advice: "See `help save` for what each ending takes.")
  }

  private static func array(_ value: Value) throws -> NumericArray? {
    guard case .object(let object) = value else { return nil }
    if let tensor = (object as? TensorValue)?.tensor {
      return NumericArray(shape: tensor.shape.dimensions, values: try tensor.floats())
    }
    return nil
  }

  private static func arrays(_ value: Value) throws -> [NamedArray]? {
    guard case .record(let record) = value else { return nil }
    return try record.fields.map { name, value in
      guard let array = try array(value) else {
        throw Failure(
          "only tensors can be kept in this file", [(.argument("value"), "`\(name)` is \(value.typeNameWithArticle)")],
          advice: "Write a record whose fields are all tensors.")
      }
      return NamedArray(name: name, array: array)
    }
  }
}
