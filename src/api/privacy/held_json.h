// What is held about a person, category by category, with the register's words for it: on the page
// "My data" and in the file that answers a request alike. Pure function; safe from any thread.
#pragma once

#include "codec/json.h"
#include "privacy/processing/my_data_service.h"

namespace api {

/// {country, categories: [HeldCategory]} of the contract.
[[nodiscard]] codec::JsonObject held_json(const privacy::Held& held,
                                          const privacy::ProcessingRegister& entries);

}  // namespace api
