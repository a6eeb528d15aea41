// Gateway: the way to an operator that texts and rings people. What to send was decided elsewhere
// (an outbox row); a gateway only hands it over. Implementations are safe from any thread.
#pragma once

#include <string>

#include "core/result.h"
#include "core/secret.h"

namespace edges::sms_http {

enum class Channel { kSms, kCall };

struct OutgoingMessage {
  Channel channel = Channel::kSms;
  std::string id;                  ///< deduplication key: the operator delivers it once
  core::Secret<std::string> to;    ///< E.164, "+79175550142"
  core::Secret<std::string> text;  ///< of an SMS, UTF-8
  core::Secret<std::string> code;  ///< of a call: the digits its caller number ends in
};

/// The operator took the message; whether it arrives is another question.
struct Accepted {
  std::string provider_id;  ///< the operator's name for it; empty if it gives none
};

class Gateway {
 public:
  virtual ~Gateway() = default;

  /// Hands one message over. Repeating with the same id is safe.
  /// Errors: kUnavailable   "gateway.unavailable" no answer, 429 or 5xx: try again later;
  ///         kUnavailable   "gateway.malformed"   an answer that says neither yes nor no;
  ///         kForbidden     "gateway.refused"     the operator says no: repeating cannot help;
  ///         kInvalidInput  "gateway.no_channel"  not configured for this channel.
  /// The detail names status or step and never the number, the text or the code.
  [[nodiscard]] virtual core::Result<Accepted> send(const OutgoingMessage& message) = 0;
};

}  // namespace edges::sms_http
