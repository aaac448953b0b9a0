import Base
import Formats
import Frontend
import Glibc
import Library
import Syntax

extension Run {
  /// `gan docs`.
  public func writeReference(to path: String) -> Int32 {
    let text = Reference(session: Library.session(sink: sink)).text()
    do {
      if let slash = path.lastIndex(of: "/"), slash != path.startIndex { mkdir(String(path[..<slash]), 0o755) }
      try AtomicFile.write(path, Array(text.utf8))
    } catch {
      let reason = (error as? FormatError)?.advice ?? "\(error)"
      sink.receive(.diagnostic(Diagnostic(title: "\(path) cannot be written", advice: [reason])))
      return 1
    }
    streams.report("wrote \(path.harmless)")
    return 0
  }
}
