import Interpreter

/// The order of numbers, and of strings.
enum Ordering {
  /// The places of the keys in their order. Not-a-number is greater than all numbers.
  static func places(of keys: [Value], isDescending: Bool) throws -> [Int] {
    let numbers = try keys.compactMap { try $0.scalar() }
    if numbers.count == keys.count {
      return keys.indices.sorted { first, second in
        let (a, b) = (numbers[first], numbers[second])
        if a.isNaN || b.isNaN || a == b { return a.isNaN == b.isNaN ? first < second : isDescending ? a.isNaN : b.isNaN }
        return isDescending ? a > b : a < b
      }
    }
    let strings = keys.compactMap { if case .string(let string) = $0 { string } else { nil } }
    if strings.count == keys.count {
      return keys.indices.sorted { first, second in
        let (a, b) = (strings[first], strings[second])
        if a == b { return first < second }
        return isDescending ? a > b : a < b
      }
    }
    let odd = keys.first { if case .number = $0 { false } else { true } } ?? Value.none
    throw Failure(
      "only numbers, or only strings, can be put in order", [(.argument("values"), "holds \(odd.briefly)")],
      advice: "Say what to order by: `sort(xs, by: x -> x.name)`.")
  }
}
