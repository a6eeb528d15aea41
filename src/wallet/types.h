// The wallet's words: documents, their state on the way from a registry, devices, questions. Value
// types; what a document says is personal data and lives in memory only as long as a request.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/secret.h"
#include "core/strong_id.h"

namespace wallet {

using core::CitizenId;
using DeviceId = core::StrongId<struct DeviceIdTag>;

/// kStatuses is not a card: it holds the yes-or-no facts (pensioner) behind the questions.
enum class DocumentKind { kPassport, kDrivingLicence, kSnils, kOms, kInn, kStatuses };
inline constexpr std::array kCards{DocumentKind::kPassport, DocumentKind::kDrivingLicence,
                                   DocumentKind::kSnils, DocumentKind::kOms, DocumentKind::kInn};
[[nodiscard]] std::string_view name_of(DocumentKind kind);
/// Also finds kStatuses ("statuses"); find_card does not.
[[nodiscard]] std::optional<DocumentKind> find_document_kind(std::string_view name);
[[nodiscard]] std::optional<DocumentKind> find_card(std::string_view name);

enum class DocumentState { kAbsent, kFetching, kReady, kNotFound, kUnavailable };
[[nodiscard]] std::string_view name_of(DocumentState state);
[[nodiscard]] DocumentState document_state_from(std::string_view name);

/// How far a document has come; its row.
struct DocumentProgress {
  DocumentKind kind = DocumentKind::kPassport;
  DocumentState state = DocumentState::kAbsent;
  std::string problem;  ///< "registry.timeout"; empty unless kUnavailable
  std::int64_t fetch_number =
      0;  ///< grows with every request; an answer to an older one is dropped
  core::Instant requested_at;
  std::optional<core::Instant> received_at;
  std::optional<core::Instant> next_attempt_at;
};

/// One labelled value, as on the paper.
struct DocumentField {
  std::string name;
  std::string value;
};

/// What a registry said, parsed and checked.
struct DocumentRecord {
  std::string number;  ///< grouped as on the paper; empty for kStatuses
  std::vector<DocumentField> fields;
  std::optional<core::Date> valid_until;
  std::string registry_status;         ///< "valid", "expired", "invalid"
  core::Secret<std::string> portrait;  ///< PNG bytes; only with a passport

  /// The field with this name, or nullptr.
  [[nodiscard]] const DocumentField* find(std::string_view name) const;
};

/// A card as its owner sees it.
struct DocumentCard {
  DocumentProgress progress;
  std::optional<DocumentRecord> record;
  bool has_portrait = false;
};

/// The device that holds the Digital ID.
struct Device {
  DeviceId id;
  std::string name;
  core::Bytes public_key;  ///< SEC1 uncompressed
  core::Instant made_at;
};

}  // namespace wallet
