import Base
import Graphics

extension FileFormat {
  static let pdf = FileFormat(
    "PDF", "a PDF document", [".pdf"], signatures: [Array("%PDF".utf8)],
    writers: Writers(drawing: { drawing, path in try PDF.encode(drawing, path: path) }))
}

/// Drawings as a page of PDF 1.4 (ISO 32000-1 describes all that is used). Our own typeface is embedded as TrueType, so that text looks
/// everywhere as laid out and can still be searched and copied. There is no date in the file: bytes depend on the drawing alone.
struct PDF {
  /// Bodies of objects; number n stands at n - 1.
  private var objects: [[UInt8]] = []

  static func encode(_ drawing: Drawing, path: String) throws -> [UInt8] {
    var pdf = PDF()
    let (catalog, pages, page, content, info) = (pdf.reserve(), pdf.reserve(), pdf.reserve(), pdf.reserve(), pdf.reserve())
    // A unit is a pixel of 96 to an inch.
    let (width, height) = (PageNumber.text(Double(drawing.width) * 0.75), PageNumber.text(Double(drawing.height) * 0.75))
    var painter = PDFPage(height: Double(drawing.height))
    try painter.write(drawing.commands)
    var resources = "<<"
    if !painter.opacities.isEmpty {
      let states = painter.opacities.map { "/\(PDFPage.state($0)) << /ca \(PageNumber.text($0)) /CA \(PageNumber.text($0)) >>" }
      resources += " /ExtGState << \(states.joined(separator: " ")) >>"
    }
    if !painter.images.isEmpty {
      let images = try painter.images.map { try pdf.add(image: $0, path: path) }
      resources += " /XObject << \(images.enumerated().map { "/I\($0) \($1) 0 R" }.joined(separator: " ")) >>"
    }
    let fonts = [("F0", painter.regular), ("F1", painter.bold)].filter { !$0.1.isEmpty }
    if !fonts.isEmpty {
      let entries = try fonts.map { "/\($0) \(try pdf.add(font: $1, path: path)) 0 R" }
      resources += " /Font << \(entries.joined(separator: " ")) >>"
    }
    resources += " >>"
    pdf.set(catalog, "<< /Type /Catalog /Pages \(pages) 0 R >>")
    pdf.set(pages, "<< /Type /Pages /Kids [\(page) 0 R] /Count 1 >>")
    pdf.set(
      page,
      "<< /Type /Page /Parent \(pages) 0 R /MediaBox [0 0 \(width) \(height)] /Resources \(resources) /Contents \(content) 0 R >>"
    )
    pdf.objects[content - 1] = try stream("", Array(painter.content.utf8), path)
    pdf.set(info, "<< /Producer (Gan)" + (drawing.title.map { " /Title \(utf16($0.plainLine))" } ?? "") + " >>")
    return pdf.file(catalog: catalog, info: info)
  }

  /// Text as a string of PDF in hexadecimal: UTF-16, the high byte first, behind a mark that says so.
  static func utf16(_ text: String, marked: Bool = true) -> String {
    "<" + (marked ? "FEFF" : "") + text.utf16.map { hexadecimal(Int($0)) }.joined() + ">"
  }

  static func hexadecimal(_ number: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  // MARK: Objects

  private mutating func reserve() -> Int {
    objects.append([])
    return objects.count
  }

  private mutating func set(_ number: Int, _ body: String) { objects[number - 1] = Array(body.utf8) }

  private mutating func add(_ body: [UInt8]) -> Int {
    objects.append(body)
    return objects.count
  }

  private static func stream(_ entries: String, _ bytes: [UInt8], _ path: String) throws -> [UInt8] {
    guard let packed = try? Deflate.compress(bytes, wrapping: .zlib) else {
      throw FormatError(title: "the page cannot be written", advice: "zlib could not compress it.", path: path)
    }
    return Array("<< \(entries) /Filter /FlateDecode /Length \(packed.count) >>\nstream\n".utf8) + packed
      + Array("\nendstream".utf8)
  }

  private mutating func add(image raster: Raster, path: String) throws -> Int {
    let plain = raster.channels == 1 ? raster : raster.color()
    return add(
      try PDF.stream(
        "/Type /XObject /Subtype /Image /Width \(plain.width) /Height \(plain.height) /ColorSpace /Device\(plain.channels == 1 ? "Gray" : "RGB")"
          + " /BitsPerComponent 8", plain.bytes, path))
  }

  private mutating func add(font: PDFFont, path: String) throws -> Int {
    let program = font.program
    let file = add(try PDF.stream("/Length1 \(program.count)", program, path))
    let name = font.name
    let descriptor = add(
      Array(
        """
        << /Type /FontDescriptor /FontName /\(name) /Flags 4 /FontBBox [-200 -300 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -250 \
        /CapHeight 700 /StemV \(font.isBold ? 140 : 95) /FontFile2 \(file) 0 R >>
        """.utf8))
    let unicode = add(try PDF.stream("", Array(font.unicodeMap.utf8), path))
    let descendant = add(
      Array(
        """
        << /Type /Font /Subtype /CIDFontType2 /BaseFont /\(name) /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
        /FontDescriptor \(descriptor) 0 R /DW 600 /W [0 [\(font.widths.map(String.init).joined(separator: " "))]] /CIDToGIDMap /Identity >>
        """.utf8))
    return add(
      Array(
        """
        << /Type /Font /Subtype /Type0 /BaseFont /\(name) /Encoding /Identity-H /DescendantFonts [\(descendant) 0 R] \
        /ToUnicode \(unicode) 0 R >>
        """.utf8))
  }

  private func file(catalog: Int, info: Int) -> [UInt8] {
    // Four bytes above 127 tell programs that the file is not text.
    var file = Array("%PDF-1.4\n%".utf8) + [0xe2, 0xe3, 0xcf, 0xd3, 0x0a]
    var places: [Int] = []
    for (index, body) in objects.enumerated() {
      places.append(file.count)
      file += Array("\(index + 1) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
    }
    let start = file.count
    file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for place in places {
      let digits = String(place)
      file += Array((String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n").utf8)
    }
    file += Array(
      "trailer\n<< /Size \(objects.count + 1) /Root \(catalog) 0 R /Info \(info) 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return file
  }
}
