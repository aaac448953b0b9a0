import Testing

@testable import Jupyter

@Suite struct ShellQueueTests {
  private func request(_ type: String, _ id: String, of subshell: String? = nil) throws -> Request {
    try #require(Request.example(type, id: id, subshell: subshell))
  }

  private func made(in queue: inout ShellQueue) throws -> String {
    let name = queue.create()
    return try #require(name)
  }

  private func taken(from queue: inout ShellQueue, isRunning: Bool, now: Double = 0) -> [String] {
    var ids: [String] = []
    while let request = queue.next(isRunning: isRunning, now: now) { ids.append(String(decoding: request.header, as: UTF8.self)) }
    return ids.map { String($0.split(separator: "\"")[3]) }
  }

  @Test func allAreDoneInTheirOrderWhereNothingRuns() throws {
    var queue = ShellQueue()
    let subshell = try made(in: &queue)
    queue.add(try request("execute_request", "1"), now: 0)
    queue.add(try request("comm_msg", "2", of: subshell), now: 0)
    queue.add(try request("execute_request", "3", of: subshell), now: 0)
    queue.add(try request("complete_request", "4"), now: 0)
    queue.add(try request("execute_request", "5"), now: 0)
    let all = taken(from: &queue, isRunning: false)
    #expect(all == ["1", "2", "3", "4", "5"])
    #expect(queue.isEmpty)
  }

  @Test func whileACellRunsTheSubshellsAndCommsAreAnsweredAtOnce() throws {
    var queue = ShellQueue()
    let subshell = try made(in: &queue)
    queue.add(try request("complete_request", "question"), now: 10)
    queue.add(try request("execute_request", "cell"), now: 10)
    queue.add(try request("complete_request", "question of a subshell", of: subshell), now: 10)
    queue.add(try request("execute_request", "cell of a subshell", of: subshell), now: 10)
    queue.add(try request("comm_msg", "comm"), now: 10)
    let atOnce = taken(from: &queue, isRunning: true, now: 10)
    #expect(atOnce == ["question of a subshell", "comm"])
    #expect(abs((queue.dueIn(now: 10) ?? 0) - ShellQueue.patience) < 1e-9)
    let later = taken(from: &queue, isRunning: true, now: 10 + ShellQueue.patience)
    #expect(later == ["question"])
    #expect(queue.dueIn(now: 10) == nil)
    let cells = taken(from: &queue, isRunning: false)
    #expect(cells == ["cell", "cell of a subshell"])
  }

  @Test func subshellsComeAndGo() throws {
    var queue = ShellQueue()
    let (first, second) = (try made(in: &queue), try made(in: &queue))
    #expect(queue.subshells == [first, second])
    let stranger = try request("complete_request", "1", of: "stranger")
    #expect(!queue.knows(stranger))
    #expect(queue.knows(try request("complete_request", "1", of: first)))
    #expect(queue.knows(try request("complete_request", "1")))
    queue.add(try request("execute_request", "2", of: first), now: 0)
    queue.add(try request("execute_request", "3", of: second), now: 0)
    let waiting = queue.delete(first)
    #expect(waiting?.map(\.type) == ["execute_request"])
    let again = queue.delete(first)
    #expect(again?.isEmpty == nil)
    let left = taken(from: &queue, isRunning: false)
    #expect(left == ["3"])
    while queue.create() != nil {}
    #expect(queue.subshells.count == ShellQueue.mostSubshells)
  }

  @Test func anErrorTakesAwayTheCellsOfItsShellAlone() throws {
    var queue = ShellQueue()
    let subshell = try made(in: &queue)
    queue.add(try request("execute_request", "1"), now: 0)
    queue.add(try request("execute_request", "2", of: subshell), now: 0)
    let aborted = queue.takeRuns(of: nil)
    #expect(aborted.count == 1)
    let left = taken(from: &queue, isRunning: false)
    #expect(left == ["2"])
  }

  @Test func itIsFullAtItsLimit() throws {
    var queue = ShellQueue()
    let cell = try request("execute_request", "1")
    for _ in 1..<ShellQueue.most { queue.add(cell, now: 0) }
    #expect(!queue.isFull)
    queue.add(cell, now: 0)
    #expect(queue.isFull)
    _ = queue.next(isRunning: false, now: 0)
    #expect(!queue.isFull)
  }

  @Test func aFloodWaitsForTheNextSecond() {
    var pace = CommPace()
    for _ in 1..<CommPace.most { pace.note(1, now: 10) }
    #expect(pace.rest(now: 10.5) == nil)
    pace.note(1, now: 10.25)
    #expect(abs((pace.rest(now: 10.5) ?? 0) - 0.5) < 1e-9)
    #expect(pace.rest(now: 11) == nil)
    pace.note(1, now: 11)
    #expect(pace.rest(now: 11) == nil)
  }
}
