import Base
import Glibc
import Interpreter
import Syntax

enum NumberBuiltins {
  private static let subject = "Functions of numbers"

  static func register(in catalog: Catalog) {
    catalog.addConstant("pi", .number(.pi))
    catalog.addConstant("e", .number(M_E))
    catalog.addConstant("infinity", .number(.infinity))
    catalog.addConstant("nan", .number(.nan))
    registerFunctions(in: catalog)
    registerRounding(in: catalog)
    registerReductions(in: catalog)
    registerConversion(in: catalog)
  }

  private static func add(
    _ name: String, _ summary: String, _ code: String, _ result: String, in catalog: Catalog,
    _ function: @escaping (Double) -> Double
  ) {
    catalog.add(
      Builtin(
        name, summary, subject: subject, parameters: [Parameter("x", .number, "a number")], examples: [Example(code, result)]
      ) { call in
        if case .number(let number) = call[0] { return .number(function(number)) }
        return .number(function(try call.number("x")))
      })
  }

  private static func registerFunctions(in catalog: Catalog) {
    add("abs", "The size of a number, without its sign.", "abs(-2)", "2", in: catalog) { Swift.abs($0) }
    add("sqrt", "The square root.", "sqrt(9)", "3", in: catalog) { $0.squareRoot() }
    add("exp", "e to the power of a number.", "exp(0)", "1", in: catalog) { Glibc.exp($0) }
    add("log", "The natural logarithm.", "log(1)", "0", in: catalog) { Glibc.log($0) }
    add("log2", "The logarithm to base 2.", "log2(1024)", "10", in: catalog) { Glibc.log2($0) }
    add("log10", "The logarithm to base 10.", "log10(0.001)", "-3", in: catalog) { Glibc.log10($0) }
    add("sin", "The sine, of an angle in radians.", "sin(pi / 2)", "1", in: catalog) { Glibc.sin($0) }
    add("cos", "The cosine, of an angle in radians.", "cos(0)", "1", in: catalog) { Glibc.cos($0) }
    add("tan", "The tangent, of an angle in radians.", "tan(0)", "0", in: catalog) { Glibc.tan($0) }
    add("atan", "The angle in radians whose tangent this is.", "4 * atan(1) == pi", "true", in: catalog) { Glibc.atan($0) }
    catalog.add(
      Builtin(
        "is_nan", "Whether a number is not a number, such as 0 / 0.", subject: subject,
        parameters: [Parameter("x", .number, "a number")],
        examples: [Example("is_nan(0 / 0)", "true"), Example("is_nan(1 / 0)", "false")]
      ) { call in
        .boolean(try call.number("x").isNaN)
      })
  }

  private static func registerRounding(in catalog: Catalog) {
    add("floor", "The greatest whole number that is not above a number.", "floor(-1.5)", "-2", in: catalog) { Glibc.floor($0) }
    add("ceil", "The least whole number that is not below a number.", "ceil(1.2)", "2", in: catalog) { Glibc.ceil($0) }
    catalog.add(
      Builtin(
        "round", "The nearest number with so many decimals; halves go to the even digit.", subject: subject,
        parameters: [
          Parameter("x", .number, "a number"),
          Parameter("decimals", .integer, default: .number(0), "how many digits are kept after the point; -2 rounds to hundreds"),
        ],
        examples: [Example("round(2.5)", "2"), Example("round(pi, 2)", "3.14"), Example("round(1250, -2)", "1200")],
        details: """
          Halves are halves of the number as it is: 2.675 is in truth 2.67499999999999982…, and round(2.675, 2) is 2.67, as in Python.
          """
      ) { call in
        let number = try call.number("x")
        let decimals = try call.integer("decimals")
        if decimals == 0 { return .number(number.rounded(.toNearestOrEven)) }
        return .number(DecimalRounding.round(number, decimals: decimals))
      })
  }

  /// The numbers or strings of a call of `max` or `min`: one list or range of them, or several arguments.
  private static func choices(_ call: borrowing Invocation) throws -> [Value] {
    let values = try call.values("values")
    if values.count == 1 {
      switch values[0] {
      case .list(let list): return list.elements
      case .range(let range) where range.count > 0: return [.number(range.lower), .number(range.number(at: range.count - 1))]
      case .range: return []
      case .record: throw call.wrong("values", wanted: "numbers, or a list of numbers")
      case .none, .boolean, .number, .string, .function, .builtin, .object: return values
      }
    }
    return values
  }

