// Reading many people for a data set that names nobody. Its purpose is not one of vault::Purpose:
// nobody's file may be opened for it, only the few facts below, of many people, by this class.
// Whoever is read has an access record and an entry of the log, committed before anything is
// decrypted; whoever has anything blocked is not read. Safe from any thread.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vault/operation.h"
#include "vault/vault.h"

namespace vault {

/// The purpose, as the register of processing and the log name it.
inline constexpr std::string_view kStatisticsPurpose = "make_statistics";
/// What may be done for it.
inline constexpr std::array kStatisticsOperations = {Operation::kExtract,
                                                     Operation::kDepersonalise};
/// All that is decrypted for it: records of the profile by these names.
inline constexpr std::array<std::string_view, 3> kStatisticsFacts = {"birth_date", "sex",
                                                                     "registration_address"};

using DatasetId = core::StrongId<struct DatasetIdTag>;

/// The making of one data set.
struct Depersonalising {
  DatasetId dataset_id;
  Actor actor;
  core::Instant now;
};

/// Somebody who was read: their kStatisticsFacts, of each the claim in force first.
struct ReadPerson {
  core::CitizenId citizen_id;
  PersonalRecords records;
};

/// Whether somebody may be read at all, asked in the transaction that records it; may look at what
/// is kept of them beside the vault, and may be asked more than once.
using MayBeRead = std::function<core::Result<bool>(store::UnitOfWork&, const core::CitizenId&)>;

class DepersonalisedReading {
 public:
  static constexpr std::size_t kPeopleMax = 200;

  DepersonalisedReading(const VaultPorts& ports, Depersonalising act)
      : ports_(ports), act_(std::move(act)) {}

  /// Those of at most kPeopleMax people who may be read, in their order. The subject of each entry
  /// of the log names operation and data set, so that a person sees which one they are in.
  /// Errors: kInternal "crypto.open_failed" a row or key was altered or moved; what `may_be_read`
  ///   answers; those of store::Database and crypto::KeyProvider.
  [[nodiscard]] core::Result<std::vector<ReadPerson>> read(std::span<const core::CitizenId> people,
                                                           const MayBeRead& may_be_read);

 private:
  struct Found {
    core::CitizenId citizen_id;
    store::Rows rows;
  };
  [[nodiscard]] core::Result<std::vector<Found>> record_and_select(
      store::UnitOfWork& unit, std::span<const core::CitizenId> people,
      const MayBeRead& may_be_read);
  /// False: something of theirs is blocked.
  [[nodiscard]] core::Result<bool> record(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id);

  VaultPorts ports_;
  Depersonalising act_;
};

}  // namespace vault
