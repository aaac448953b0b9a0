import Interpreter
import Tensors

/// Where the time of all that a session runs goes, from `init` to `text()`: what `gan --profile` shows.
public final class SessionProfile {
  private let session: Session
  private let profile: Profile

  /// Begins.
  /// - Throws: `TensorError` where another thread is at work in the session.
  public init(_ session: Session) throws {
    self.session = session
    profile = try session.inside { try Profile() }
  }

  /// Ends it; gives the plans, the table of kernels, and what it all came to.
  public func text() throws -> String {
    try session.inside {
      profile.stop()
      return ProfileText.text(profile)
    }
  }
}
