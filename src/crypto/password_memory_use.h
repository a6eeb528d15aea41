// PasswordMemory::Use: lets one call of Argon2 work in a PasswordMemory. Internal to the crypto
// room; on the stack of the thread that makes the call.
#pragma once

#include <argon2.h>

#include "crypto/password_memory.h"

namespace crypto {

class PasswordMemory::Use {
 public:
  /// @param memory  null = the library allocates for itself.
  Use(PasswordMemory* memory, argon2_context& context);
  ~Use();
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  static int allocate(std::uint8_t** block, std::size_t bytes);
  static void release(std::uint8_t* block, std::size_t bytes);
};

}  // namespace crypto
