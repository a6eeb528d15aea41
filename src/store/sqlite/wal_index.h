// WalIndex: the counter of commits in the shared memory of SQLite's write-ahead log. Reading it
// tells in a nanosecond, over all threads and processes, whether a snapshot is still the newest.
// For the SQLite driver only; belongs to the connection it was found through.
#pragma once

#include <cstdint>
#include <optional>

struct sqlite3;

namespace store {

class WalIndex {
 public:
  /// Empty for a database that is not in WAL mode, or whose index has another form than this knows.
  /// @param connection  has read from the database in WAL mode, so that the index is there.
  [[nodiscard]] static std::optional<WalIndex> find(sqlite3* connection);

  /// Changes with every commit. Source: sqlite.org/walformat.html, section 2.1 (iChange).
  [[nodiscard]] std::uint32_t changes() const;

 private:
  explicit WalIndex(const std::uint32_t* header) : header_(header) {}
  const std::uint32_t* header_;
};

}  // namespace store
