#include "api/wallet/wallet_api.h"

#include "api/privacy/consent_json.h"
#include "api/wallet/wallet_json.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::size_t kKeyTextMax = 96;
constexpr std::size_t kProofTextMax = 96;
constexpr std::size_t kChallengeTextMax = 64;
constexpr std::size_t kCodeTextMax = 1024;

core::Result<wallet::DocumentKind> card_of(std::string_view name) {
  const auto kind = wallet::find_card(name);
  if (!kind) return fail(ErrorCode::kNotFound, "document.kind_unknown");
  return *kind;
}

core::Result<std::vector<wallet::DocumentKind>> kinds_member(JsonFields& fields) {
  TRY(const auto* items, fields.array("kinds", wallet::kCards.size()));
  if (items->empty()) return fail(ErrorCode::kInvalidInput, "documents.none_chosen");
  std::vector<wallet::DocumentKind> kinds;
  for (const auto& item : *items) {
    if (!item.is_string()) return fail(ErrorCode::kInvalidInput, "json.member_type", "kinds");
    const auto kind = wallet::find_card(item.as_string());
    if (!kind) return fail(ErrorCode::kInvalidInput, "document.kind_unknown");
    kinds.push_back(*kind);
  }
  return kinds;
}

core::Result<wallet::DeviceApplication> device_body(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  wallet::DeviceApplication application;
  TRY(application.name, fields.string("name", wallet::DigitalIdService::kDeviceNameBytesMax * 2));
  TRY(application.public_key, bytes_member(fields, "public_key", kKeyTextMax));
  TRY(application.challenge, bytes_member(fields, "challenge", kChallengeTextMax));
  TRY(application.proof, bytes_member(fields, "proof", kProofTextMax));
  if (fields.find("replace") != nullptr) {
    TRY(application.replace, fields.boolean("replace"));
  }
  TRY_VOID(fields.finish());
  return application;
}

core::Result<wallet::BatchApplication> batch_body(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  wallet::BatchApplication application;
  TRY(const auto device_id, fields.string("device_id", 36));
  TRY(application.device_id, wallet::DeviceId::parse(device_id));
  TRY(const auto question_name, fields.string("question", 32));
  const auto question = wallet::find_question(question_name);
  if (!question) return fail(ErrorCode::kInvalidInput, "digital_id.question_unknown");
  application.question = *question;
  TRY(const auto* keys, fields.array("public_keys", wallet::DigitalIdService::kBatchMax));
  for (const auto& item : *keys) {
    if (!item.is_string()) return fail(ErrorCode::kInvalidInput, "json.member_type", "public_keys");
    TRY(auto key, codec::from_base64url(item.as_string()));
    application.public_keys.push_back(std::move(key));
  }
  TRY(application.challenge, bytes_member(fields, "challenge", kChallengeTextMax));
  TRY(application.proof, bytes_member(fields, "proof", kProofTextMax));
  TRY_VOID(fields.finish());
  return application;
}

/// One code or a batch.
core::Result<std::vector<std::string>> codes_body(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  std::vector<std::string> codes;
  TRY(auto one, fields.optional_string("code", kCodeTextMax));
  if (one) {
    codes.push_back(std::move(*one));
  } else {
    TRY(const auto* items, fields.array("codes", wallet::VerificationService::kBatchMax));
    for (const auto& item : *items) {
      if (!item.is_string() || item.as_string().size() > kCodeTextMax) {
        return fail(ErrorCode::kInvalidInput, "json.member_type", "codes");
      }
      codes.emplace_back(item.as_string());
    }
  }
  TRY_VOID(fields.finish());
  if (codes.empty()) return fail(ErrorCode::kInvalidInput, "verify.no_code");
  return codes;
}

http::Response png(const core::Secret<std::string>& picture) {
  return http::bytes("image/png", picture.reveal());
}

}  // namespace

core::Result<JsonObject> WalletApi::document_list(const core::CitizenId& id, core::Instant now) {
  TRY(const auto cards, services_.documents.list(id, now));
  TRY(const auto overview, services_.privacy.overview(id));
  JsonArray documents;
  for (const auto& card : cards) documents.push_back(to_json(card, now));
  JsonObject json{{"documents", std::move(documents)}};
  for (const auto& consent : overview.consents) {
    if (consent.purpose == privacy::ConsentPurpose::kRegistryDocuments) {
      json["permission"] = to_json(consent, now);
    }
  }
  return json;
}

