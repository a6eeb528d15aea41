// DeliveryService: follows a code from the outbox to the phone, so that whoever waits for it is
// told what happens, a call that fails becomes an SMS, and an SMS that one operator could not
// deliver goes to another. Says the same about numbers with and without an account. Safe from any
// thread.
#pragma once

#include <string>
#include <vector>

#include "identity/challenge/operator_message.h"
#include "identity/delivery/types.h"
#include "store/database.h"
#include "store/outbox.h"

namespace identity {

/// A code that goes to operators for the first time.
struct DeliveryStart {
  ChallengeId id;
  Channel channel = Channel::kCall;
  core::Bytes message_sealed;
  core::Instant expires_at;
};

/// What an operator took over.
struct DeliveryHandover {
  std::string operator_name;
  std::vector<std::string> message_ids;  ///< one for each part of an SMS; empty if it gives none
  bool final = false;                    ///< it rang: nothing more will be reported
};

class DeliveryService {
 public:
  /// How often a message goes back to the outbox because a receipt says that it did not arrive.
  static constexpr std::int64_t kRoundsMax = 3;

  DeliveryService(store::Database& data, core::Rng& rng) : data_(data), rng_(rng) {}

  /// Where the delivery stands; begins it if it is new. Errors: the store's, also below.
  [[nodiscard]] core::Result<DeliveryProgress> begin(const DeliveryStart& start, core::Instant now);
  /// An operator took it.
  [[nodiscard]] core::Status note_handover(const ChallengeId& id, const DeliveryHandover& handover,
                                           core::Instant now);
  /// The call failed; from now on it is an SMS.
  [[nodiscard]] core::Status note_switch_to_sms(const ChallengeId& id, DeliveryProblem problem,
                                                core::Instant now);
  /// This operator refuses this message; it is not asked about it again.
  [[nodiscard]] core::Status note_refusal(const ChallengeId& id, std::string_view operator_name,
                                          core::Instant now);
  /// Nobody can deliver it.
  [[nodiscard]] core::Status note_failure(const ChallengeId& id, DeliveryProblem problem,
                                          core::Instant now);
  /// An operator reports. A message that did not arrive goes back into the outbox, past the
  /// operators that failed it, while its code lives. Errors: kNotFound "delivery.unknown" no
  /// operator took a message under this name, or not yet.
  [[nodiscard]] core::Status take_receipt(const DeliveryReceipt& receipt, core::Instant now);
  /// What the person is told. Errors: kNotFound "challenge.unknown".
  [[nodiscard]] core::Result<DeliveryReport> report(const ChallengeId& id);
  /// Removes what ended long ago. @return rows removed.
  [[nodiscard]] core::Result<std::int64_t> purge(core::Instant now);

 private:
  template <typename Change>
  [[nodiscard]] core::Status change(const ChallengeId& id, core::Instant now, const Change& change);

  store::Database& data_;
  core::Rng& rng_;
};

/// A receipt as an outbox row, and back.
[[nodiscard]] store::OutboxMessage receipt_message(const DeliveryReceipt& receipt);
/// Errors: kInternal "operator_receipt.malformed".
[[nodiscard]] core::Result<DeliveryReceipt> receipt_of(core::ByteView payload);

/// The challenge an outbox row of kOperatorMessageKind is about: its key, without the round.
/// Errors: kInvalidInput "id.malformed".
[[nodiscard]] core::Result<ChallengeId> challenge_of(std::string_view dedup_key);

}  // namespace identity
