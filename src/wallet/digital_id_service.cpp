#include "wallet/digital_id_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "wallet/document_record.h"
#include "wallet/sql_store.h"

namespace wallet {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::array kOffered{Question::kAgeOver18, Question::kPensioner, Question::kIdentity};

core::Result<crypto::P256PublicKey> read_key(core::ByteView bytes) {
  auto key = crypto::P256PublicKey::from_uncompressed(bytes);
  if (!key) return fail(ErrorCode::kInvalidInput, "device.key_malformed", key.error().reason);
  return key;
}

/// A name too long for a code keeps the family name and first letters of the others.
/// @param document_bytes  name and document share what QR version 15 leaves for them.
std::string fit_name(const std::string& full_name, std::size_t document_bytes) {
  const auto bytes_max = std::min(kFullNameBytesMax, kIdentityBytesMax - document_bytes);
  if (full_name.size() <= bytes_max) return full_name;
  std::string fitted = full_name.substr(0, full_name.find(' '));
  for (auto at = full_name.find(' '); at != std::string::npos; at = full_name.find(' ', at + 1)) {
    const auto lead = static_cast<unsigned char>(full_name[at + 1]);
    const std::size_t length = lead < 0x80U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
    fitted += " " + full_name.substr(at + 1, length) + ".";
  }
  while (fitted.size() > bytes_max) {
    do fitted.pop_back();
    while (!fitted.empty() && (static_cast<unsigned char>(fitted.back()) & 0xC0U) == 0x80U);
  }
  return fitted;
}

core::Result<std::optional<DocumentRecord>> decode_optional(const vault::PersonalRecords& records,
                                                            DocumentKind kind) {
  const auto* sealed = vault::find_record(records, name_of(kind));
  if (sealed == nullptr) return std::optional<DocumentRecord>();
  TRY(auto record, decode_record(sealed->value));
  return std::optional(std::move(record));
}

/// Signed out meanwhile: what is issued then would miss the list of revoked attestations.
core::Status check_still_there(store::UnitOfWork& unit, const CitizenId& id,
                               const DeviceId& device_id) {
  TRY(const auto devices, sql::list_devices(unit, id));
  const bool there = std::any_of(devices.begin(), devices.end(),
                                 [&](const Device& one) { return one.id == device_id; });
  return there ? core::Status() : core::Status(fail(ErrorCode::kNotFound, "device.unknown"));
}

core::Error error_of(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kNotVerified:
      return {ErrorCode::kForbidden, "assurance.verified_required", {}};
    case Obstacle::kUnderAge:
      return {ErrorCode::kForbidden, "digital_id.under_18", {}};
    case Obstacle::kBirthDateUnknown:
      return {ErrorCode::kForbidden, "digital_id.birth_date_unknown", {}};
  }
  return {ErrorCode::kInternal, "digital_id.obstacle", {}};
}

/// Which document a question's answer comes from; the age comes from the profile.
std::optional<DocumentKind> source_of(Question question) {
  if (question == Question::kPensioner) return DocumentKind::kStatuses;
  if (question == Question::kIdentity) return DocumentKind::kPassport;
  return std::nullopt;
}

QuestionReadiness readiness_of(Question question, bool answered,
                               const std::vector<DocumentProgress>& documents) {
  if (answered) return QuestionReadiness::kReady;
  const auto source = source_of(question);
  const auto row =
      std::find_if(documents.begin(), documents.end(), [&](const DocumentProgress& one) {
        return source && one.kind == *source && one.state == DocumentState::kFetching;
      });
  return row == documents.end() ? QuestionReadiness::kUnavailable : QuestionReadiness::kPending;
}

}  // namespace

std::string_view name_of(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kNotVerified:
      return "not_verified";
    case Obstacle::kUnderAge:
      return "under_18";
    case Obstacle::kBirthDateUnknown:
      return "birth_date_unknown";
  }
  return "not_verified";
}

std::string_view name_of(QuestionReadiness readiness) {
  switch (readiness) {
    case QuestionReadiness::kReady:
      return "ready";
    case QuestionReadiness::kPending:
      return "pending";
    case QuestionReadiness::kUnavailable:
      return "unavailable";
  }
  return "unavailable";
}

