#include "store/outbox_crew.h"

#include "core/assert.h"

namespace store {

OutboxCrew::OutboxCrew(int threads, Deliver deliver)
    : deliver_(std::move(deliver)), idle_(threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

OutboxCrew::~OutboxCrew() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

int OutboxCrew::wait_for_idle(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  idle_changed_.wait(lock, stop, [this] { return idle_ > 0; });
  return idle_;
}

void OutboxCrew::take(std::vector<OutboxDelivery> deliveries) {
  {
    const std::lock_guard lock(mutex_);
    idle_ -= static_cast<int>(deliveries.size());
    CORE_ASSERT(idle_ >= 0);
    for (OutboxDelivery& delivery : deliveries) queue_.push_back(std::move(delivery));
  }
  arrived_.notify_all();
}

void OutboxCrew::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    arrived_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const OutboxDelivery delivery = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    deliver_(delivery);
    lock.lock();
    ++idle_;
    idle_changed_.notify_all();
  }
}

}  // namespace store
