// MyDataService: everything that is held about a person, in one place: category by category, from
// where, at what level, on what basis and until when. It reads what stands beside the ciphertexts
// and no plaintext. Safe from any thread; what it is made of must outlive it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "privacy/processing/types.h"
#include "store/database.h"

namespace privacy {

/// A record of the vault without its value.
struct HeldRecord {
  std::string category;
  std::string name;
  std::string source;
  std::string level;
  core::Instant since;
};

/// What is held, in one read.
struct Held {
  std::vector<HeldRecord> records;                         ///< by category, name and source
  std::map<std::string, std::int64_t, std::less<>> lines;  ///< rows of a category beside it
};

class MyDataService {
 public:
  MyDataService(store::Database& data, const ProcessingRegister& processing)
      : data_(data), register_(processing) {}

  [[nodiscard]] const ProcessingRegister& entries() const { return register_; }
  /// Errors: the store's.
  [[nodiscard]] core::Result<Held> held(const core::CitizenId& citizen_id);

 private:
  store::Database& data_;
  const ProcessingRegister& register_;
};

}  // namespace privacy
