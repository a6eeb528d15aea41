// PasswordMemory: the blocks of memory in which Argon2 works, kept from call to call. Asking the
// system for 19 MiB each time costs a tenth of the hash in page faults, and the allocator would
// keep a block for every thread that ever hashed. Safe from any thread; outlives every call with
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace crypto {

class PasswordMemory {
 public:
  PasswordMemory() = default;
  PasswordMemory(const PasswordMemory&) = delete;
  PasswordMemory& operator=(const PasswordMemory&) = delete;
  ~PasswordMemory() { trim(); }

  /// Gives the system back what no call uses now. Until then as many blocks are kept as calls ran
  /// at once; the library wipes each before it comes back.
  void trim();
  [[nodiscard]] std::size_t blocks_kept() const;

  class Use;  ///< one call's hold on it, see password_memory_use.h

 private:
  std::uint8_t* take(std::size_t bytes);
  void give_back(std::uint8_t* block, std::size_t bytes);

  mutable std::mutex mutex_;
  std::vector<std::uint8_t*> kept_;  ///< all of the size that kPasswordCost needs
};

}  // namespace crypto
