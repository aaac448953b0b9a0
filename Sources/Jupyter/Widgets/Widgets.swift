import Formats
import Synchronization

/// The widgets of a kernel as its front ends know them: their models, each with a comm of its name, and what people have set of them that is not yet in
/// the runs. From any thread: the I/O thread answers the messages of front ends, the session's thread opens models, takes what was set, and shows
/// what is.
final class Widgets: Sendable {
  private struct State {
    /// By their names.
    var models: [String: WidgetModel] = [:]
    /// What was set last of a model, and has not been taken yet.
    var moved: [String: Double] = [:]
    /// The comms by which pages ask for all models, the oldest first.
    var controls: [String] = []
    /// Whether the session has been asked to look, and has not done so yet.
    var isCalled = false
  }

  /// So many pages may hold a comm to ask for all models.
  static let mostControls = 64
  /// Longer names are no names of comms.
  private static let longestName = 256

  private let state = Mutex(State())
  private let moves = Atomic<Bool>(false)
  private let outbox: Outbox

  init(_ outbox: Outbox) { self.outbox = outbox }

  // MARK: On the session's thread

  /// Whether anything was set that has not been taken.
  var isMoved: Bool { moves.load(ordering: .sequentiallyConsistent) }

  /// Whether anything was set of these models that has not been taken.
  func areMoved(_ ids: some Sequence<String>) -> Bool { state.withLock { state in ids.contains { state.moved[$0] != nil } } }

  /// Makes models known to all front ends. `parent`: the header of the request that is under way.
  func open(_ models: [WidgetModel], parent: [UInt8]) {
    state.withLock { state in
      for model in models {
        state.models[model.id] = model
        outbox.send(
          Message(
            .iopub, "comm_open", parent: parent,
            [
              "comm_id": .string(model.id), "target_name": .string(WidgetModel.target),
              "data": .object(["state": .object(JSON.Members(model.state)), "buffer_paths": .array([])]),
            ], metadata: ["version": .string(WidgetModel.protocolVersion)]))
      }
    }
  }

  /// Takes models away from all front ends; those that are gone already are passed over.
  func close(_ ids: [String], parent: [UInt8]) {
    state.withLock { state in
      for id in ids where state.models.removeValue(forKey: id) != nil {
        state.moved[id] = nil
        outbox.forget(id)
        outbox.send(Self.closing(id, parent: parent))
      }
    }
  }

  /// Whether all of these are there: front ends can close them.
  func contain(_ ids: [String]) -> Bool { state.withLock { state in ids.allSatisfy { state.models[$0] != nil } } }

  /// What was set of these models since it was asked for last.
  func takeMoved(of ids: [String]) -> [(id: String, value: Double)] {
    state.withLock { state in
      let found = ids.compactMap { id in state.moved.removeValue(forKey: id).map { (id: id, value: $0) } }
      if state.moved.isEmpty { moves.store(false, ordering: .sequentiallyConsistent) }
      return found
    }
  }

  /// The session looks now; it is to be asked again for what is set from here on.
  func answerCall() { state.withLock { $0.isCalled = false } }

  /// Shows how a model is, where that is news; not where somebody has just set it. `change` changes what is needed to check what people set.
  func show(_ id: String, _ fields: [String: JSON], parent: [UInt8], change: (inout WidgetModel) -> Void = { _ in }) {
    state.withLock { state in
      guard var model = state.models[id], state.moved[id] == nil else { return }
      change(&model)
      let isNews = fields.contains { model.state[$0.key] != $0.value }
      model.state.merge(fields) { $1 }
      state.models[id] = model
      // All of them each time: of two such messages only the later may go.
      if isNews { outbox.update(id, Self.message(id, "update", fields, parent: parent)) }
    }
  }

  // MARK: On the I/O thread

  /// What was done for a message.
  struct Work: Equatable {
    /// How many messages it is worth.
    var cost = 1
    /// Whether the session is to be asked to look when no program runs.
    var callsSession = false
  }

  /// Answers a message of a comm, or one that opens or closes it.
  func answer(_ request: Request) -> Work {
    var work = Work()
    state.withLock { state in
      let wasCalled = state.isCalled
      outbox.begin(request)
      let messages = Self.messages(for: request, &state, &work)
      if work.callsSession {
        moves.store(true, ordering: .sequentiallyConsistent)
        state.isCalled = true
        work.callsSession = !wasCalled
      }
      // What is older must not come behind what people see now.
      if case .string(let id)? = request.content["comm_id"], state.moved[id] != nil { outbox.forget(id) }
      outbox.finish(request, with: messages)
    }
    return work
  }

