/// What lies beside the pictures of a data set and is none: what systems and tools leave behind, notes, licenses, lists, archives.
enum Companions {
  private static let names: Set<String> = [
    "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r", "lost+found", "$recycle.bin", "system volume information",
    "__pycache__", "readme", "license", "licence", "copying", "authors", "changelog", "makefile", "checksums", "md5sums",
    "sha256sums",
  ]

  private static let endings: Set<String> = [
    "txt", "md", "rst", "rtf", "pdf", "doc", "docx", "html", "htm", "url", "webloc", "bib", "tex", "log",
    "json", "jsonl", "csv", "tsv", "xml", "yml", "yaml", "toml", "ini", "cfg", "lst", "list", "names", "data", "xls", "xlsx",
    "zip", "tar", "gz", "tgz", "bz2", "xz", "7z", "rar", "zst", "part", "crdownload", "aria2", "torrent",
    "npy", "npz", "mat", "h5", "hdf5", "pkl", "pickle", "pt", "pth", "safetensors", "parquet", "arrow", "tfrecord", "tfrecords",
    "lmdb",
    "mdb", "db", "sqlite", "md5", "sha1", "sha256", "sha512", "asc", "sig", "py", "ipynb", "m", "sh", "gan", "js", "css",
  ]

  /// Whether a file or folder of this name is known to be no picture.
  static func contains(_ name: String) -> Bool {
    let name = name.lowercased()
    // A picture may be called readme.png.
    return names.contains(name) || endings.contains(Paths.pathExtension(of: name))
  }
}
