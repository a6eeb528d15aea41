// What the telephone operator is asked to do: ring a number or text it. Decided in a transaction
// and put into the outbox sealed; the worker that talks to the operator reads it back. Value type.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/result.h"
#include "core/secret.h"
#include "identity/types.h"

namespace identity {

/// The outbox kind of these messages.
inline constexpr std::string_view kOperatorMessageKind = "operator.message";

struct OperatorMessage {
  ChallengeId id;  ///< also the deduplication key
  Channel channel = Channel::kCall;
  core::Secret<std::string> to;    ///< E.164
  core::Secret<std::string> code;  ///< digits
  std::string language;            ///< of the SMS
  core::Instant expires_at;        ///< not worth sending after this
};

/// The message as bytes to be sealed.
[[nodiscard]] core::Secret<std::string> encode_operator_message(const OperatorMessage& message);
/// Errors: kInternal "operator_message.malformed".
[[nodiscard]] core::Result<OperatorMessage> decode_operator_message(
    const core::Secret<std::string>& text);
/// The place a sealed message belongs to, for the vault.
[[nodiscard]] std::string operator_message_place(const ChallengeId& id);

}  // namespace identity
