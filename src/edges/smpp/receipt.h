// Receipt: what an SMS centre reports about a message, in optional parameters or, as most do, in a
// text of an old convention ("id:... stat:DELIVRD ..."). Pure function, value type.
#pragma once

#include <optional>
#include <string>

#include "edges/smpp/pdu.h"

namespace edges::smpp {

struct Receipt {
  std::string message_id;
  bool delivered = false;
};

/// The receipt in it; nullopt for anything else, and for news that are not final (accepted, on its
/// way, unknown).
[[nodiscard]] std::optional<Receipt> find_receipt(const DeliverSm& message);

}  // namespace edges::smpp
