// DocumentService: cards fetched from registries. A request only notes what is wanted and puts the
// question into the outbox; the answer arrives on a worker, and the owner sees the state of each
// card. Safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "store/database.h"
#include "store/outbox_worker.h"
#include "vault/vault.h"
#include "wallet/types.h"

namespace wallet {

/// The outbox kind of questions to registries.
inline constexpr std::string_view kRegistryFetchKind = "registry.fetch";

/// The registries, in the wallet's words; edges/registry implements it.
class DocumentSource {
 public:
  virtual ~DocumentSource() = default;
  /// The registry's JSON about the holder of this SNILS.
  /// Errors: kNotFound "registry.not_found" it holds no such document;
  ///   kUnavailable "registry.unavailable", "registry.timeout", "registry.malformed".
  [[nodiscard]] virtual core::Result<std::string> fetch(DocumentKind kind,
                                                        const core::Secret<std::string>& snils) = 0;
};

/// Whether a citizen may use the wallet's functions; app/ plugs identity and privacy in.
class HolderRights {
 public:
  virtual ~HolderRights() = default;
  /// Errors: kForbidden "assurance.verified_required".
  [[nodiscard]] virtual core::Status require_documents(const CitizenId& id) = 0;
  [[nodiscard]] virtual core::Status require_digital_id(const CitizenId& id) = 0;
  /// Whether the permission to ask registries lives.
  [[nodiscard]] virtual core::Result<bool> may_ask_registries(store::UnitOfWork& unit,
                                                              const CitizenId& id) = 0;
};

struct DocumentPorts {
  store::Database& data;
  vault::Vault& vault;
  DocumentSource& source;
  HolderRights& rights;
  core::Rng& rng;
};

class DocumentService {
 public:
  static constexpr core::Duration kRetryFirst = std::chrono::seconds(3);
  static constexpr core::Duration kRetryMax = std::chrono::minutes(30);

  explicit DocumentService(DocumentPorts ports) : ports_(ports) {}

  /// Every card, absent ones too.
  [[nodiscard]] core::Result<std::vector<DocumentCard>> list(const CitizenId& id,
                                                             core::Instant now);
  /// Asks the registries, also for the statuses behind the Digital ID's questions. A document that
  /// is already being fetched is left alone. Errors: kForbidden "assurance.verified_required";
  /// kForbidden "documents.permission_needed".
  [[nodiscard]] core::Status request(const CitizenId& id, const std::vector<DocumentKind>& kinds,
                                     core::Instant now);
  /// Asks again for one card. Errors: those of request; kNotFound "document.absent".
  [[nodiscard]] core::Result<DocumentCard> refresh(const CitizenId& id, DocumentKind kind,
                                                   core::Instant now);
  /// Takes a card out of the wallet. Errors: kNotFound "document.absent".
  [[nodiscard]] core::Status remove(const CitizenId& id, DocumentKind kind, core::Instant now);
  /// Inside the transaction that ends the permission: every card and what registries said goes.
  [[nodiscard]] core::Status remove_all(store::UnitOfWork& unit, const CitizenId& id);
  /// The passport's portrait, PNG bytes, for its owner. Errors: kNotFound "portrait.absent".
  [[nodiscard]] core::Result<core::Secret<std::string>> portrait(const CitizenId& id,
                                                                 core::Instant now);

  /// The outbox handler of kRegistryFetchKind: asks, checks, seals, stores.
  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);

 private:
  struct Question;
  [[nodiscard]] core::Status ask(store::UnitOfWork& unit, const CitizenId& id, DocumentKind kind,
                                 bool again, core::Instant now);
  [[nodiscard]] core::Result<DocumentRecord> fetch(const Question& question, core::Instant now);
  [[nodiscard]] core::Status store_record(const Question& question, const DocumentRecord& record,
                                          core::Instant now);
  [[nodiscard]] core::Status store_refusal(const Question& question, const core::Error& error,
                                           core::Duration retry_after, core::Instant now);

  DocumentPorts ports_;
};

}  // namespace wallet
