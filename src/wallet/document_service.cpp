#include "wallet/document_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "codec/json.h"
#include "store/outbox.h"
#include "vault/block.h"
#include "wallet/document_record.h"
#include "wallet/sql_store.h"

namespace wallet {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kPortraitName = "passport_portrait";

vault::OpenRequest own_documents(const CitizenId& id, core::Instant now) {
  return {.citizen_id = id,
          .category = vault::Category::kDocuments,
          .purpose = vault::Purpose::kShowToCitizen,
          .actor = vault::Actor::citizen(),
          .now = now};
}

core::Result<DocumentCard> make_card(const DocumentProgress& progress,
                                     const vault::PersonalRecords& records) {
  DocumentCard card{progress, std::nullopt, false};
  const auto* sealed = vault::find_record(records, name_of(progress.kind));
  if (sealed == nullptr || !progress.received_at) return card;
  TRY(card.record, decode_record(sealed->value));
  card.has_portrait = progress.kind == DocumentKind::kPassport &&
                      vault::find_record(records, kPortraitName) != nullptr;
  return card;
}

core::Duration backoff(std::int64_t attempt) {
  auto delay = DocumentService::kRetryFirst;
  for (std::int64_t i = 1; i < attempt && delay < DocumentService::kRetryMax; ++i) delay *= 2;
  return std::min(delay, DocumentService::kRetryMax);
}

/// A passport's portrait goes with it.
core::Status forget_record(store::UnitOfWork& unit, vault::Vault& vault, const CitizenId& id,
                           DocumentKind kind) {
  if (kind == DocumentKind::kPassport) {
    TRY_VOID(vault.delete_record(unit, id, vault::Category::kDocuments, kPortraitName));
  }
  return vault.delete_record(unit, id, vault::Category::kDocuments, name_of(kind));
}

}  // namespace

/// What one delivery asks: whose, which, and which request of it.
struct DocumentService::Question {
  CitizenId citizen_id;
  DocumentKind kind = DocumentKind::kPassport;
  std::int64_t fetch_number = 0;

  [[nodiscard]] std::string dedup_key() const {
    return citizen_id.to_string() + "/" + std::string(name_of(kind)) + "/" +
           std::to_string(fetch_number);
  }
  [[nodiscard]] core::Bytes encode() const {
    const auto text = codec::to_text(codec::JsonObject{{"citizen_id", citizen_id.to_string()},
                                                       {"kind", std::string(name_of(kind))},
                                                       {"fetch_number", fetch_number}});
    return core::to_bytes(core::as_bytes(text));
  }
  [[nodiscard]] static core::Result<Question> decode(core::ByteView payload) {
    TRY(const auto json, codec::parse_json(core::as_text(payload)));
    TRY(auto fields, codec::JsonFields::of(json));
    Question question;
    TRY(const auto id, fields.string("citizen_id", 36));
    TRY(question.citizen_id, CitizenId::parse(id));
    TRY(const auto kind_name, fields.string("kind", 32));
    const auto kind = find_document_kind(kind_name);
    if (!kind) return fail(ErrorCode::kInternal, "registry_fetch.malformed");
    question.kind = *kind;
    TRY(question.fetch_number, fields.int64("fetch_number", 1, INT64_MAX));
    return question;
  }
};

core::Result<std::vector<DocumentCard>> DocumentService::list(const CitizenId& id,
                                                              core::Instant now) {
  TRY(const auto rows,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::list_documents(unit, id); }));
  TRY(const auto records, ports_.vault.open(own_documents(id, now)));
  std::vector<DocumentCard> cards;
  for (const auto kind : kCards) {
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const DocumentProgress& one) { return one.kind == kind; });
    DocumentProgress absent;
    absent.kind = kind;
    TRY(auto card, make_card(row == rows.end() ? absent : *row, records));
    cards.push_back(std::move(card));
  }
  return cards;
}

