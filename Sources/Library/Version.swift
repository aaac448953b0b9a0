/// The version of this program.
public enum Version {
  /// The version of Gan, as `gan --version` prints it and checkpoints record it.
  public static let text = "0.1.0"
}
