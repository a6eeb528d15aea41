// WorkerPool: N threads that run handlers, behind a bounded queue. A full queue refuses at once, so
// that overload shows as 503 and not as a slow death. Safe from any thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

class WorkerPool {
 public:
  using Job = std::function<void()>;

  WorkerPool(std::size_t threads, std::size_t queue_max);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  ~WorkerPool() { stop(); }

  /// False when the queue is full or the pool stops: the job was not taken and will not run.
  [[nodiscard]] bool submit(Job job);
  /// Waits for jobs that run, drops those that wait, joins the threads.
  void stop();
  [[nodiscard]] std::size_t queue_depth() const;

 private:
  void run();

  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace http
