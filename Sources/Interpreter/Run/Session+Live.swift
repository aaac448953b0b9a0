import Base

extension Session {
  /// Comes to a `live` block: `show` is called now, if it is time for a frame, or later, or never where others take its place; what it emits
  /// becomes a `LiveFrame`.
  ///
  /// A frame is due as often as the sink takes frames, and so seldom that the blocks together take no more than `share` of the time; without a
  /// share it is a fiftieth, or a frame every two seconds. The last state of each is shown at the end of the statement in any case.
  ///
  /// - Throws: what `show` throws; what it had emitted is handed out before.
  public func live(_ block: Value, name: String?, share: Double?, show: @escaping () throws -> Void) throws {
    // Inside of another one it is a part of that one's frame.
    guard lives.outputs == nil else { return try show() }
    guard let sink else { return }
    let identity = LiveFrame.Identity(block: identity(of: block), name: name, statement: lives.statement)
    let place = lives.blocks.firstIndex { $0.identity == identity } ?? lives.blocks.count
    if place == lives.blocks.count { lives.blocks.append(LiveBlocks.Block(identity: identity)) }
    lives.blocks[place].pending = show
    guard case .watched(let perSecond) = sink.framePace, SteadyClock.seconds >= lives.due || lives.blocks[place].cost == 0 else {
      return
    }
    try showFrame(place, isLast: false)
    let cost = lives.blocks.reduce(0) { $0 + $1.cost }
    lives.due = SteadyClock.seconds + FramePace.pause(after: cost, share: share, perSecond: perSecond)
  }

  /// The text of a function, whatever it has captured.
  private func identity(of block: Value) -> ObjectIdentifier {
    switch block {
    case .function(let function): ObjectIdentifier(function.template)
    case .builtin(let builtin): ObjectIdentifier(builtin)
    case .object(let object): ObjectIdentifier(object)
    case .none, .boolean, .number, .string, .list, .range, .record: ObjectIdentifier(self)
    }
  }

  private func showFrame(_ place: Int, isLast: Bool) throws {
    guard let show = lives.blocks[place].pending else { return }
    let start = SteadyClock.seconds
    let identity = lives.blocks[place].identity
    lives.blocks[place].pending = nil
    lives.outputs = []
    defer {
      let outputs = lives.outputs ?? []
      lives.outputs = nil
      emit(.frame(LiveFrame(identity: identity, outputs: outputs, isLast: isLast)))
      if lives.blocks.indices.contains(place) { lives.blocks[place].cost = SteadyClock.seconds - start }
    }
    try show()
  }

  /// Ends the `live` blocks of a statement: the last state of each is shown.
  func finishLives(at place: Place) throws {
    guard !lives.blocks.isEmpty else { return }
    defer { forgetLives() }
    do {
      for number in lives.blocks.indices { try showFrame(number, isLast: true) }
    } catch {
      throw Raised.from(error, at: place, in: self)
    }
  }

  /// Ends the `live` blocks of a statement that has failed, or was interrupted.
  func forgetLives() {
    guard !lives.blocks.isEmpty else { return }
    lives.blocks = []
    lives.due = -Double.infinity
  }
}
