// One step of a request, inside a transaction: the state, the event, the text and the line in the
// owner's history change together or not at all. And the texts themselves, which only the vault
// keeps. For the services of this folder; functions are safe from any thread.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "core/rng.h"
#include "privacy/request/types.h"
#include "store/unit_of_work.h"
#include "vault/vault.h"

namespace privacy {

/// A text made ready to be stored before the transaction opens.
struct SealedText {
  RequestTextId id;
  vault::SealedRecord record;
  std::string sha256;
};

struct TextToSeal {
  core::CitizenId citizen_id;
  RequestId request_id;
  std::string_view source;  ///< vault::kSelfSource or kDeskSource
  const core::Secret<std::string>& text;
};

/// Errors: those of Vault::seal.
[[nodiscard]] core::Result<SealedText> seal_text(vault::Vault& vault, const TextToSeal& text,
                                                 core::Instant now, core::Rng& rng);
/// What the vault's record of a text is called.
[[nodiscard]] std::string text_name(const RequestId& id, const RequestTextId& text_id);
/// The texts of one request out of what the vault opened.
[[nodiscard]] RequestTexts texts_of(const vault::PersonalRecords& records, const RequestId& id);

/// What is done, by whom, and what goes with it.
struct RequestStep {
  RequestAct act = RequestAct::kTake;
  std::string actor = {};
  std::optional<SealedText> text = {};
  std::string reason = {};
  std::string norm = {};
};

struct StepPorts {
  vault::Vault& vault;
  core::Rng& rng;
};

/// Stores a new request with its first event.
[[nodiscard]] core::Status store_new(store::UnitOfWork& unit, const SubjectRequest& request,
                                     const RequestStep& step, StepPorts ports);
/// Moves `before`, as it is stored now, along the table of transitions to what `changed` says. If
/// it is late and nobody has noted that yet, that is noted first. Errors: kConflict
/// "request.not_now" the table does not allow it, "http.precondition_failed"
///         somebody was faster.
[[nodiscard]] core::Result<SubjectRequest> advance(store::UnitOfWork& unit,
                                                   const SubjectRequest& before,
                                                   const RequestStep& step, core::Instant now,
                                                   StepPorts ports);
/// The same for what changes with the step: the officer, the new term.
[[nodiscard]] core::Result<SubjectRequest> advance_to(store::UnitOfWork& unit,
                                                      const SubjectRequest& before,
                                                      SubjectRequest changed,
                                                      const RequestStep& step, core::Instant now,
                                                      StepPorts ports);
/// Notes once that the term has passed. False when there is nothing to note.
[[nodiscard]] core::Result<bool> note_if_overdue(store::UnitOfWork& unit,
                                                 const SubjectRequest& request, core::Instant now,
                                                 core::Rng& rng);

}  // namespace privacy
