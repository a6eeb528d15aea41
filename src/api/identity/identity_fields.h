// Members that several bodies of the identity room share: what a person types to prove themselves.
// Pure functions; safe from any thread.
#pragma once

#include <optional>

#include "codec/json.h"
#include "identity/session/session_service.h"
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

/// The two members of a proof of work, absent together.
/// Errors: those of JsonFields; "json.member_missing" one without the other.
[[nodiscard]] core::Result<std::optional<identity::WorkProof>> work_members(
    codec::JsonFields& fields);

}  // namespace api
