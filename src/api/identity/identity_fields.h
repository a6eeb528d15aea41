// Members that several bodies of the identity room share: what a person types to prove themselves.
// Pure functions; safe from any thread.
#pragma once

#include "codec/json.h"
#include "identity/types.h"

namespace api {

inline constexpr std::size_t kPasswordTextMax = 1024;
inline constexpr std::size_t kRecoveryCodeTextMax = 64;

/// Errors: those of JsonFields::string.
[[nodiscard]] inline core::Result<core::Secret<std::string>> password_member(
    codec::JsonFields& fields, std::string_view name) {
  TRY(auto password, fields.string(name, kPasswordTextMax));
  return core::Secret<std::string>(std::move(password));
}

}  // namespace api