  private static func addExtreme(
    _ name: String, _ summary: String, _ examples: [Example], _ operation: BinaryOperator, in catalog: Catalog
  ) {
    let kind = Kind("numbers, or a list of numbers") { value in
      switch value {
      case .number, .string, .list, .range, .record: true
      case .none, .boolean, .function, .builtin, .object: false
      }
    }
    catalog.add(
      Builtin(
        name, summary, subject: subject,
        parameters: [
          Parameter("values", kind, passing: .variadic, "numbers, or one list of numbers; with `by`, of anything"),
          Parameter("by", .function, default: .none, "a function that gives what the elements are compared by"),
        ], examples: examples,
        details: "Of elements that are equal, or equal by `by`, it is the first."
      ) { call in
        if call.isGiven("by") { return try extreme(call, operation) }
        let values = try choices(call)
        guard var best = values.first else {
          throw Failure("there is no \(name) of nothing", [(.argument("values"), "nothing to choose from")])
        }
        for value in values.dropFirst() {
          do {
            guard let isBetter = try value.applying(operation, best).truth() else { continue }
            // What is not a number wins over all, wherever it stands.
            if try isBetter || isNotANumber(value), try !isNotANumber(best) { best = value }
          } catch is Failure {
            throw Failure(
              "\(name) compares numbers with numbers, or strings with strings",
              [(.argument("values"), "\(best.briefly) and \(value.briefly)")])
          }
        }
        return best
      })
  }

  /// The element whose number or string by the function `by` is the greatest or least; the first whose number is nan.
  private static func extreme(_ call: borrowing Invocation, _ operation: BinaryOperator) throws -> Value {
    let values = try call.values("values")
    let elements = try values.count == 1 && Kind.iterable.accepts(values[0]) ? values[0].elements().all() : values
    guard var best = elements.first else {
      throw Failure("there is no \(call.builtin.name) of nothing", [(.argument("values"), "nothing to choose from")])
    }
    var key = try call.callFunction("by", [best])
    for element in elements.dropFirst() {
      if try isNotANumber(key) { break }
      let other = try call.callFunction("by", [element])
      do {
        if try other.applying(operation, key).truth() == true || isNotANumber(other) { (best, key) = (element, other) }
      } catch is Failure {
        throw Failure(
          "\(call.builtin.name) compares numbers with numbers, or strings with strings",
          [(.argument("by"), "gave \(key.briefly) and \(other.briefly)")])
      }
    }
    return best
  }

  private static func isNotANumber(_ value: Value) throws -> Bool { try value.scalar()?.isNaN ?? false }

  private static func registerReductions(in catalog: Catalog) {
    addExtreme(
      "max", "The greatest of some numbers; nan where one of them is nan.",
      [
        Example("max(3, 1, 2)", "3"), Example("max([0.5, -1])", "0.5"),
        Example("max([\"a\", \"ccc\", \"bb\"], by: len)", "\"ccc\""),
      ], .greater,
      in: catalog)
    addExtreme(
      "min", "The least of some numbers; nan where one of them is nan.",
      [Example("min(3, 1, 2)", "1"), Example("min(2..5)", "2")], .less, in: catalog)
    let values = Parameter("values", .sequence, "a list or a range of numbers")
    catalog.add(
      Builtin(
        "sum", "The sum of a list of numbers.", subject: subject, parameters: [values],
        examples: [Example("sum([1, 2, 3.5])", "6.5"), Example("sum(0..101)", "5050")]
      ) { call in
        try sum(call)
      })
    catalog.add(
      Builtin(
        "mean", "The mean of a list of numbers.", subject: subject, parameters: [values],
        examples: [Example("mean([1, 2, 6])", "3")]
      ) { call in
        let count = try call.values("values").count
        guard count > 0 else { throw Failure("there is no mean of nothing", [(.argument("values"), "empty")]) }
        return try sum(call).applying(.divide, .number(Double(count)))
      })
  }

  private static func sum(_ call: borrowing Invocation) throws -> Value {
    var total = Value.number(0)
    for value in try call.values("values") {
      do {
        total = try total.applying(.add, value)
      } catch is Failure {
        throw Failure("sum wants numbers", [(.argument("values"), "holds \(value.briefly)")])
      }
    }
    return total
  }

  private static func registerConversion(in catalog: Catalog) {
    let kind = Kind.either(.either(.number, .string), .boolean)
    catalog.add(
      Builtin(
        "number", "The number that a text holds.", subject: subject,
        parameters: [Parameter("value", kind, "a text with a number in it, a number, or true and false for 1 and 0")],
        examples: [Example("number(\"2.5e3\")", "2500"), Example("number(true)", "1")]
      ) { call in
        switch call.value("value") {
        case .boolean(let boolean): return .number(boolean ? 1 : 0)
        case .string(let text):
          guard let number = NumberText.number(text) else {
            throw Failure("there is no number in this text", [(.argument("value"), call.value("value").briefly)])
          }
          return .number(number)
        case .none, .number, .list, .range, .record, .function, .builtin, .object: return .number(try call.number("value"))
        }
      })
  }
}
