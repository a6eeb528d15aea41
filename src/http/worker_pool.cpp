#include "http/worker_pool.h"

#include <utility>

namespace http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_max) : queue_max_(queue_max) {
  resting_.reserve(threads);
  workers_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) {
    auto& worker = *workers_.emplace_back(std::make_unique<Worker>());
    worker.thread = std::thread([this, &worker] { run(worker); });
  }
}

// Waking a thread costs more than most jobs. So one at a time is called, and whoever comes calls
// the next if there is more than its own job: a burst wakes as many as find work, not as many as
// there are jobs.
WorkerPool::Worker* WorkerPool::call_one() {
  if (calling_ || resting_.empty()) return nullptr;
  calling_ = true;
  auto* const called = resting_.back();
  resting_.pop_back();
  called->called = true;
  return called;
}

bool WorkerPool::submit(Job job) {
  Worker* called = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= queue_max_) return false;
    queue_.push_back(std::move(job));
    called = call_one();
  }
  if (called != nullptr) called->wake.notify_one();
  return true;
}

void WorkerPool::stop() {
  std::deque<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(queue_);
  }
  for (const auto& worker : workers_) worker->wake.notify_one();
  for (const auto& worker : workers_) {
    if (worker->thread.joinable()) worker->thread.join();
  }
}

std::size_t WorkerPool::queue_depth() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void WorkerPool::run(Worker& self) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (queue_.empty()) {
      resting_.push_back(&self);
      self.wake.wait(lock, [&] { return self.called || stopping_; });
      if (std::exchange(self.called, false)) calling_ = false;
      continue;
    }
    auto job = std::move(queue_.front());
    queue_.pop_front();
    auto* const next = queue_.empty() ? nullptr : call_one();
    lock.unlock();
    if (next != nullptr) next->wake.notify_one();
    job();
    job = nullptr;  // what it holds ends outside the lock
    lock.lock();
  }
}

}  // namespace http