core::Status DocumentService::request(const CitizenId& id, const std::vector<DocumentKind>& kinds,
                                      core::Instant now) {
  TRY_VOID(ports_.rights.require_documents(id));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool allowed, ports_.rights.may_ask_registries(unit, id));
    if (!allowed) return fail(ErrorCode::kForbidden, "documents.permission_needed");
    for (const auto kind : kinds) {
      TRY_VOID(ask(unit, id, kind, true, now));
    }
    TRY_VOID(ask(unit, id, DocumentKind::kStatuses, false, now));
    return audit::record_operation(unit, {id, "documents.requested"}, now, ports_.rng);
  });
}

core::Result<DocumentCard> DocumentService::refresh(const CitizenId& id, DocumentKind kind,
                                                    core::Instant now) {
  TRY_VOID(ports_.rights.require_documents(id));
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool allowed, ports_.rights.may_ask_registries(unit, id));
    if (!allowed) return fail(ErrorCode::kForbidden, "documents.permission_needed");
    TRY(const auto row, sql::find_document(unit, id, kind));
    if (!row) return fail(ErrorCode::kNotFound, "document.absent");
    return ask(unit, id, kind, true, now);
  }));
  TRY(const auto cards, list(id, now));
  return *std::find_if(cards.begin(), cards.end(),
                       [&](const DocumentCard& card) { return card.progress.kind == kind; });
}

core::Status DocumentService::remove(const CitizenId& id, DocumentKind kind, core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool removed, sql::delete_document(unit, id, kind));
    if (!removed) return fail(ErrorCode::kNotFound, "document.absent");
    TRY_VOID(forget_record(unit, ports_.vault, id, kind));
    return audit::record_operation(unit, {id, "document.removed", name_of(kind)}, now, ports_.rng);
  });
}

core::Status DocumentService::remove_all(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, sql::list_documents(unit, id));
  for (const auto& row : rows) {
    TRY_VOID(sql::delete_document(unit, id, row.kind));
    TRY_VOID(ports_.vault.delete_record(unit, id, vault::Category::kDocuments, name_of(row.kind)));
  }
  return ports_.vault.delete_record(unit, id, vault::Category::kDocuments, kPortraitName);
}

core::Result<core::Secret<std::string>> DocumentService::portrait(const CitizenId& id,
                                                                  core::Instant now) {
  TRY(const auto records, ports_.vault.open(own_documents(id, now)));
  const auto* portrait = vault::find_record(records, kPortraitName);
  if (portrait == nullptr) return fail(ErrorCode::kNotFound, "portrait.absent");
  return portrait->value;
}

core::Status DocumentService::ask(store::UnitOfWork& unit, const CitizenId& id, DocumentKind kind,
                                  bool again, core::Instant now) {
  TRY(const auto before, sql::find_document(unit, id, kind));
  if (before && (before->state == DocumentState::kFetching || !again)) return {};
  DocumentProgress progress = before.value_or(DocumentProgress{});
  progress.kind = kind;
  progress.state = DocumentState::kFetching;
  progress.problem.clear();
  // Numbered by the moment, so that a removed and requested document never repeats a key.
  progress.fetch_number = std::max(progress.fetch_number + 1, now.micros());
  progress.requested_at = now;
  progress.next_attempt_at.reset();
  TRY_VOID(sql::put_document(unit, id, progress));
  const Question question{id, kind, progress.fetch_number};
  TRY_VOID(store::enqueue(unit,
                          {.kind = std::string(kRegistryFetchKind),
                           .dedup_key = question.dedup_key(),
                           .payload = question.encode(),
                           .not_before = {}},
                          now, ports_.rng));
  return {};
}

core::Result<store::OutboxOutcome> DocumentService::deliver(const store::OutboxDelivery& delivery,
                                                            core::Instant now) {
  const auto question = Question::decode(delivery.payload);
  if (!question) return store::OutboxOutcome(store::GiveUp{question.error().reason});
  const auto record = fetch(*question, now);
  if (record) {
    TRY_VOID(store_record(*question, *record, now));
    return store::OutboxOutcome(store::Delivered{});
  }
  const auto& error = record.error();
  const bool final = error.code == ErrorCode::kNotFound || error.code == ErrorCode::kForbidden;
  const auto retry_after = final ? core::Duration::zero() : backoff(delivery.attempt);
  TRY_VOID(store_refusal(*question, error, retry_after, now));
  if (final) return store::OutboxOutcome(store::Delivered{});
  return store::OutboxOutcome(store::RetryAfter{error.reason, retry_after});
}

