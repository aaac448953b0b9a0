import Syntax
import Testing

@Suite struct SourceTests {
  private let source = Source(name: "a", text: "ab\r\ncé日d\n\nx")

  @Test func placesAreCountedInCharacters() {
    #expect(source.line(at: source.bytes.count) == 4)
    let places = [0, 2, 4, 5, 7, 10, 11, 12, 13, 14].map { source.location(at: $0) }
    #expect(places.map(\.line) == [1, 1, 2, 2, 2, 2, 2, 3, 4, 4])
    #expect(places.map(\.column) == [1, 3, 1, 2, 3, 4, 5, 1, 1, 2])
  }

  @Test func linesAreGivenWithoutTheirEnds() {
    #expect((0...5).map { source.text(ofLine: $0) } == ["", "ab", "cé日d", "", "x", ""])
    #expect(source.text(of: Span(5, 7)) == "é")
    #expect(source.text(of: Span(12, 9000)) == "\nx")
    #expect(source.text(of: Span(9000, 9001)) == "")
    #expect(Source(name: "", text: "").line(at: 0) == 1)
  }
}
