import Base
import Syntax

/// A place inside brackets: `x[2]`, `x[0..8]`, `x[.., 3]`.
public enum Index {
  /// Any single value: a number, a string, a list, an object.
  case value(Value)
  /// A stretch with step 1; an open end is nil, a negative bound counts from the end.
  case slice(lower: Int?, upper: Int?)
}

/// The arguments of a call to an object, as they were written.
public struct CallArguments {
  /// Those without a name, in order.
  public var positional: [Value]
  /// Those with a name, in the order in which they were written.
  public var named: [(name: String, value: Value)]

  /// Arguments of a call.
  public init(positional: [Value] = [], named: [(name: String, value: Value)] = []) {
    self.positional = positional
    self.named = named
  }
}

/// How the library brings its own kinds of values. Everything declines unless a kind says otherwise; what is thrown is a
/// `Failure`, to which the interpreter adds the place.
public protocol Object: AnyObject {
  /// "tensor", "image": one or few words in the singular.
  var typeName: String { get }
  var fieldNames: [String] { get }
  /// A field's value, nil where there is none of this name.
  func field(_ name: String) throws -> Value?
  /// False where there is no such field, or where it cannot be set.
  func setField(_ name: String, to value: Value) throws -> Bool

  var isCallable: Bool { get }
  /// Marks of a failure name the argument by `.position(0)` or `.argument("name")`.
  func call(_ arguments: CallArguments, session: Session) throws -> Value

  /// Nil where the kind has no indexes. Marks of a failure name an index by `.position(i)`.
  func index(_ indices: [Index]) throws -> Value?
  func setIndex(_ indices: [Index], to value: Value) throws -> Bool

  /// For `len`, and for counting before a loop; nil where the kind has no length.
  var count: Int? { get }
  /// What `for x in object` runs over, place by place; nil where it cannot be run over.
  func elements() throws -> ElementAtPlace?

  /// Nil: the kind has no equality but identity.
  func isEqual(_ other: Value) throws -> Bool?

  /// What `print` shows.
  func printed() throws -> String
  /// What the REPL shows; may be of several lines.
  func echoed() throws -> String
  /// What it is in few words, for where there is no room for what `print` shows: "tensor [64, 128]".
  var outline: String { get }
  /// The forms in which it can be shown, the richest first, its text the last.
  func representations() -> [Representation]
  /// What `show` looks at: the object itself where it is a picture, the picture that it can be seen as, or nil where it is printed.
  func portrait() throws -> (any Object)?
  /// The one number that stands for the object, in conditions, formats, and where a number is wanted.
  func scalar() throws -> Double?
  /// Whether it says yes or no of each place, and is therefore no place itself.
  var isMask: Bool { get }
  /// Does the work that has only been noted down so far, where the kind is lazy.
  func settle() throws

  /// Nil: the operator is not defined for the kind.
  func unary(_ operation: UnaryOperator) throws -> Value?
  /// Asked of the left side first, then of the right; one of the two is `self`. Marks: `.left`, `.right`.
  func binary(_ operation: BinaryOperator, left: Value, right: Value) throws -> Value?
  /// The object itself where it holds values that may hold it in turn.
  var holder: (any Holder)? { get }
  /// What is to be said after an operation with a value that is no object, the operand `side`; nil: nothing.
  func remark(meeting value: Value, as side: Operand) -> Remark?
}

extension Object {
  /// The element at a place, counted from 0; nil behind the last one.
  public typealias ElementAtPlace = (_ place: Int) throws -> Value?

  /// None.
  public var fieldNames: [String] { [] }
  /// It holds no such values.
  public var holder: (any Holder)? { nil }
  /// Nothing.
  public func remark(meeting value: Value, as side: Operand) -> Remark? { nil }
  /// No field.
  public func field(_ name: String) throws -> Value? { nil }
  /// No field can be set.
  public func setField(_ name: String, to value: Value) throws -> Bool { false }
  /// The kind is not called.
  public var isCallable: Bool { false }
  /// The failure of calling what is not called.
  public func call(_ arguments: CallArguments, session: Session) throws -> Value {
    throw Failure("\(typeName.withArticle) cannot be called", [(.callee, typeName.withArticle)])
  }
  /// The kind has no indexes.
  public func index(_ indices: [Index]) throws -> Value? { nil }
  /// No element can be set.
  public func setIndex(_ indices: [Index], to value: Value) throws -> Bool { false }
  /// The kind has no length.
  public var count: Int? { nil }
  /// The kind cannot be run over.
  public func elements() throws -> ElementAtPlace? { nil }
  /// Values of the kind are equal only to themselves.
  public func isEqual(_ other: Value) throws -> Bool? { nil }
  /// The kind's name in angle brackets.
  public func printed() throws -> String { "<\(typeName)>" }
  /// The same as `printed`.
  public func echoed() throws -> String { try printed() }
  /// The kind's name.
  public var outline: String { typeName }
  /// The text of `echoed` alone.
  public func representations() -> [Representation] { [Representation(.text) { try self.echoed() }] }
  /// The kind has no picture.
  public func portrait() throws -> (any Object)? { nil }
  /// The kind stands for no number.
  public func scalar() throws -> Double? { nil }
  /// The kind is no mask.
  public var isMask: Bool { false }
  /// There is no work that waits.
  public func settle() throws {}
  /// The kind has no unary operators.
  public func unary(_ operation: UnaryOperator) throws -> Value? { nil }
  /// The kind has no binary operators.
  public func binary(_ operation: BinaryOperator, left: Value, right: Value) throws -> Value? { nil }
}
