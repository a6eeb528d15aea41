// ServiceNotifier: tells systemd (Type=notify) how the service stands, by one datagram to
// $NOTIFY_SOCKET. Written here instead of linking libsystemd: the protocol is one line of text, and
// the library would be the only thing that ties the binary to systemd. Safe from any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace app {

class ServiceNotifier {
 public:
  /// Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID; without the first, everything below does
  /// nothing. Call before threads start.
  [[nodiscard]] static ServiceNotifier from_environment();
  /// @param socket_path  a path, or "@name" of an abstract socket; empty = silent.
  explicit ServiceNotifier(std::string socket_path,
                           std::optional<std::chrono::microseconds> watchdog = {})
      : socket_path_(std::move(socket_path)), watchdog_(watchdog) {}

  void ready() const { send("READY=1"); }
  void stopping() const { send("STOPPING=1"); }
  void alive() const { send("WATCHDOG=1"); }
  /// How often alive() has to be called: half of what systemd waits. Empty = not asked for.
  [[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval() const;

 private:
  void send(std::string_view message) const;

  std::string socket_path_;
  std::optional<std::chrono::microseconds> watchdog_;
};

}  // namespace app
