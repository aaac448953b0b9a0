import Formats
import Testing

@testable import Jupyter

@Suite struct OutboxTests {
  private func message(_ name: String) -> Message { Message(.iopub, name, parent: [], [:]) }
  private func types(_ messages: [Message]) -> [String] { messages.map(\.type) }

  private func text(_ message: Message) -> String? {
    if case .object(let content) = message.content, case .string(let text)? = content["text"] { text } else { nil }
  }

  @Test func linesGoTogetherAndInOrder() {
    let outbox = Outbox()
    outbox.print("a\n", to: "stdout", parent: [])
    outbox.print("b\n", to: "stdout", parent: [])
    outbox.print("c\n", to: "stderr", parent: [])
    outbox.send(message("display_data"))
    outbox.print("d\n", to: "stdout", parent: [])
    let messages = outbox.take(now: 10).messages
    #expect(messages.map { text($0) ?? $0.type } == ["a\nb\n", "c\n", "display_data", "d\n"])
  }

  @Test func linesInQuickSuccessionWait() {
    let outbox = Outbox()
    outbox.print("a\n", to: "stdout", parent: [])
    #expect(outbox.take(now: 10).messages.count == 1)
    outbox.print("b\n", to: "stdout", parent: [])
    let next = outbox.take(now: 10.01)
    #expect(next.messages.isEmpty)
    #expect(abs((next.wait ?? 0) - 0.04) < 1e-9)
    outbox.print("c\n", to: "stdout", parent: [])
    #expect(outbox.take(now: 10.06).messages.map(text) == ["b\nc\n"])
  }

  @Test func ofUpdatesTheNewestGoes() {
    let outbox = Outbox()
    outbox.update("a", message("first"))
    #expect(types(outbox.take(now: 10).messages) == ["first"])
    outbox.update("a", message("second"))
    outbox.update("b", message("other"))
    outbox.update("a", message("third"))
    let waiting = outbox.take(now: 10.05)
    #expect(waiting.messages.isEmpty)
    #expect(abs((waiting.wait ?? 0) - 0.2) < 1e-9)
    #expect(types(outbox.take(now: 10.25).messages) == ["other", "third"])
  }

  @Test func whatIsTakenBackDoesNotGo() {
    let outbox = Outbox()
    outbox.update("a", message("first"))
    outbox.update("b", message("other"))
    outbox.forget("a")
    #expect(types(outbox.take(now: 10).messages) == ["other"])
  }

  @Test func theLastUpdateGoesBeforeTheReply() throws {
    let request = try #require(Request.example("execute_request"))
    let outbox = Outbox()
    outbox.begin(request, isRun: true)
    outbox.update("a", message("first"))
    _ = outbox.take(now: 10)
    outbox.update("a", message("last"))
    outbox.finishRun(request, with: [message("reply")], Outbox.Ending(aborts: true))
    let taken = outbox.take(now: 10.01)
    #expect(types(taken.messages) == ["last", "reply", "status"])
    #expect(taken.ending?.aborts == true)
  }

  @Test func whatIsAnsweredWhileAProgramRunsEndsBusy() throws {
    let (cell, question) = (try #require(Request.example("execute_request")), try #require(Request.example("complete_request")))
    let outbox = Outbox()
    outbox.begin(cell, isRun: true)
    outbox.begin(question)
    outbox.finish(question)
    let states = outbox.take(now: 10).messages.map(\.content.text)
    #expect(states.map { $0.contains("busy") } == [true, true, false, true])
    outbox.finishRun(cell, with: [], Outbox.Ending())
    outbox.begin(question)
    outbox.finish(question)
    #expect(outbox.take(now: 11).messages.map(\.content.text).map { $0.contains("busy") } == [false, true, false])
  }
}

extension Request {
  static func example(_ type: String, id: String = "1", subshell: String? = nil, content: String = "{}") -> Request? {
    let subshell = subshell.map { #","subshell_id":"\#($0)""# } ?? ""
    let header = #"{"msg_id":"\#(id)","msg_type":"\#(type)"\#(subshell)}"#
    let parts = [header, "{}", "{}", content].map { Array($0.utf8) }
    return Request([Request.delimiter, []] + parts, channel: .shell, key: [])
  }
}
