import Base
import Glibc
import Syntax

/// What the code of a running session needs at hand: the stack of values, and the limits that are checked at calls and loops.
/// Reached through a bare pointer, so that evaluation costs no reference counting.
struct Machine: ~Copyable {
  /// The first free slot. Slots below it are initialized, those above are not.
  var top: UnsafeMutablePointer<Value?>
  let bottom: UnsafeMutablePointer<Value?>
  let end: UnsafeMutablePointer<Value?>
  /// How many lists, records, texts and calls of builtins there were.
  var allocations: UInt = 0
  var memory = MemoryWatch()
  /// The value of a `return` on its way to its function.
  var returned: Value = .none
  /// The session's; it outlives the machine.
  let interrupter: Unmanaged<Interrupter>
  /// The address to which the interrupter's `floor` goes back after an interrupt.
  var stackFloor: UInt = 0
  unowned(unsafe) let session: Session

  /// How many variables the calls under way may have together; it is by this that a runaway recursion ends, at the same depth
  /// on every machine.
  static let slots = 65_536
  /// A program may use so much of the thread's stack, where the thread has as much.
  static let stackUse: UInt = 400 << 20

  init(session: Session) {
    interrupter = .passUnretained(session.interrupter)
    bottom = .allocate(capacity: Self.slots)
    top = bottom
    end = bottom + Self.slots
    self.session = session
  }

  deinit {
    bottom.deallocate()
  }
}

/// The variables of one call, and the machine it runs on.
struct Frame {
  let locals: UnsafeMutablePointer<Value?>
  let machine: UnsafeMutablePointer<Machine>

  /// Assigns a variable that functions captured.
  @inline(__always)
  func assign(_ value: Value, toCell slot: Int) {
    let cell = locals[slot].cell
    machine.pointee.session.suspects.note(value, in: cell)
    cell.value = value
  }
}

extension UnsafeMutablePointer where Pointee == Machine {
  /// Whether a loop or a call may go on; otherwise `attend` says what is the matter.
  @inline(__always)
  var isFree: Bool {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) } > interrupter { $0.floor.load(ordering: .relaxed) }
  }

  /// Called where `isFree` is false: throws `Interrupted`, or a failure for too deep a recursion; looks for cycles and runs errands
  /// where that is due; returns where an interrupt is held back by `uninterrupted`.
  @inline(never)
  func attend() throws {
    var marker: UInt8 = 0
    let address = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    if address <= pointee.stackFloor { throw Self.tooDeep }
    if pointee.session.suspects.isDue { pointee.session.suspects.collect() }
    pointee.session.runErrands()
    if interrupter({ $0.isDue }) {
      clearRequests()
      throw Interrupted()
    }
    // Only an interrupt that is held back goes on to be looked at.
    setFloor(pointee.stackFloor)
  }

  static var tooDeep: Failure {
    Failure("too deep recursion", advice: "A function calls itself without end; see that it stops at some case.")
  }

  @inline(__always)
  private func interrupter<Result>(_ body: (Interrupter) -> Result) -> Result {
    pointee.interrupter._withUnsafeGuaranteedRef(body)
  }

  func clearRequests() { interrupter { $0.clear(floor: pointee.stackFloor) } }

  /// Takes the limits of the thread that runs now; gives those before, to be set back.
  func enterThread() -> UInt {
    let before = pointee.stackFloor
    var marker: UInt8 = 0
    let address = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    let lowest = StackBounds.lowestAddress + StackBounds.reserve
    setFloor(max(lowest, address > Machine.stackUse ? address - Machine.stackUse : 0))
    return before
  }

  func setFloor(_ floor: UInt) {
    pointee.stackFloor = floor
    interrupter { $0.setFloor(floor) }
  }
}

/// The stack of the running thread.
enum StackBounds {
  /// What is kept free for code that does not check: builtins, printing, the engine.
  static let reserve: UInt = 192 << 10

  private typealias GetAttributes = @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> CInt

  /// A GNU function that Swift's module map of glibc leaves out.
  private static let getAttributes: GetAttributes? = dlsym(nil, "pthread_getattr_np").map {
    unsafeBitCast($0, to: GetAttributes.self)
  }

  static var lowestAddress: UInt {
    var attributes = pthread_attr_t()
    guard let getAttributes, getAttributes(pthread_self(), &attributes) == 0 else { return 0 }
    defer { pthread_attr_destroy(&attributes) }
    var address: UnsafeMutableRawPointer?
    var size = 0
    guard pthread_attr_getstack(&attributes, &address, &size) == 0 else { return 0 }
    return UInt(bitPattern: address)
  }
}
