import Base
import Formats

/// The pictures that prose names, put into the page itself.
public struct PagePictures {
  /// From which relative paths lead on.
  let folder: String
  private static let largest = 20 << 20

  /// Pictures of a document in this folder.
  public init(folder: String) { self.folder = folder }

  /// A `data:` address of a picture; nil for one that lies elsewhere, cannot be read or is of no kind that browsers show: it becomes a link.
  public func address(_ path: String, attachments: JSON?) -> String? {
    if path.hasPrefix("data:") { return path }
    if path.hasPrefix("attachment:") { return attachment(String(path.dropFirst(11)), attachments) }
    guard !path.contains("://"), let bytes = picture(path), let type = Self.type(bytes) else { return nil }
    return "data:\(type);base64,\(Base64.text(of: bytes))"
  }

  private func picture(_ path: String) -> [UInt8]? {
    // A blank in a name is written %20 in Markdown.
    let names = [path, Hexadecimal.decodingPercents(path)].map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 }
    guard let place = names.first(where: Files.exists), let bytes = try? Descriptor.contents(of: place),
      bytes.count <= Self.largest
    else { return nil }
    return bytes
  }

  private func attachment(_ name: String, _ attachments: JSON?) -> String? {
    guard case .object(let all)? = attachments, case .object(let forms)? = all[name] else { return nil }
    for (type, content) in forms.sorted(by: { $0.key < $1.key }) {
      if case .string(let content) = content { return "data:\(type);base64,\(content.filter { !$0.isWhitespace })" }
    }
    return nil
  }

  private static func type(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: "GIF8".utf8) { return "image/gif" }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
    return nil
  }
}