core::Result<DocumentRecord> DocumentService::fetch(const Question& question, core::Instant now) {
  // What could not be kept is not asked for.
  TRY(const bool blocked, ports_.data.read([&](store::UnitOfWork& unit) {
    return vault::is_blocked(unit, question.citizen_id, vault::Category::kDocuments);
  }));
  if (blocked) return fail(ErrorCode::kForbidden, "vault.blocked");
  TRY(const auto profile, ports_.vault.open({.citizen_id = question.citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kFetchDocuments,
                                             .actor = vault::Actor::platform("documents"),
                                             .now = now}));
  const auto* snils = vault::find_record(profile, "snils");
  if (snils == nullptr) return fail(ErrorCode::kNotFound, "registry.not_found", "no snils");
  TRY(const auto answer, ports_.source.fetch(question.kind, snils->value));
  return parse_registry_answer(question.kind, answer);
}

core::Status DocumentService::store_record(const Question& question, const DocumentRecord& record,
                                           core::Instant now) {
  const auto& id = question.citizen_id;
  const vault::Provenance provenance{"registry", "verified", now};
  TRY(const auto sealed, ports_.vault.seal({.citizen_id = id,
                                            .category = vault::Category::kDocuments,
                                            .name = std::string(name_of(question.kind)),
                                            .value = encode_record(record),
                                            .provenance = provenance}));
  std::optional<vault::SealedRecord> portrait;
  if (!record.portrait.reveal().empty()) {
    TRY(portrait, ports_.vault.seal({.citizen_id = id,
                                     .category = vault::Category::kDocuments,
                                     .name = std::string(kPortraitName),
                                     .value = record.portrait,
                                     .provenance = provenance}));
  }
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto progress, sql::find_document(unit, id, question.kind));
    // Removed or asked for again meanwhile: this answer is nobody's any more.
    if (!progress || progress->fetch_number != question.fetch_number) return {};
    // The permission may have ended while the registry thought.
    TRY(const bool allowed, ports_.rights.may_ask_registries(unit, id));
    if (!allowed) {
      TRY_VOID(sql::delete_document(unit, id, question.kind));
      return {};
    }
    progress->state = DocumentState::kReady;
    progress->problem.clear();
    progress->received_at = now;
    progress->next_attempt_at.reset();
    TRY_VOID(sql::put_document(unit, id, *progress));
    TRY_VOID(ports_.vault.record_or_clarify(unit, sealed));
    if (portrait) {
      TRY_VOID(ports_.vault.record_or_clarify(unit, *portrait));
    } else if (question.kind == DocumentKind::kPassport) {
      // An older passport's face must not stand beside this one's name.
      TRY_VOID(ports_.vault.delete_record(unit, id, vault::Category::kDocuments, kPortraitName));
    }
    return audit::record_operation(unit, {id, "document.received", name_of(question.kind)}, now,
                                   ports_.rng);
  });
}

core::Status DocumentService::store_refusal(const Question& question, const core::Error& error,
                                            core::Duration retry_after, core::Instant now) {
  const auto& id = question.citizen_id;
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto progress, sql::find_document(unit, id, question.kind));
    if (!progress || progress->fetch_number != question.fetch_number) return {};
    const bool not_found = error.code == ErrorCode::kNotFound;
    const bool first = progress->state == DocumentState::kFetching;
    progress->state = not_found ? DocumentState::kNotFound : DocumentState::kUnavailable;
    progress->problem = not_found ? "" : error.reason;
    progress->next_attempt_at.reset();
    if (retry_after > core::Duration::zero()) progress->next_attempt_at = now + retry_after;
    if (not_found) {
      progress->received_at.reset();
      TRY_VOID(forget_record(unit, ports_.vault, id, question.kind));
    }
    TRY_VOID(sql::put_document(unit, id, *progress));
    if (!first) return {};  // said once, not at every attempt
    return audit::record_operation(
        unit,
        {id, not_found ? "document.not_found" : "document.unavailable", name_of(question.kind)},
        now, ports_.rng);
  });
}

}  // namespace wallet
