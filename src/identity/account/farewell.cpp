#include "identity/account/farewell.h"

#include "codec/json.h"

namespace identity {
namespace {

core::Result<Farewell> decode(const std::string& text) {
  TRY(const auto json, codec::parse_json(text));
  TRY(auto fields, codec::JsonFields::of(json));
  Farewell farewell;
  TRY(auto to, fields.string("to", 16));
  farewell.to = core::Secret<std::string>(std::move(to));
  TRY(auto receipt, fields.string("receipt", 32));
  farewell.receipt = core::Secret<std::string>(std::move(receipt));
  TRY(farewell.language, fields.string("language", 8));
  return farewell;
}

}  // namespace

core::Secret<std::string> encode_farewell(const Farewell& farewell) {
  return core::Secret<std::string>(
      codec::to_text(codec::JsonObject{{"to", farewell.to.reveal()},
                                       {"receipt", farewell.receipt.reveal()},
                                       {"language", farewell.language}}));
}

core::Result<Farewell> decode_farewell(const core::Secret<std::string>& text) {
  auto farewell = decode(text.reveal());
  if (!farewell) return core::fail(core::ErrorCode::kInternal, "farewell.malformed");
  return farewell;
}

std::string farewell_place(std::string_view dedup_key) {
  return "outbox|account.farewell|" + std::string(dedup_key);
}

}  // namespace identity
