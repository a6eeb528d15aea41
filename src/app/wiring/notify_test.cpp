#include "app/wiring/notify.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "app/test_folder.h"

namespace app {
namespace {

/// The other end: what systemd listens on.
class Listener {
 public:
  explicit Listener(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    EXPECT_EQ(0, ::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address));
  }
  ~Listener() { ::close(fd_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::string next() const {
    std::array<char, 64> text{};
    const auto size = ::recv(fd_, text.data(), text.size(), MSG_DONTWAIT);
    return size < 0 ? "nothing" : std::string(text.data(), static_cast<std::size_t>(size));
  }

 private:
  int fd_;
};

TEST(ServiceNotifier, TellsHowTheServiceStands) {
  const TestFolder folder;
  const Listener listener(folder / "notify");
  const ServiceNotifier notifier(folder / "notify");
  notifier.ready();
  EXPECT_EQ("READY=1", listener.next());
  notifier.alive();
  EXPECT_EQ("WATCHDOG=1", listener.next());
  notifier.stopping();
  EXPECT_EQ("STOPPING=1", listener.next());
}

TEST(ServiceNotifier, IsSilentWithoutASocketAndHarmlessWithABadOne) {
  for (const auto& path : {std::string(), std::string("relative"), std::string(300, '/'),
                           std::string("/nonexistent/socket"), std::string("@")}) {
    const ServiceNotifier notifier(path);
    notifier.ready();
    EXPECT_FALSE(notifier.watchdog_interval());
  }
}

TEST(ServiceNotifier, AsksToBeCalledTwiceAsOftenAsSystemdWaits) {
  const ServiceNotifier notifier("/run/socket", std::chrono::seconds(10));
  EXPECT_EQ(std::chrono::seconds(5), notifier.watchdog_interval());
}

}  // namespace
}  // namespace app
