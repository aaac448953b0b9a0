extension JSON {
  /// The members of an object, in the order of the text.
  public struct Members: Equatable, Sendable, Sequence, ExpressibleByDictionaryLiteral {
    /// A name and what stands under it.
    public typealias Element = (key: String, value: JSON)

    private var keys: [String] = []
    private var values: [JSON] = []
    /// Where each name stands; made when there are many.
    private var places: [String: Int] = [:]
    private static let searchLimit = 8

    /// No members.
    public init() {}

    /// These members; of two with one name the first counts.
    public init(_ members: some Sequence<(String, JSON)>) {
      for (key, value) in members { _ = append(key, value) }
    }

    /// These members; of two with one name the first counts.
    public init(dictionaryLiteral members: (String, JSON)...) { self.init(members) }

    /// The members of a dictionary, in the order of their names.
    public init(_ dictionary: [String: JSON]) { self.init(dictionary.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }

    /// The members without their order.
    public var dictionary: [String: JSON] { Dictionary(map { ($0.key, $0.value) }) { first, _ in first } }

    /// How many there are.
    public var count: Int { keys.count }

    /// The value under a name; nil where there is none.
    public subscript(key: String) -> JSON? { place(of: key).map { values[$0] } }

    /// Adds a member at the end; false where the name is taken.
    mutating func append(_ key: String, _ value: JSON) -> Bool {
      guard place(of: key) == nil else { return false }
      keys.append(key)
      values.append(value)
      if keys.count > Members.searchLimit {
        for place in (places.isEmpty ? 0 : keys.count - 1)..<keys.count { places[keys[place]] = place }
      }
      return true
    }

    private func place(of key: String) -> Int? {
      places.isEmpty ? keys.firstIndex(of: key) : places[key]
    }

    /// Runs over the members in their order.
    public func makeIterator() -> AnyIterator<Element> {
      var place = 0
      return AnyIterator {
        guard place < keys.count else { return nil }
        defer { place += 1 }
        return (keys[place], values[place])
      }
    }

    /// Objects are equal where they have the same members, in whatever order.
    public static func == (first: Members, second: Members) -> Bool {
      first.count == second.count && first.allSatisfy { second[$0.key] == $0.value }
    }
  }
}
