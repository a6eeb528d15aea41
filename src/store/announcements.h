// Announcements: "something new is there" between threads of one process, so that a worker takes a
// fresh row at once instead of at its next poll. Safe from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

namespace store {

/// A counter per topic ("outbox"); topics are few constants of the program.
class Announcements {
 public:
  /// Counts one announcement and wakes the waiters.
  void publish(std::string_view topic);

  /// How often the topic was announced so far; read it before looking for work.
  [[nodiscard]] std::uint64_t count(std::string_view topic) const;

  /// Waits until the topic's count differs from `seen`, the time is over, or stop is asked for.
  /// @return the count now.
  std::uint64_t wait(std::string_view topic, std::uint64_t seen, std::chrono::milliseconds at_most,
                     const std::stop_token& stop) const;

 private:
  [[nodiscard]] std::uint64_t count_locked(std::string_view topic) const;

  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

}  // namespace store
