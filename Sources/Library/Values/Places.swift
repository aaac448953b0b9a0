import Formats
import Interpreter
import Tensors

/// What an index of a data set or of a tensor's axis picks out.
enum Places {
  case one(Int)
  case many([Int])
  case wrong(Failure)

  init(_ index: Index, count: Int, position: Int = 0) {
    switch index {
    case .slice(let lower, let upper):
      self = .many(Array(Indexing.bounds(lower, upper, count: count)))
    case .value(let value):
      self = Places.resolve(value, count: count, position: position)
    }
  }

  private static func resolve(_ value: Value, count: Int, position: Int) -> Places {
    switch value {
    case .number(let number):
      return place(number, count: count, position: position).map { .one($0) } ?? .wrong(outside(number, count, position))
    case .range(let range):
      return many((0..<range.count).lazy.map { range.number(at: $0) }, count: count, position: position)
    case .list(let list):
      var numbers: [Double] = []
      for element in list.elements {
        guard case .number(let number) = element else { return .wrong(kind(element, position)) }
        numbers.append(number)
      }
      return many(numbers, count: count, position: position)
    case .object(let object):
      guard let tensor = object as? TensorValue else { return .wrong(kind(value, position)) }
      do {
        let numbers = try tensor.tensor.doubles()
        if let far = numbers.first(where: { $0.magnitude >= RoundedNumbers.exactLimit && $0.isFinite }) {
          return .wrong(Numbers.tooFar(far, .position(position)))
        }
        if tensor.tensor.rank == 0, let number = numbers.first {
          return place(number, count: count, position: position).map { .one($0) } ?? .wrong(outside(number, count, position))
        }
        return many(numbers, count: count, position: position)
      } catch {
        return .wrong(Failure("the index cannot be worked out", [(.position(position), "\(error)")]))
      }
    case .none, .boolean, .string, .record, .function, .builtin:
      return .wrong(kind(value, position))
    }
  }

  private static func many(_ numbers: some Sequence<Double>, count: Int, position: Int) -> Places {
    var places: [Int] = []
    for number in numbers {
      guard let place = place(number, count: count, position: position) else { return .wrong(outside(number, count, position)) }
      places.append(place)
    }
    return .many(places)
  }

  private static func place(_ number: Double, count: Int, position: Int) -> Int? {
    guard let whole = Int(exactly: number), whole >= -count, whole < count else { return nil }
    return whole < 0 ? whole + count : whole
  }

  private static func outside(_ number: Double, _ count: Int, _ position: Int) -> Failure {
    guard Int(exactly: number) != nil else {
      return Failure(
        "an index is a whole number", [(.position(position), number.brief)], advice: "Round it with floor(…) or round(…).")
    }
    return Failure(
      "the index lies outside", [(.position(position), "\(number.brief), where there are \(count)")],
      advice: count == 0 ? "There is nothing to pick from." : "Indexes run from 0 to \(count - 1); -1 is the last.")
  }

  private static func kind(_ value: Value, _ position: Int) -> Failure {
    Failure(
      "this cannot be an index", [(.position(position), value.typeNameWithArticle)],
      advice: "An index is a whole number, a range such as 0..8, or a list of whole numbers.")
  }
}
