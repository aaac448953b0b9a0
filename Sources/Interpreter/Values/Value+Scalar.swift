extension Value {
  /// The number, or the one number that an object stands for; nil for other kinds.
  ///
  /// - Throws: what an object throws that has to be worked out first.
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