core::Result<http::Response> WalletApi::list_documents(const Request& request) {
  TRY(const auto list, document_list(request.subject().citizen_id, request.received_at()));
  return http::json_ok(list);
}

core::Result<http::Response> WalletApi::request_documents(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto kinds, kinds_member(fields));
  TRY_VOID(fields.finish());
  const auto& id = request.subject().citizen_id;
  TRY_VOID(services_.documents.request(id, kinds, request.received_at()));
  TRY(const auto list, document_list(id, request.received_at()));
  auto response = http::json_ok(list);
  response.status = 202;
  return response;
}

core::Result<http::Response> WalletApi::refresh_document(const Request& request) {
  TRY(const auto kind, card_of(request.path_param("kind")));
  TRY(const auto card,
      services_.documents.refresh(request.subject().citizen_id, kind, request.received_at()));
  auto response = http::json_ok(to_json(card, request.received_at()));
  response.status = 202;
  return response;
}

core::Result<http::Response> WalletApi::remove_document(const Request& request) {
  TRY(const auto kind, card_of(request.path_param("kind")));
  TRY_VOID(services_.documents.remove(request.subject().citizen_id, kind, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> WalletApi::portrait(const Request& request) {
  TRY(const auto picture,
      services_.documents.portrait(request.subject().citizen_id, request.received_at()));
  return png(picture);
}

core::Result<http::Response> WalletApi::digital_id(const Request& request) {
  TRY(const auto overview,
      services_.digital_id.overview(request.subject().citizen_id, request.received_at()));
  return http::json_ok(to_json(overview));
}

core::Result<http::Response> WalletApi::device_challenge(const Request& request) {
  TRY(const auto challenge,
      services_.digital_id.challenge(request.subject().citizen_id, request.received_at()));
  JsonObject json{{"challenge", codec::to_base64url(challenge.bytes)}};
  put_moment(json, "expires_at", challenge.expires_at);
  return http::json_created(json);
}

core::Result<http::Response> WalletApi::register_device(const Request& request) {
  TRY(const auto application, device_body(request));
  TRY(const auto device, services_.digital_id.register_device(request.subject().citizen_id,
                                                              application, request.received_at()));
  return http::json_created(to_json(device));
}

core::Result<http::Response> WalletApi::remove_device(const Request& request) {
  TRY(const auto id, path_id<wallet::DeviceId>(request, "device_id"));
  TRY_VOID(
      services_.digital_id.remove_device(request.subject().citizen_id, id, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> WalletApi::issue_attestations(const Request& request) {
  TRY(const auto application, batch_body(request));
  TRY(const auto batch,
      services_.digital_id.issue(request.subject().citizen_id, application, request.received_at()));
  JsonArray attestations;
  for (const auto& attestation : batch.attestations) {
    attestations.push_back(codec::Json(codec::to_base64url(attestation)));
  }
  JsonObject json{{"question", wallet::name_of(application.question)},
                  {"attestations", std::move(attestations)}};
  put_moment(json, "expires_at", batch.expires_at);
  return http::json_created(json);
}

core::Result<http::Response> WalletApi::verify_codes(const Request& request) {
  TRY(const auto codes, codes_body(request));
  JsonArray results;
  for (const auto& code : codes) {
    results.push_back(to_json(services_.verification.verify(code, request.received_at())));
  }
  return http::json_ok(JsonObject{{"results", std::move(results)}});
}

core::Result<http::Response> WalletApi::show_portrait(const Request& request) {
  TRY(const auto codes, codes_body(request));
  TRY(const auto picture, services_.verification.portrait(codes.front(), request.received_at()));
  return png(picture);
}

core::Result<http::Response> WalletApi::trust_list(const Request& request) {
  const auto list = services_.trust.signed_list(request.received_at());
  auto response = http::bytes("application/cose", std::string(core::as_text(list)));
  response.with("Cache-Control", "public, max-age=300");
  return response;
}

}  // namespace api
