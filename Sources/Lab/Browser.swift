import Base
import Glibc

/// The person's browser.
enum Browser {
  /// Opens an address, where there is a screen and a program that knows the browser; whoever sees the terminal has the address anyway.
  static func open(_ address: String) {
    let screens = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"]
    guard screens.contains(where: { name in getenv(name).map { $0.pointee != 0 } ?? false }) else { return }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A session of its own: Ctrl-C is not for the browser.
    // POSIX_SPAWN_SETSID, which is no name in Swift.
    posix_spawnattr_setflags(&attributes, 0x80)
    var child = pid_t()
    let words = ["xdg-open", address]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    guard posix_spawnp(&child, "xdg-open", &actions, &attributes, &arguments, environ) == 0 else { return }
    let started = child
    Threads.start {
      var status: Int32 = 0
      _ = waitpid(started, &status, 0)
    }
  }
}
