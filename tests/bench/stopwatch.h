// Work done and what it took, by the wall clock and by this process's processor time; the second
// hardly feels what else the machine does. Value types; a Stopwatch counts all threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>

namespace bench {

struct Work {
  std::int64_t done = 0;
  double wall_s = 0;
  double cpu_s = 0;
};

class Stopwatch {
 public:
  Stopwatch() : wall_(std::chrono::steady_clock::now()), cpu_s_(cpu_now_s()) {}

  [[nodiscard]] double wall_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count();
  }
  [[nodiscard]] Work stop(std::int64_t done) const {
    return {done, wall_s(), cpu_now_s() - cpu_s_};
  }

 private:
  static double cpu_now_s() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }

  std::chrono::steady_clock::time_point wall_;
  double cpu_s_;
};

}  // namespace bench
