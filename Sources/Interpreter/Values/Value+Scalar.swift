extension Value {
  /// The number, or the one number that an object stands for; nil for other kinds.
  public func scalar() throws -> Double? {
    switch self {
    case .number(let number): number
    case .object(let object): try object.scalar()
    case .none, .boolean, .string, .list, .range, .record, .function, .builtin: nil
    }
  }

  func scalar(at place: Place, in session: Session) throws -> Double? {
    do {
      return try scalar()
    } catch {
      throw Raised.from(error, at: place, in: session)
    }
  }
}
