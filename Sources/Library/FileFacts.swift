import Glibc

/// The little that the library asks of the file system itself.
enum FileFacts {
  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The ending behind the last point of the file's name, in lower case; empty where there is none.
  static func ending(of path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: true).last ?? ""
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return "" }
    return name[name.index(after: point)...].lowercased()
  }
}