core::Result<DigitalIdOverview> DigitalIdService::overview(const CitizenId& id, core::Instant now) {
  DigitalIdOverview overview;
  const auto right = ports_.rights.require_digital_id(id);
  if (!right && right.error().code != ErrorCode::kForbidden) return fail(right.error());
  if (!right) {
    overview.obstacles.push_back(Obstacle::kNotVerified);
    return overview;
  }
  TRY(const auto holder,
      find_holder(id, vault::Purpose::kShowToCitizen, vault::Actor::citizen(), now));
  overview.obstacles = obstacles(holder, now);
  std::vector<DocumentProgress> documents;
  std::vector<Device> devices;
  TRY_VOID(ports_.data.read([&](store::UnitOfWork& unit) -> core::Status {
    TRY(documents, sql::list_documents(unit, id));
    TRY(devices, sql::list_devices(unit, id));
    return {};
  }));
  if (!devices.empty()) overview.device = devices.front();
  for (const auto question : kOffered) {
    QuestionState state;
    state.question = question;
    state.answer = answer(question, holder, now);
    state.readiness = readiness_of(question, state.answer.has_value(), documents);
    state.has_portrait = question == Question::kIdentity && holder.portrait_digest.has_value();
    overview.questions.push_back(std::move(state));
  }
  return overview;
}

core::Result<DeviceChallenge> DigitalIdService::challenge(const CitizenId& id, core::Instant now) {
  TRY_VOID(ports_.rights.require_digital_id(id));
  return ports_.proofs.make(id, now);
}

core::Result<Device> DigitalIdService::register_device(const CitizenId& id,
                                                       const DeviceApplication& application,
                                                       core::Instant now) {
  TRY_VOID(require_eligible(id, now));
  if (application.name.empty() || application.name.size() > kDeviceNameBytesMax) {
    return fail(ErrorCode::kInvalidInput, "device.name_malformed");
  }
  TRY(const auto key, read_key(application.public_key));
  TRY_VOID(ports_.proofs.check(id, key,
                               {.context = DeviceProof::kRegisterContext,
                                .challenge = application.challenge,
                                .bound = {},
                                .signature = application.proof},
                               now));
  Device device{DeviceId::make(now, ports_.rng), application.name, application.public_key, now};
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto existing, sql::list_devices(unit, id));
    if (!existing.empty() && !application.replace) {
      return fail(ErrorCode::kConflict, "wallet.device_exists");
    }
    for (const auto& old : existing) {
      TRY_VOID(sql::revoke_attestations(unit, id, old.id, now));
      TRY_VOID(sql::delete_device(unit, id, old.id));
    }
    TRY_VOID(sql::insert_device(unit, id, device));
    return audit::record_operation(unit, {id, "digital_id.created", device.name}, now, ports_.rng);
  }));
  TRY_VOID(ports_.revocations.refresh(now));
  // What the questions rest on is asked for now, if the person has allowed it; if not, the page
  // says so.
  const auto asked = ports_.documents.request(id, {}, now);
  if (!asked && asked.error().code != ErrorCode::kForbidden) return fail(asked.error());
  return device;
}

core::Status DigitalIdService::remove_device(const CitizenId& id, const DeviceId& device_id,
                                             core::Instant now) {
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(sql::revoke_attestations(unit, id, device_id, now));
    TRY(const bool removed, sql::delete_device(unit, id, device_id));
    if (!removed) return fail(ErrorCode::kNotFound, "device.unknown");
    return audit::record_operation(unit, {id, "digital_id.removed"}, now, ports_.rng);
  }));
  return ports_.revocations.refresh(now);
}

core::Result<AttestationBatch> DigitalIdService::issue(const CitizenId& id,
                                                       const BatchApplication& application,
                                                       core::Instant now) {
  TRY_VOID(require_eligible(id, now));
  if (application.public_keys.empty() || application.public_keys.size() > kBatchMax) {
    return fail(ErrorCode::kInvalidInput, "digital_id.batch_size");
  }
  TRY(const auto devices,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::list_devices(unit, id); }));
  const auto device = std::find_if(devices.begin(), devices.end(), [&](const Device& one) {
    return one.id == application.device_id;
  });
  if (device == devices.end()) return fail(ErrorCode::kNotFound, "device.unknown");
  TRY(const auto device_key, read_key(device->public_key));
  core::Bytes all_keys;
  for (const auto& key : application.public_keys) {
    all_keys.insert(all_keys.end(), key.begin(), key.end());
  }
  const auto bound = crypto::sha256(all_keys);
  TRY_VOID(ports_.proofs.check(id, device_key,
                               {.context = DeviceProof::kBatchContext,
                                .challenge = application.challenge,
                                .bound = bound,
                                .signature = application.proof},
                               now));

  TRY(const auto holder, find_holder(id, vault::Purpose::kIssueDigitalId,
                                     vault::Actor::platform("attestations"), now));
  const auto stated = answer(application.question, holder, now);
  if (!stated) return fail(ErrorCode::kConflict, "digital_id.answer_unknown");
  TRY(const auto* signing_key, ports_.trust.signing_key(now));
  const auto issued_at = core::Instant::from_seconds(now.seconds());
  AttestationClaims claims{.question = application.question,
                           .answer = *stated,
                           .device_key = {},
                           .expires_at = issued_at + policy_.attestation_life,
                           .issued_at = issued_at,
                           .portrait_digest = {}};
  if (application.question == Question::kIdentity) claims.portrait_digest = holder.portrait_digest;

  AttestationBatch batch{{}, claims.expires_at};
  std::vector<sql::AttestationRow> rows;
  for (const auto& bytes : application.public_keys) {
    TRY(const auto key, read_key(bytes));
    claims.device_key = key.compressed();
    auto attestation = make_attestation(claims, signing_key->key);
    rows.push_back(
        {crypto::sha256(attestation), device->id, application.question, claims.expires_at});
    batch.attestations.push_back(std::move(attestation));
  }
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(check_still_there(unit, id, application.device_id));
    for (const auto& row : rows) {
      TRY_VOID(sql::insert_attestation(unit, id, row));
    }
    return audit::record_operation(unit, {id, "attestations.issued", name_of(application.question)},
                                   now, ports_.rng);
  }));
  return batch;
}

