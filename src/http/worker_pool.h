// WorkerPool: N threads that run handlers, behind a bounded queue. A full queue refuses at once, so
// that overload shows as 503 and not as a slow death. Safe from any thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
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
  struct Worker {
    std::condition_variable wake;
    bool called = false;
    std::thread thread;
  };

  void run(Worker& self);
  [[nodiscard]] Worker* call_one();

  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::deque<Job> queue_;
  std::vector<Worker*> resting_;  ///< the last to rest is called first: its memory is still cached
  bool calling_ = false;          ///< one was called and is not here yet
  bool stopping_ = false;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace http
