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
    case "comm_open", "comm_msg", "comm_close": answerComm(request)
    default: answerAnywhere(request)
    }
  }

  /// Answers what is asked for on either of the two channels.
  private func answerAnywhere(_ request: Request) {
    switch request.type {
    case "kernel_info_request": reply(to: request, Answers.kernelInfo())
    case "comm_info_request": reply(to: request, widgets.info(target: request.text("target_name")))
    case "connect_request": reply(to: request, ["status": .string("ok")])
    case "shutdown_request": shutDown(request)
    case "interrupt_request":
      interrupt()
      reply(to: request, ["status": .string("ok")])
    case "usage_request": reply(to: request, usage.content(now: SteadyClock.seconds))
    case "debug_request": refuseDebugging(request)
    case "create_subshell_request": createSubshell(request)
    case "delete_subshell_request": deleteSubshell(request)
    case "list_subshell_request":
      reply(to: request, ["status": .string("ok"), "subshell_id": .array(queue.subshells.map { .string($0) })])
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

  // MARK: Comms

  /// What was set is in the runs before their next steps, or at the end of the cell that runs, or at once where none does.
  private func answerComm(_ request: Request) {
    let work = widgets.answer(request)
    commPace.note(work.cost, now: SteadyClock.seconds)
    if work.callsSession { host.enqueue { [board] session in board.catchUp(in: session) } }
  }

  // MARK: Subshells

  private func createSubshell(_ request: Request) {
    guard let name = queue.create() else {
      return reply(to: request, Kernel.failure("there are \(ShellQueue.mostSubshells) subshells, and no more can be had"))
    }
    reply(to: request, ["status": .string("ok"), "subshell_id": .string(name)])
  }

  private func deleteSubshell(_ request: Request) {
    guard let name = request.text("subshell_id"), let waiting = queue.delete(name) else {
      return reply(to: request, Kernel.failure("there is no subshell \(Self.shown(request.content["subshell_id"]))"))
    }
    for request in waiting { if request.isRun { abort(request) } else { refuse(request) } }
    reply(to: request, ["status": .string("ok")])
  }

  /// Answers a request for a subshell that is not there.
  func refuse(_ request: Request) {
    outbox.begin(request)
    let failure = Kernel.failure("there is no subshell \(Self.shown(request.subshell.map { .string($0) }))")
    outbox.finish(request, with: request.type.hasSuffix("_request") ? [.reply(to: request, failure)] : [])
  }

  private static func shown(_ name: JSON?) -> String { String((name ?? .null).text.prefix(80)).harmless }

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
