import Base
import Library
import Testing

@testable import Frontend

@Suite struct ReferenceTests {
  @Test func referenceIsUpToDate() throws {
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let written = try? Descriptor.text(of: here + "/docs/reference.md")
    let isCurrent = written == Reference(session: Library.session()).text()
    #expect(isCurrent, "docs/reference.md is out of date; refresh it with: swift run -c release gan docs")
  }
}
