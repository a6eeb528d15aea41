// PhoneOperator: one operator that texts or rings, whatever it is spoken to in. The router chooses
// among several. Implementations are safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "core/secret.h"
#include "identity/types.h"

namespace app {

/// A code to be handed over.
struct PhoneOrder {
  std::string id;                  ///< deduplication key, for operators that know such a thing
  core::Secret<std::string> to;    ///< E.164
  core::Secret<std::string> text;  ///< of an SMS, UTF-8
  core::Secret<std::string> code;  ///< digits
};

/// What the operator took over.
struct PhoneHandover {
  std::vector<std::string> message_ids;  ///< by which its receipts name the parts of an SMS
  bool final = false;                    ///< it rang: there is nothing more to hear
};

class PhoneOperator {
 public:
  virtual ~PhoneOperator() = default;

  [[nodiscard]] virtual identity::Channel channel() const = 0;
  /// Whether it is worth asking now: bound, not throttled.
  [[nodiscard]] virtual bool is_ready() const { return true; }
  /// Whether it can send just this: a call needs a number of its own that ends in the code.
  [[nodiscard]] virtual bool can_send(const PhoneOrder& /*order*/) const { return true; }
  /// A code this operator can ring with; nullopt = any digits do.
  [[nodiscard]] virtual std::optional<std::string> draw_code(core::Rng& /*rng*/,
                                                             int /*digits*/) const {
    return std::nullopt;
  }
  /// Hands the order over; a call is over when it returns.
  /// Errors: kConflict     "callee.busy", "callee.declined", "callee.not_found",
  /// "callee.no_answer":
  ///                       the operator did its part, the person's phone did not take the call;
  ///         kUnavailable  the operator does not do its part now: ask another one or later;
  ///         others        it refuses this order for good.
  /// The detail never names the number, the text or the code.
  [[nodiscard]] virtual core::Result<PhoneHandover> send(const PhoneOrder& order) = 0;
};

}  // namespace app
