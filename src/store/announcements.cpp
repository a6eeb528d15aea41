#include "store/announcements.h"

namespace store {

void Announcements::publish(std::string_view topic) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(topic);
    if (found == counts_.end()) {
      counts_.emplace(topic, 1);
    } else {
      ++found->second;
    }
  }
  changed_.notify_all();
}

std::uint64_t Announcements::count(std::string_view topic) const {
  const std::lock_guard lock(mutex_);
  return count_locked(topic);
}

std::uint64_t Announcements::wait(std::string_view topic, std::uint64_t seen,
                                  std::chrono::milliseconds at_most,
                                  const std::stop_token& stop) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, at_most, [&] { return count_locked(topic) != seen; });
  return count_locked(topic);
}

std::uint64_t Announcements::count_locked(std::string_view topic) const {
  const auto found = counts_.find(topic);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace store
