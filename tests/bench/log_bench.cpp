#include <map>

#include "audit/log_entry.h"
#include "audit/sequencer.h"
#include "audit/testing/hand_signer.h"
#include "bench/commands.h"
#include "crypto/file_key_provider.h"
#include "crypto/system_rng.h"
#include "store/database.h"

namespace bench {
namespace {

constexpr int kFillUnit = 1000;

core::Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return core::Instant::from_micros(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

/// A log of any size whose tiles are made up when they are read: proofs have their true length.
class MadeUpTiles final : public audit::TileReader {
 public:
  [[nodiscard]] core::Result<std::span<const audit::Hash>> read(
      const audit::TileId& tile) override {
    hashes_.assign(tile.width, crypto::sha256(core::as_bytes(audit::tile_path(tile))));
    return std::span<const audit::Hash>(hashes_);
  }

 private:
  std::vector<audit::Hash> hashes_;
};

core::Status fill(store::Database& data, const core::CitizenId& citizen_id, int entries,
                  core::Rng& rng) {
  const auto at = now() - std::chrono::seconds(2);
  for (int done = 0; done < entries; done += kFillUnit) {
    TRY_VOID(data.write([&](store::UnitOfWork& unit) -> core::Status {
      for (int i = done; i < std::min(entries, done + kFillUnit); ++i) {
        TRY_VOID(audit::record_log_entry(unit,
                                         {.citizen_id = citizen_id,
                                          .id = audit::EntryId::make(at, rng),
                                          .kind = "access",
                                          .actor = "platform:documents",
                                          .purpose = "fetch_documents",
                                          .category = "profile"},
                                         at, rng));
      }
      return {};
    }));
  }
  return {};
}

}  // namespace

core::Status fill_log(const std::string& path, const std::string& citizen, int entries) {
  crypto::SystemRng rng;
  TRY(const auto data, store::open_database({.url = "sqlite:" + path}, rng));
  TRY(const auto citizen_id, core::CitizenId::parse(citizen));
  return fill(*data, citizen_id, entries, rng);
}

core::Result<Work> run_log_append(const SeededFiles& files, int entries) {
  crypto::SystemRng rng;
  TRY(const auto data, store::open_database({.url = "sqlite:" + files.data}, rng));
  TRY(const auto keys, store::open_database({.url = "sqlite:" + files.keys}, rng));
  crypto::FileKeyProvider root(crypto::Key256::generate(rng));
  audit::LogKeys log_keys(*keys, root, rng);
  world::HandSigner signer(rng);
  audit::Sequencer sequencer({*data, log_keys, signer, rng});
  TRY_VOID(fill(*data, core::CitizenId::make(now(), rng), entries, rng));
  std::int64_t added = 0;
  const Stopwatch watch;
  TRY_VOID(sequencer.take_lease(now()));
  for (;;) {
    TRY(const int batch, sequencer.integrate(now()));
    if (batch == 0) break;
    added += batch;
    TRY_VOID(sequencer.publish(now()));
  }
  if (added < entries) return core::fail(core::ErrorCode::kInternal, "bench.log_incomplete");
  return watch.stop(added);
}

core::Result<int> log_proof_bytes(std::uint64_t leaves) {
  MadeUpTiles tiles;
  audit::TileTree tree(tiles, leaves);
  std::size_t longest = 0;
  for (const auto index : {std::uint64_t{0}, leaves / 3, leaves / 2, leaves - 1}) {
    TRY(const auto proof, tree.prove_inclusion(index));
    longest = std::max(longest, proof.size() * sizeof(audit::Hash));
  }
  return static_cast<int>(longest);
}

}  // namespace bench
