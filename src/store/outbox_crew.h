// OutboxCrew: the threads that deliver outbox rows, so that the worker's own thread only leases
// them. For OutboxWorker only.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "store/outbox_worker.h"

namespace store {

class OutboxCrew {
 public:
  using Deliver = std::function<void(const OutboxDelivery&)>;

  OutboxCrew(int threads, Deliver deliver);
  OutboxCrew(const OutboxCrew&) = delete;
  OutboxCrew& operator=(const OutboxCrew&) = delete;
  /// Finishes what was handed over: those rows are leased and nobody else would take them soon.
  ~OutboxCrew();

  /// Waits until a thread is idle or stop is asked for. @return how many are idle.
  int wait_for_idle(const std::stop_token& stop);

  /// Hands rows over; at most as many as are idle, so that no lease runs down in a queue.
  void take(std::vector<OutboxDelivery> deliveries);

 private:
  void work();

  Deliver deliver_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::condition_variable_any idle_changed_;
  std::deque<OutboxDelivery> queue_;
  int idle_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace store
