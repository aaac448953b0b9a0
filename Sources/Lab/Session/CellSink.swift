import Frontend
import Interpreter
import Notebook

/// Hands what a session puts out to the document.
final class CellSink: OutputSink {
  private let document: LiveDocument
  private let session: Int

  init(_ document: LiveDocument, session: Int) {
    self.document = document
    self.session = session
  }

  /// All that a page shows, and text for 80 columns.
  var reception: Reception { DocumentSink.reception }
  var framePace: FramePace { .watched(perSecond: 12) }

  func receive(_ output: Output) {
    switch output {
    case .text(let text): put { $0.append(text + "\n", isNote: false) }
    case .fragment(let text): put { $0.append(text, isNote: false) }
    case .message(let text): put { $0.append(text.hasSuffix("\n") ? text : text + "\n", isNote: true) }
    case .frame(let frame): show(frame.outputs.compactMap { CellOutput($0) }, frame.identity)
    case .result, .display, .help, .code, .diagnostic, .interrupted: show(CellOutput(output).map { [$0] } ?? [])
    case .progress(let progress): document.progress(progress, session: session)
    }
  }

  func clear() { document.clear(session: session) }

  private func show(_ contents: [CellOutput], _ identity: LiveFrame.Identity? = nil) {
    // An empty frame too takes the place of the last one.
    let contents = contents.isEmpty && identity != nil ? [.text("")] : contents
    guard !contents.isEmpty else { return }
    put { $0.show(contents, identity: identity) }
  }

  private func put(_ change: (inout CellOutputs) -> Void) { document.put(session: session, change) }
}
