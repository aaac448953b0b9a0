import Glibc
import Interpreter
import Tensors

/// Elements chosen at random.
enum ChoiceBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "choice", "An element chosen at random, or several of them.", subject: "Chance",
        parameters: [
          Parameter("values", .either(.either(.sequence, .string), .tensor), "a list, a range, a string, or a tensor with rows"),
          Parameter("n", .optional(.integer), default: .none, "how many; none: a single one, by itself"),
          Parameter("replace", .boolean, default: .boolean(true), "whether an element can be chosen more than once"),
          Parameter(
            "weights", .optional(.either(.sequence, .tensor)), default: .none,
            "a number for each element, to which its chance is proportional; none: all alike"),
        ],
        examples: [
          Example("contains([\"a\", \"b\"], choice([\"a\", \"b\"]))", "true"),
          Example("choice([\"a\", \"b\"], 3, weights: [0, 1])", "[\"b\", \"b\", \"b\"]"),
          Example("sort(choice(0..4, 4, replace: false))", "[0, 1, 2, 3]"),
          Example("choice(tensor([[1, 2], [3, 4], [5, 6]]), 10).shape", "[10, 2]"),
        ],
        details: """
          Of a tensor the elements are its rows, and several of them are a tensor; of anything else they are a list. Without \
          replacement and with weights each is chosen by the weights of those that are left, as in NumPy.
          """
      ) { call in
        let count = try size(call)
        let number = try call.optionalInteger("n")
        guard (0...List.lengthLimit).contains(number ?? 1) else {
          throw Failure("so many cannot be chosen", [(.argument("n"), "\(number ?? 1)")])
        }
        guard count > 0 || number == 0 else {
          throw Failure("there is nothing to choose from", [(.argument("values"), "empty")])
        }
        var draw = RandomBits(key: call.session.chance.nextKey(), purpose: .choice)
        let places = try places(number ?? 1, of: count, call, &draw)
        return try taken(places, isSingle: number == nil, call)
      })
  }

  private static func size(_ call: borrowing Invocation) throws -> Int {
    switch call.value("values") {
    case .list(let list): return list.elements.count
    case .range(let range): return range.count
    case .string(let string): return string.count
    case .none, .boolean, .number, .record, .function, .builtin, .object:
      guard let count = call.value("values").tensor?.shape.dimensions.first else {
        throw call.wrong("values", wanted: "a tensor with an axis")
      }
      return count
    }
  }

  private static func taken(_ places: [Int], isSingle: Bool, _ call: borrowing Invocation) throws -> Value {
    let values: [Value]
    switch call.value("values") {
    case .list(let list): values = places.map { list.elements[$0] }
    case .range(let range): values = places.map { .number(range.number(at: $0)) }
    case .string(let string):
      let characters = Array(string)
      values = places.map { .string(String(characters[$0])) }
    case .none, .boolean, .number, .record, .function, .builtin, .object:
      let tensor = try call.tensor("values")
      return .tensor(isSingle ? try tensor.element(places[0]) : try tensor.taken(places))
    }
    return isSingle ? values.first ?? .none : .list(List(values))
  }

  /// So many places below `count`.
  private static func places(
    _ number: Int, of count: Int, _ call: borrowing Invocation, _ bits: inout RandomBits
  ) throws -> [Int] {
    let replaces = try call.boolean("replace")
    if call.value("weights").isNone {
      guard replaces || number <= count else { throw tooMany(number, count) }
      if replaces { return (0..<number).map { _ in bits.draw(below: count) } }
      return distinct(number, below: count, &bits)
    }
    let weights = try weights(call, count)
    let possible = weights.count { $0 > 0 }
    guard possible > 0 || number == 0 else {
      throw Failure("no element can be chosen", [(.argument("weights"), "all are 0")])
    }
    if replaces { return weighted(number, by: weights, &bits) }
    guard number <= possible else { throw tooMany(number, possible) }
    // The least of exponential times, each of its own rate, is an element chosen by weight; the second is one of the rest, and so on
    // (Efraimidis & Spirakis 2006).
    let times = weights.map { weight in weight > 0 ? -log(1 - bits.share()) / weight : .infinity }
    return Array(weights.indices.filter { weights[$0] > 0 }.sorted { (times[$0], $0) < (times[$1], $1) }.prefix(number))
  }

  private static func tooMany(_ number: Int, _ count: Int) -> Failure {
    Failure(
      "there are not so many different elements", [(.argument("n"), "\(number) of \(count)")],
      advice: "With `replace: true` an element can be chosen more than once.")
  }

  private static func weights(_ call: borrowing Invocation, _ count: Int) throws -> [Double] {
    guard let weights = try Numbers.list(call.value("weights")) else {
      throw call.wrong("weights", wanted: "a list of numbers, or a tensor of one axis")
    }
    guard weights.count == count else {
      throw Failure(
        "the weights do not fit the elements", [(.argument("weights"), "\(weights.count) for \(count) elements")],
        advice: "Give a number for each of them.")
    }
    if let odd = weights.first(where: { !($0 >= 0 && $0 < .infinity) }) {
      throw Failure(
        "a weight is a finite number from 0 up", [(.argument("weights"), "\(Value.number(odd).plainText) among them")])
    }
    // Only their proportions count, and the sum of great ones must not be infinite.
    let greatest = weights.max() ?? 0
    return greatest > 0 ? weights.map { $0 / greatest } : weights
  }

  /// Different places, in random order: the first steps of a shuffle, of which only the places that moved are kept.
  private static func distinct(_ number: Int, below count: Int, _ bits: inout RandomBits) -> [Int] {
    var moved: [Int: Int] = [:]
    return (0..<number).map { step in
      let place = step + bits.draw(below: count - step)
      let chosen = moved[place] ?? place
      moved[place] = moved[step] ?? step
      return chosen
    }
  }

  private static func weighted(_ number: Int, by weights: [Double], _ bits: inout RandomBits) -> [Int] {
    var total = 0.0
    let sums = weights.map { weight in
      total += weight
      return total
    }
    let last = weights.lastIndex { $0 > 0 } ?? 0
    return (0..<number).map { _ in
      let wanted = bits.share() * total
      // The first place whose sum is above it.
      var (low, high) = (0, last)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > wanted { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}

extension RandomBits {
  /// A number from 0 to below 1, a multiple of 2⁻⁵³.
  fileprivate mutating func share() -> Double { Double(draw() >> 11) * 0x1p-53 }
}

extension Value {
  fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}
