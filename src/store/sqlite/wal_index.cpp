#include "store/sqlite/wal_index.h"

#include <sqlite3.h>

namespace store {
namespace {

constexpr std::uint32_t kFormat = 3'007'000;
constexpr int kFirstRegion = 0;
constexpr int kRegionBytes = 32'768;
// Places in the header, in words of 32 bits.
constexpr int kFormatWord = 0;
constexpr int kChangesWord = 2;

}  // namespace

std::optional<WalIndex> WalIndex::find(sqlite3* connection) {
  sqlite3_file* file = nullptr;
  const int code = sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER,
                                        static_cast<void*>(&file));
  const bool shares_memory = code == SQLITE_OK && file != nullptr && file->pMethods != nullptr &&
                             file->pMethods->iVersion >= 2 && file->pMethods->xShmMap != nullptr;
  if (!shares_memory) return std::nullopt;
  // The region is mapped already; this only tells where. It stays there until the last connection
  // to the file is closed.
  void volatile* region = nullptr;
  constexpr int kDoNotExtend = 0;
  if (file->pMethods->xShmMap(file, kFirstRegion, kRegionBytes, kDoNotExtend, &region) !=
          SQLITE_OK ||
      region == nullptr) {
    return std::nullopt;
  }
  const auto* header = static_cast<const std::uint32_t*>(const_cast<const void*>(region));
  if (__atomic_load_n(header + kFormatWord, __ATOMIC_RELAXED) != kFormat) return std::nullopt;
  return WalIndex(header);
}

std::uint32_t WalIndex::changes() const {
  return __atomic_load_n(header_ + kChangesWord, __ATOMIC_ACQUIRE);
}

}  // namespace store