  /// The comms of a target, or all, as `comm_info_request` asks for them.
  func info(target: String?) -> [String: JSON] {
    let found = state.withLock { state in
      state.models.keys.map { ($0, WidgetModel.target) } + state.controls.map { ($0, WidgetModel.controlTarget) }
    }
    let comms = found.filter { target == nil || target == $0.1 }.map { ($0.0, JSON.object(["target_name": .string($0.1)])) }
    return ["status": .string("ok"), "comms": .object(JSON.Members(comms.sorted { $0.0 < $1.0 }))]
  }

  private static func messages(for request: Request, _ state: inout State, _ work: inout Work) -> [Message] {
    guard let id = request.text("comm_id"), id.utf8.count <= longestName else { return [] }
    switch request.type {
    case "comm_open": return opened(id, request, &state)
    case "comm_close":
      state.controls.removeAll { $0 == id }
      state.moved[id] = nil
      // What is left of its panel is taken away by the session.
      work.callsSession = state.models.removeValue(forKey: id) != nil
      return []
    default:
      guard case .object(let data)? = request.content["data"], case .string(let method)? = data["method"] else { return [] }
      if state.controls.contains(id), method == "request_states" {
        work.cost += state.models.count
        return [allStates(to: id, state, parent: request.header)]
      }
      guard let model = state.models[id] else { return [] }
      switch method {
      case "request_state": return [message(id, "update", model.state, parent: request.header)]
      case "update":
        guard case .object(let fields)? = data["state"] else { return [] }
        return updated(id, fields, &state, &work, parent: request.header)
      default: return []
      }
    }
  }

  /// Of what front ends open only what asks for all models has somebody here to speak to.
  private static func opened(_ id: String, _ request: Request, _ state: inout State) -> [Message] {
    guard state.models[id] == nil, !state.controls.contains(id) else { return [] }
    guard request.text("target_name") == WidgetModel.controlTarget else { return [closing(id, parent: request.header)] }
    state.controls.append(id)
    guard state.controls.count > mostControls else { return [] }
    return [closing(state.controls.removeFirst(), parent: request.header)]
  }

  /// A front end has set fields of a model: of a knob its value, if that can be; nothing else. It is told what they are now, in the form of an echo, which
  /// it waits for, and where they are not as it has set them, once more.
  private static func updated(
    _ id: String, _ wanted: JSON.Members, _ state: inout State, _ work: inout Work, parent: [UInt8]
  ) -> [Message] {
    guard var model = state.models[id] else { return [] }
    var echo: [String: JSON] = [:]
    var isRefused = false
    for (name, value) in wanted {
      guard let known = model.state[name] else { continue }
      if name == "value", let number = model.taken(value) {
        model.state[name] = .number(number)
        state.moved[id] = number
        work.callsSession = true
      } else if value != known {
        isRefused = true
      }
      echo[name] = model.state[name]
    }
    state.models[id] = model
    guard !echo.isEmpty else { return [] }
    let messages = [message(id, "echo_update", echo, parent: parent)]
    return isRefused ? messages + [message(id, "update", echo, parent: parent)] : messages
  }

  // MARK: Messages

  private static func message(_ id: String, _ method: String, _ fields: [String: JSON], parent: [UInt8]) -> Message {
    let data: JSON = .object([
      "method": .string(method), "state": .object(JSON.Members(fields)), "buffer_paths": .array([]),
    ])
    return Message(.iopub, "comm_msg", parent: parent, ["comm_id": .string(id), "data": data])
  }

  private static func closing(_ id: String, parent: [UInt8]) -> Message {
    Message(.iopub, "comm_close", parent: parent, ["comm_id": .string(id), "data": .object([:])])
  }

  private static func allStates(to control: String, _ state: State, parent: [UInt8]) -> Message {
    let states = state.models.mapValues { model -> JSON in
      func field(_ name: String) -> JSON { model.state[name] ?? .null }
      return .object([
        "model_name": field("_model_name"), "model_module": field("_model_module"),
        "model_module_version": field("_model_module_version"), "state": .object(JSON.Members(model.state)),
      ])
    }
    let data: JSON = .object([
      "method": .string("update_states"), "states": .object(JSON.Members(states)), "buffer_paths": .array([]),
    ])
    return Message(.iopub, "comm_msg", parent: parent, ["comm_id": .string(control), "data": data])
  }
}