core::Status DigitalIdService::remove_all(store::UnitOfWork& unit, const CitizenId& id,
                                          core::Instant now) {
  TRY(const auto devices, sql::list_devices(unit, id));
  for (const auto& device : devices) {
    TRY_VOID(sql::revoke_attestations(unit, id, device.id, now));
    TRY_VOID(sql::delete_device(unit, id, device.id));
    TRY_VOID(audit::record_operation(unit, {id, "digital_id.removed"}, now, ports_.rng));
  }
  return {};
}

core::Result<std::int64_t> DigitalIdService::purge(core::Instant now) {
  return ports_.data.write(
      [&](store::UnitOfWork& unit) { return sql::purge_attestations(unit, now); });
}

core::Result<DigitalIdService::Holder> DigitalIdService::find_holder(const CitizenId& id,
                                                                     vault::Purpose purpose,
                                                                     const vault::Actor& actor,
                                                                     core::Instant now) {
  vault::OpenRequest request{.citizen_id = id,
                             .category = vault::Category::kProfile,
                             .purpose = purpose,
                             .actor = actor,
                             .now = now};
  TRY(const auto profile, ports_.vault.open(request));
  request.category = vault::Category::kDocuments;
  TRY(const auto documents, ports_.vault.open(request));
  Holder holder;
  if (const auto* born = vault::find_record(profile, "birth_date")) {
    const auto date = core::Date::parse(born->value.reveal());
    if (date) holder.birth_date = *date;
  }
  TRY(holder.passport, decode_optional(documents, DocumentKind::kPassport));
  TRY(holder.statuses, decode_optional(documents, DocumentKind::kStatuses));
  if (const auto* portrait = vault::find_record(documents, "passport_portrait")) {
    holder.portrait_digest = crypto::sha256(core::as_bytes(portrait->value.reveal()));
  }
  return holder;
}

std::vector<Obstacle> DigitalIdService::obstacles(const Holder& holder, core::Instant now) const {
  if (!holder.birth_date) return {Obstacle::kBirthDateUnknown};
  const auto today = core::date_of(now, policy_.utc_offset_minutes);
  if (core::full_years(*holder.birth_date, today) < policy_.age_min) return {Obstacle::kUnderAge};
  return {};
}

std::optional<Answer> DigitalIdService::answer(Question question, const Holder& holder,
                                               core::Instant now) const {
  const auto today = core::date_of(now, policy_.utc_offset_minutes);
  if (question == Question::kAgeOver18 && holder.birth_date) {
    return Answer(core::full_years(*holder.birth_date, today) >= 18);
  }
  if (question == Question::kPensioner && holder.statuses) {
    const auto* pensioner = holder.statuses->find("pensioner");
    return Answer(pensioner != nullptr && pensioner->value == "true");
  }
  if (question == Question::kIdentity && holder.passport) {
    const auto* full_name = holder.passport->find("full_name");
    if (full_name == nullptr || holder.passport->registry_status != "valid") return std::nullopt;
    return Answer(IdentityAnswer{fit_name(full_name->value, holder.passport->number.size()),
                                 holder.passport->number});
  }
  return std::nullopt;
}

core::Status DigitalIdService::require_eligible(const CitizenId& id, core::Instant now) {
  TRY_VOID(ports_.rights.require_digital_id(id));
  TRY(const auto holder,
      find_holder(id, vault::Purpose::kShowToCitizen, vault::Actor::citizen(), now));
  const auto found = obstacles(holder, now);
  return found.empty() ? core::Status() : core::Status(fail(error_of(found.front())));
}

}  // namespace wallet
