#include "app/wiring/notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace app {
namespace {

std::optional<std::int64_t> number_in(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text + std::strlen(text);
  const auto parsed = std::from_chars(text, end, number);
  return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

ServiceNotifier ServiceNotifier::from_environment() {
  const char* path = std::getenv("NOTIFY_SOCKET");
  const auto watchdog_us = number_in("WATCHDOG_USEC");
  const auto watchdog_pid = number_in("WATCHDOG_PID");
  const bool watched = watchdog_us && *watchdog_us > 0 &&
                       (!watchdog_pid || *watchdog_pid == static_cast<std::int64_t>(::getpid()));
  return ServiceNotifier(
      path == nullptr ? "" : path,
      watched ? std::optional(std::chrono::microseconds(*watchdog_us)) : std::nullopt);
}

std::optional<std::chrono::microseconds> ServiceNotifier::watchdog_interval() const {
  if (!watchdog_ || socket_path_.empty()) return std::nullopt;
  return *watchdog_ / 2;
}

// What fails here is not told: systemd notices silence by itself, and nobody else is listening.
void ServiceNotifier::send(std::string_view message) const {
  sockaddr_un address = {};
  if (socket_path_.size() < 2 || socket_path_.size() >= sizeof address.sun_path) return;
  if (socket_path_.front() != '/' && socket_path_.front() != '@') return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_path_.data(), socket_path_.size());
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // an abstract socket
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_path_.size());
  (void)::sendto(fd, message.data(), message.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address), length);
  ::close(fd);
}

}  // namespace app
