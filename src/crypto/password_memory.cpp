#include "crypto/password_memory.h"

#include <sys/mman.h>

#include <cstdlib>
#include <utility>

#include "core/assert.h"
#include "crypto/password.h"
#include "crypto/password_memory_use.h"

namespace crypto {
namespace {

// The hash jumps through its memory at random: with pages of 2 MiB nearly every jump finds its
// page's address at hand.
constexpr std::size_t kHugePageBytes = std::size_t{2} << 20U;
constexpr std::size_t kKeptBytes = std::size_t{kPasswordCost.memory_kib} * 1024;

// The library's callbacks carry no argument of the caller's.
thread_local PasswordMemory* in_use = nullptr;

std::uint8_t* allocate_block(std::size_t bytes) {
  const std::size_t size = (bytes + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
  void* const block = std::aligned_alloc(kHugePageBytes, size);
  if (block == nullptr) return nullptr;
  static_cast<void>(::madvise(block, size, MADV_HUGEPAGE));  // a wish: without it only slower
  return static_cast<std::uint8_t*>(block);
}

}  // namespace

void PasswordMemory::trim() {
  std::vector<std::uint8_t*> unused;
  {
    const std::lock_guard lock(mutex_);
    unused.swap(kept_);
  }
  for (auto* block : unused) std::free(block);
}

std::size_t PasswordMemory::blocks_kept() const {
  const std::lock_guard lock(mutex_);
  return kept_.size();
}

std::uint8_t* PasswordMemory::take(std::size_t bytes) {
  if (bytes == kKeptBytes) {
    const std::lock_guard lock(mutex_);
    if (!kept_.empty()) {
      auto* const block = kept_.back();
      kept_.pop_back();
      return block;
    }
  }
  return allocate_block(bytes);
}

void PasswordMemory::give_back(std::uint8_t* block, std::size_t bytes) {
  if (bytes != kKeptBytes) return std::free(block);
  const std::lock_guard lock(mutex_);
  kept_.push_back(block);
}

PasswordMemory::Use::Use(PasswordMemory* memory, argon2_context& context) {
  CORE_ASSERT(in_use == nullptr);
  if (memory == nullptr) return;
  in_use = memory;
  context.allocate_cbk = &Use::allocate;
  context.free_cbk = &Use::release;
}

PasswordMemory::Use::~Use() { in_use = nullptr; }

int PasswordMemory::Use::allocate(std::uint8_t** block, std::size_t bytes) {
  *block = in_use->take(bytes);
  return *block != nullptr ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

void PasswordMemory::Use::release(std::uint8_t* block, std::size_t bytes) {
  in_use->give_back(block, bytes);
}

}  // namespace crypto
