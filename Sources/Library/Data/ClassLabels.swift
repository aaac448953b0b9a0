import Formats
import Interpreter
import Tensors

/// The classes of samples, out of what a script tells of them: numbers, texts, true and false, or rows of 0s with a 1 in them.
struct ClassLabels {
  /// For each sample its class, an index into `classes`.
  let numbers: [Int]
  let classes: [String]

  /// What a label is, as it is told.
  private enum Label {
    case number(Double)
    case text(String)
    case truth(Bool)
    case row([Double])

    var kind: Int {
      switch self {
      case .number: 0
      case .text: 1
      case .truth: 2
      case .row: 3
      }
    }
  }

  private static let forms =
    "Give for each sample the number of its class (0, 1, …), its name, true or false, or a row of 0s with a 1."

  /// - Parameters:
  ///   - value: a list, a range or a tensor; [n], [n, 1], or [n, classes] where each row holds one 1.
  ///   - names: the names of the classes in their order; nil where the labels name them.
  ///   - count: how many samples there are.
  init(_ value: Value, names: [Value]?, count: Int) throws {
    let named = try names.map(ClassLabels.names)
    let labels = try ClassLabels.labels(value)
    guard labels.count == count else {
      throw Failure(
        "each sample needs one label", [(.argument("labels"), "\(labels.count) labels for \(count) samples")],
        advice: ClassLabels.forms)
    }
    if let first = labels.first, let odd = labels.firstIndex(where: { $0.kind != first.kind }) {
      throw ClassLabels.wrong(
        odd, "is \(ClassLabels.text(labels[odd])), and label 0 is \(ClassLabels.text(first))", "the labels are not of one kind")
    }
    switch labels.first {
    case nil: (numbers, classes) = ([], named ?? [])
    case .number: (numbers, classes) = try ClassLabels.numbered(labels, named)
    case .text: (numbers, classes) = try ClassLabels.texts(labels, named)
    case .truth: (numbers, classes) = try ClassLabels.truths(labels, named)
    case .row: (numbers, classes) = try ClassLabels.rows(labels, named)
    }
  }

  // MARK: What was given

  private static func labels(_ value: Value) throws -> [Label] {
    if let tensor = value.tensor {
      let numbers = try tensor.doubles()
      switch tensor.rank {
      case 1: return numbers.map(Label.number)
      case 2 where tensor.shape[1] == 1: return numbers.map(Label.number)
      case 2:
        let width = tensor.shape[1]
        return (0..<tensor.shape[0]).map { .row(Array(numbers[$0 * width..<($0 + 1) * width])) }
      default:
        throw Failure(
          "labels are a list, or a tensor [n] or [n, classes]", [(.argument("labels"), "\(tensor.shape)")], advice: forms)
      }
    }
    let elements = try value.elements()
    var labels: [Label] = []
    while let element = try elements.next() { labels.append(try label(element, at: labels.count)) }
    return labels
  }

  private static func label(_ value: Value, at place: Int) throws -> Label {
    switch value {
    case .string(let text): return .text(text)
    case .boolean(let truth): return .truth(truth)
    case .number(let number): return .number(number)
    case .list, .object:
      if let number = try Numbers.single(value) { return .number(number) }
      if let row = try Numbers.list(value) {
        if row.count == 1 { return .number(row[0]) }
        if !row.isEmpty { return .row(row) }
      }
    case .none, .range, .record, .function, .builtin: break
    }
    throw wrong(place, "is \(value.typeNameWithArticle)", "this is no label")
  }

  private static func names(_ values: [Value]) throws -> [String] {
    var names: [String] = []
    for (place, value) in values.enumerated() {
      switch value {
      case .string, .number, .boolean: names.append(try value.printed())
      case .none, .list, .range, .record, .function, .builtin, .object:
        throw Failure(
          "the name of a class is a text", [(.argument("classes"), "\(value.typeNameWithArticle) at place \(place)")],
          advice: "Write classes: [\"cat\", \"dog\"].")
      }
    }
    for (place, name) in names.enumerated() where names.firstIndex(of: name) != place {
      throw Failure(
        "two classes have one name",
        [(.argument("classes"), "\(name) at the places \(names.firstIndex(of: name) ?? 0) and \(place)")],
        advice: "Name each class once.")
    }
    return names
  }

  // MARK: Classes

  private static func numbered(_ labels: [Label], _ names: [String]?) throws -> ([Int], [String]) {
    var numbers: [Int] = []
    for (place, label) in labels.enumerated() {
      guard case .number(let number) = label, let whole = Int(exactly: number), (0..<1 << 20).contains(whole) else {
        throw wrong(place, "is \(text(label))", "the number of a class is a whole number from 0 up")
      }
      if let names, whole >= names.count {
        throw Failure(
          "there is no class \(whole)",
          [(.argument("labels"), "label \(place) is \(whole)"), (.argument("classes"), "\(names.count) names")],
          advice: names.isEmpty ? "Name every class." : "The names are those of the classes 0 to \(names.count - 1).")
      }
      numbers.append(whole)
    }
    return (numbers, names ?? (0..<(numbers.max() ?? -1) + 1).map(String.init))
  }

  private static func texts(_ labels: [Label], _ names: [String]?) throws -> ([Int], [String]) {
    let texts = labels.compactMap { if case .text(let text) = $0 { text } else { nil } }
    let classes = names ?? Set(texts).sorted(by: Paths.naturallyPrecedes)
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    let numbers = try texts.enumerated().map { place, text in
      guard let number = places[text] else {
        throw Failure(
          "there is no class “\(text)”", [(.argument("labels"), "label \(place)")],
          advice: "The classes are named \(classes.joined(separator: ", ")).")
      }
      return number
    }
    return (numbers, classes)
  }

  private static func truths(_ labels: [Label], _ names: [String]?) throws -> ([Int], [String]) {
    if let names, names.count != 2 {
      throw Failure(
        "true and false are two classes", [(.argument("classes"), "\(names.count) names")],
        advice: "Name that of false first: classes: [\"no\", \"yes\"].")
    }
    let numbers = labels.map { if case .truth(true) = $0 { 1 } else { 0 } }
    return (numbers, names ?? ["false", "true"])
  }

  private static func rows(_ labels: [Label], _ names: [String]?) throws -> ([Int], [String]) {
    let rows = labels.compactMap { if case .row(let row) = $0 { row } else { nil } }
    let width = rows.first?.count ?? 0
    let numbers = try rows.enumerated().map { place, row in
      guard row.count == width, let one = row.firstIndex(of: 1), row.filter({ $0 == 0 }).count == width - 1 else {
        throw wrong(place, "is \(text(.row(row)))", "a row that tells a class has a 1 and else 0s")
      }
      return one
    }
    if let names, names.count != width {
      throw Failure(
        "each class needs one name", [(.argument("classes"), "\(names.count) names"), (.argument("labels"), "\(width) classes")],
        advice: "The rows tell of \(width) classes.")
    }
    return (numbers, names ?? (0..<width).map(String.init))
  }

  // MARK: Words

  private static func wrong(_ place: Int, _ what: String, _ title: String) -> Failure {
    Failure(title, [(.argument("labels"), "label \(place) \(what)")], advice: forms)
  }

  private static func text(_ label: Label) -> String {
    switch label {
    case .number(let number): number.brief
    case .text(let text): "“\(text)”"
    case .truth(let truth): "\(truth)"
    case .row(let row): "[" + row.prefix(6).map(\.brief).joined(separator: ", ") + (row.count > 6 ? ", …]" : "]")
    }
  }
}
