// ExportService: everything the account holds, for its owner to take along. What each room holds
// comes through ExportSource; app/ plugs them in. Made in memory for one answer, never written to a
// disk. Safe from any thread.
#pragma once

#include <string>

#include "codec/json.h"
#include "core/result.h"
#include "core/rng.h"
#include "identity/types.h"
#include "store/database.h"

namespace identity {

/// What the platform knows of a citizen, as one object of sections.
class ExportSource {
 public:
  /// Rows of history and of accesses taken along at most; there is a note when there are more.
  static constexpr int kRowsMax = 10'000;

  virtual ~ExportSource() = default;
  [[nodiscard]] virtual core::Result<codec::JsonObject> collect(const CitizenId& citizen_id,
                                                                core::Instant now) = 0;
};

struct ExportPorts {
  store::Database& data;
  ExportSource& source;
  core::Rng& rng;
};

class ExportService {
 public:
  explicit ExportService(ExportPorts ports) : ports_(ports) {}

  /// The whole account. Taking it along is written into its history first.
  /// Errors: kForbidden "reauthentication.required"; those of ExportSource.
  [[nodiscard]] core::Result<codec::JsonObject> make(const Authenticated& who, core::Instant now);

 private:
  ExportPorts ports_;
};

}  // namespace identity
