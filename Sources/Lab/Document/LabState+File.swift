import Base
import Notebook

/// What the document's file holds.
extension LabState {
  var isNotebook: Bool { path.hasSuffix(".ipynb") }

  /// Whether nobody has written anything yet.
  var isEmpty: Bool { cells.allSatisfy { $0.cell.text.isEmpty } }

  /// The bytes that the file is to have.
  var fileContent: [UInt8] {
    if isNotebook { return Array(JupyterNotebook.text(of: document).utf8) }
    let document = Document(name: path, head: head, cells: keptCells.map(\.cell), tail: tail, metadata: metadata)
    return Array(document.checkedText.utf8)
  }
}

extension LiveDocument {
  /// The file holds an edition.
  func saved(_ edition: Int) {
    let time = try? DateText.text(DateText.now, format: "%H:%M", isUniversal: false)
    state.withLock { state in
      state.savedEdition = edition
      state.isNew = false
      state.savedAt = time
      state.tellSaved()
    }
  }
}
