// The vault's words: what kinds of personal data there are, who may want to read them, and what
// for. A purpose that is not in this list cannot be asked for. Value types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/secret.h"
#include "core/strong_id.h"

namespace vault {

/// One key per citizen and category: a key that opens one category opens no other.
enum class Category { kProfile, kDocuments, kAuthenticators, kRequests };
[[nodiscard]] std::string_view name_of(Category category);

/// What plaintext is wanted for; basis_of says what allows it.
enum class Purpose {
  kShowToCitizen,   ///< the owner looks at their own data
  kFetchDocuments,  ///< ask a registry for the owner's documents
  kIssueDigitalId,  ///< state an answer in an attestation the owner asked for
  kNotifyCitizen,   ///< tell the owner what happened in their account
  kReleaseToParty,  ///< a relying party gets what the owner agreed to give it
  kAnswerRequest,   ///< the data protection officer answers a request of the owner
  kShowPortrait,    ///< a checker holds a valid identity code the owner has just shown
};
[[nodiscard]] std::string_view name_of(Purpose purpose);

/// What allows a purpose.
struct Basis {
  bool owner_only = false;        ///< only the citizen may be the actor
  std::string_view consent = {};  ///< a consent that must be live; empty = the agreement itself
  bool consent_to_actor = false;  ///< the consent that must be live is the one to this very actor
};
[[nodiscard]] Basis basis_of(Purpose purpose);

/// Who reads. Anyone but the citizen leaves an access record.
class Actor {
 public:
  /// The owner, in a session of their own.
  [[nodiscard]] static Actor citizen() { return Actor("citizen"); }
  /// A part of the platform that acts without the owner watching: "documents", "attestations".
  [[nodiscard]] static Actor platform(std::string_view part) {
    return Actor("platform:" + std::string(part));
  }
  /// A relying party the owner signs in at.
  [[nodiscard]] static Actor party(std::string_view client_id) {
    return Actor("party:" + std::string(client_id));
  }
  /// Somebody of the staff, by role and account: "data_protection_officer:018f...".
  [[nodiscard]] static Actor staff(std::string_view who) {
    return Actor("staff:" + std::string(who));
  }
  /// Somebody who was shown a code.
  [[nodiscard]] static Actor checker() { return Actor("checker"); }

  [[nodiscard]] bool is_citizen() const { return name_ == "citizen"; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  explicit Actor(std::string name) : name_(std::move(name)) {}
  std::string name_;
};

/// Where a value came from and how well it is proven.
struct Provenance {
  std::string source;           ///< "self", "identity_provider", "registry"
  std::string assurance_level;  ///< "phone", "verified"
  core::Instant proven_at;
};

/// One attribute or document of a citizen, in clear.
struct PersonalRecord {
  std::string name;  ///< "given_name", "passport"
  core::Secret<std::string> value;
  Provenance provenance;
};
using PersonalRecords = std::vector<PersonalRecord>;

/// The record with this name, or nullptr.
[[nodiscard]] const PersonalRecord* find_record(const PersonalRecords& records,
                                                std::string_view name);

/// A record made ready to be stored: encrypting is done before a transaction opens.
struct SealedRecord {
  core::CitizenId citizen_id;
  Category category = Category::kProfile;
  std::string name;
  core::Bytes sealed;
  Provenance provenance;
};

/// HMAC of a kind and a normalised value: finds without telling.
struct BlindIndex {
  core::Bytes bytes;
};

}  // namespace vault
