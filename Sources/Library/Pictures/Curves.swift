import Graphics
import Interpreter

/// The columns of a record, as curves over one of them.
struct Curves {
  private(set) var xName: String?
  private(set) var x: [Double]?
  private(set) var curves: [(name: String, y: [Double])] = []
  /// Columns of texts, which no curve can be drawn of.
  private(set) var leftOut: [String] = []

  /// A column of these names lies along the axis, where its numbers rise.
  private static let usual = ["step", "steps", "epoch", "epochs", "iteration", "x", "time"]

  /// - Parameter wanted: the name of the column that lies along the axis; nil chooses one of a usual name, if there is one.
  /// - Returns: nil where the record is not made of columns of numbers and texts.
  init?(_ record: Record, along wanted: String?, chooses: Bool) throws {
    var columns: [(name: String, y: [Double])] = []
    for (name, value) in record.fields {
      if let y = try Curves.numbers(value) {
        columns.append((name, y))
      } else if case .list(let list) = value, list.elements.allSatisfy({ if case .string = $0 { true } else { false } }) {
        leftOut.append(name)
      } else {
        return nil
      }
    }
    if let wanted, !columns.contains(where: { $0.name == wanted }) {
      throw Failure(
        "there is no column `\(wanted)` of numbers", [(.argument("x"), "")],
        advice: "There are \(columns.map(\.name).joined(separator: ", ")).")
    }
    guard !columns.isEmpty else { return nil }
    let chosen =
      wanted
      ?? (chooses && columns.count > 1 ? columns.first { Curves.usual.contains($0.name) && Curves.rises($0.y) }?.name : nil)
    for column in columns {
      if column.name == chosen { (xName, x) = (chosen, column.y) } else { curves.append(column) }
    }
    guard let x, let odd = curves.first(where: { $0.y.count != x.count }) else { return }
    throw Failure(
      "the columns are not of one length",
      [(.argument("y"), "\(x.count) numbers in `\(chosen ?? "")`, \(odd.y.count) in `\(odd.name)`")],
      advice: "Give one place along the axis for each number.")
  }

  /// The numbers of a list or a tensor; none in a list is a gap. nil for anything else.
  static func numbers(_ value: Value) throws -> [Double]? {
    guard case .list(let list) = value else { return try Numbers.list(value) }
    var numbers: [Double] = []
    for element in list.elements {
      if case .none = element {
        numbers.append(.nan)
      } else if let number = try Numbers.single(element) {
        numbers.append(number)
      } else {
        return nil
      }
    }
    return numbers
  }

  private static func rises(_ numbers: [Double]) -> Bool {
    numbers.allSatisfy(\.isFinite) && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }

  // MARK: Scales

  /// The places of the curves that one axis can show, the first curve's group first. The squared norms of a gradient have a unit of
  /// their own; of others, one that is not a thirtieth as high as the highest of its group would be a flat line.
  func groups() -> [[Int]] {
    let own = curves.indices.filter { curves[$0].name == "gradient_norm" }
    let others = curves.indices.filter { curves[$0].name != "gradient_norm" }
    var groups: [(top: Double, members: [Int])] = []
    for index in others.sorted(by: { (Curves.size(curves[$0].y), $1) > (Curves.size(curves[$1].y), $0) }) {
      let size = Curves.size(curves[index].y)
      if let last = groups.indices.last, size == 0 || size * 30 >= groups[last].top || groups.count == 3 {
        groups[last].members.append(index)
      } else {
        groups.append((size, [index]))
      }
    }
    return (groups.map { $0.members.sorted() }.sorted { $0[0] < $1[0] } + [own]).filter { !$0.isEmpty }
  }

  /// How high a curve is: nine tenths of its numbers are no further from 0.
  private static func size(_ numbers: [Double]) -> Double {
    let sizes = numbers.filter(\.isFinite).map(abs).sorted()
    return sizes.isEmpty ? 0 : sizes[min(sizes.count * 9 / 10, sizes.count - 1)]
  }
}
