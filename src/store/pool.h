// Pool<T>: a bounded set of connections, made when first needed and kept. For the drivers; safe
// from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/result.h"
#include "store/metrics.h"

namespace store {

/// How many there may be, and how long a caller waits for one.
struct PoolLimits {
  int size_max = 1;
  std::chrono::milliseconds wait{0};
};

template <typename T>
class Pool {
 public:
  using Make = std::function<core::Result<std::unique_ptr<T>>()>;

  Pool(PoolLimits limits, Make make, StoreMetrics* metrics)
      : limits_(limits), make_(std::move(make)), metrics_(metrics) {}

  /// One connection for the holder alone; goes back to the pool at the end of its scope.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<T> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (pool_ != nullptr) pool_->give_back(std::move(connection_));
    }

    [[nodiscard]] T& operator*() const { return *connection_; }
    [[nodiscard]] T* operator->() const { return connection_.get(); }
    /// Closes the connection instead of keeping it: its state is not known any more.
    void discard() { connection_.reset(); }

   private:
    Pool* pool_;
    std::unique_ptr<T> connection_;
  };

  /// Errors: kUnavailable "store.busy" none became free in time; those of making one.
  core::Result<Lease> acquire() {
    std::unique_lock lock(mutex_);
    if (!has_room() && !wait_for_room(lock)) {
      return core::fail(core::ErrorCode::kUnavailable, "store.busy", "no free connection");
    }
    ++in_use_;
    if (!idle_.empty()) {
      std::unique_ptr<T> connection = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(connection));
    }
    lock.unlock();
    core::Result<std::unique_ptr<T>> made = make_();
    if (!made) {
      give_back(nullptr);
      return core::fail(std::move(made).error());
    }
    return Lease(*this, *std::move(made));
  }

  /// Calls `visit(T&) -> bool` on each idle connection, which nobody gets meanwhile; closes those
  /// it gives false for.
  template <typename Visit>
  void visit_idle(const Visit& visit) {
    const std::lock_guard lock(mutex_);
    std::erase_if(idle_, [&](const auto& connection) { return !visit(*connection); });
  }

  /// Closes what is idle, for example after the server went away.
  void close_idle() {
    std::vector<std::unique_ptr<T>> closing;
    const std::lock_guard lock(mutex_);
    closing.swap(idle_);
  }

 private:
  [[nodiscard]] bool has_room() const { return in_use_ < limits_.size_max; }

  bool wait_for_room(std::unique_lock<std::mutex>& lock) {
    ++waiting_;
    if (metrics_ != nullptr) metrics_->queue_depth(waiting_);
    const bool room = freed_.wait_for(lock, limits_.wait, [this] { return has_room(); });
    --waiting_;
    return room;
  }

  void give_back(std::unique_ptr<T> connection) {
    {
      const std::lock_guard lock(mutex_);
      --in_use_;
      if (connection) idle_.push_back(std::move(connection));
    }
    freed_.notify_one();
  }

  PoolLimits limits_;
  Make make_;
  StoreMetrics* metrics_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<T>> idle_;
  int in_use_ = 0;
  std::size_t waiting_ = 0;
};

}  // namespace store
