/// Files written whole or not at all.
public enum AtomicFile {
  /// Writes under a temporary name in the same folder and renames it, so that after a failure an older file is untouched.
  public static func write(_ path: String, _ bytes: [UInt8]) throws { throw notYet(path) }
}
