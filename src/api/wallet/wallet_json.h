// The wallet's values as the HTTP interface shows them (docs/api/openapi.yaml).
// Pure functions; safe from any thread.
#pragma once

#include "codec/json.h"
#include "wallet/digital_id_service.h"
#include "wallet/types.h"
#include "wallet/verification_service.h"

namespace api {

/// "Document" of the contract.
[[nodiscard]] codec::JsonObject to_json(const wallet::DocumentCard& card, core::Instant now);
[[nodiscard]] codec::JsonObject to_json(const wallet::Device& device);
[[nodiscard]] codec::JsonObject to_json(const wallet::DigitalIdOverview& overview);
[[nodiscard]] codec::JsonObject to_json(const wallet::OnlineResult& result);

}  // namespace api
