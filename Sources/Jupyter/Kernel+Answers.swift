import Base
import Formats
import Frontend
import Interpreter

extension Kernel {
  // MARK: Shell

  /// Answers a request of the shell that runs nothing.
  func answer(_ request: Request) {
    switch request.type {
    case "complete_request": look(request, Answers.completion)
    case "inspect_request": look(request, Answers.inspection)
    case "is_complete_request": reply(to: request, Answers.isComplete(request))
    case "history_request": reply(to: request, executor.history.withLock { $0.answer(to: request) })
    case "comm_open":
      outbox.begin(request)
      let close = Message(
        .iopub, "comm_close", parent: request.header, ["comm_id": request.content["comm_id"] ?? .null, "data": .object([:])])
      outbox.finish(request, with: [close])
    default: answerAnywhere(request)
    }
  }

  /// Answers what is asked for on either of the two channels.
  private func answerAnywhere(_ request: Request) {
    switch request.type {
    case "kernel_info_request": reply(to: request, Answers.kernelInfo())
    case "comm_info_request": reply(to: request, ["status": .string("ok"), "comms": .object([:])])
    case "connect_request": reply(to: request, ["status": .string("ok")])
    case "shutdown_request": shutDown(request)
    case "interrupt_request":
      interrupt()
      reply(to: request, ["status": .string("ok")])
    case "usage_request": reply(to: request, usage.content(now: SteadyClock.seconds))
    case "debug_request": refuseDebugging(request)
    case "create_subshell_request", "delete_subshell_request", "list_subshell_request":
      reply(to: request, Kernel.failure("there are no subshells: what asks nothing of the program is answered while it runs"))
    default:
      outbox.begin(request)
      outbox.finish(request)
    }
  }

  private func reply(to request: Request, _ content: [String: JSON]) {
    outbox.begin(request)
    outbox.finish(request, with: [.reply(to: request, content)])
  }

  /// Answers what only the session knows, at the next safe point of the program that runs, if one does.
  private func look(_ request: Request, _ answer: @escaping @Sendable (Request, Session) -> [String: JSON]) {
    host.whenSafe { [outbox] session in
      outbox.begin(request)
      outbox.finish(request, with: [.reply(to: request, answer(request, session))])
    }
  }

  private static func failure(_ title: String) -> [String: JSON] {
    ["status": .string("error"), "ename": .string("error"), "evalue": .string(title), "traceback": .array([.string(title)])]
  }

  // MARK: Control

  /// Answers a request of the control channel, at once.
  func answerControl(_ request: Request) { answerAnywhere(request) }

  private func shutDown(_ request: Request) {
    let restarts = request.flag("restart", default: false)
    let content: [String: JSON] = ["status": .string("ok"), "restart": .boolean(restarts)]
    outbox.begin(request)
    let news = Message(.iopub, "shutdown_reply", parent: request.header, content)
    outbox.finish(request, with: [.reply(to: request, content), news])
    ending = 0
  }

  /// In the terms of the debugger's own protocol.
  private func refuseDebugging(_ request: Request) {
    let title = "Gan has no debugger"
    var content = Kernel.failure(title)
    content["type"] = .string("response")
    content["success"] = .boolean(false)
    content["message"] = .string(title)
    content["command"] = request.content["command"] ?? .null
    content["request_seq"] = request.content["seq"] ?? .null
    reply(to: request, content)
  }
}
