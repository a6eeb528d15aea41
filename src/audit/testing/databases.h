// A data and a key database on real SQLite, with the server's own migrations, in a folder that goes
// away with the test; and seeded randomness. For tests only; the helpers end the process when
// arranging fails, so that no test passes on an empty world.
#pragma once

#include <stdlib.h>  // mkdtemp

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/assert.h"
#include "store/database.h"
#include "store/metrics.h"
#include "store/migration.h"

namespace world {

/// The moment at which tests begin: 2026-09-13T12:26:40Z.
inline constexpr core::Instant kNow = core::Instant::from_seconds(1'789'302'400);

/// Random bytes that are the same in every run. Safe from any thread.
class SeededRng final : public core::Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    const std::lock_guard lock(mutex_);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_{20240229};
};

/// Remembers the names of the statements that rooms ran, in order; not the store's own, which come
/// with a new connection. Safe from any thread.
class StatementLog final : public store::StoreMetrics {
 public:
  void statement_finished(std::string_view name, std::chrono::nanoseconds /*took*/,
                          bool /*succeeded*/) override {
    if (name.starts_with("store.")) return;
    const std::lock_guard lock(mutex_);
    names_.emplace_back(name);
  }
  /// What ran since the last call.
  [[nodiscard]] std::vector<std::string> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(names_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> names_;
};

/// A fresh folder, in memory where the system offers it: a test has no use for a slow fsync.
class Folder {
 public:
  Folder() {
    const bool in_memory = std::filesystem::is_directory("/dev/shm");
    std::string name = in_memory ? "/dev/shm" : std::filesystem::temp_directory_path().string();
    name += "/beresta-world-XXXXXX";
    CORE_ASSERT(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string operator/(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

[[nodiscard]] inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::unique_ptr<store::Database> must_open(const std::string& path, core::Rng& rng,
                                                  store::StoreMetrics* metrics) {
  store::DatabaseConfig config;
  config.url = "sqlite:" + path;
  config.create_if_missing = true;
  auto database = store::open_database(config, rng, metrics);
  CORE_ASSERT(database.has_value());
  return std::move(*database);
}

/// Applies the scripts of one folder of the repository ("migrations", "migrations/keys").
inline void migrate_from(const std::string& folder, store::Database& database) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(BERESTA_SOURCE_DIR) + "/" + folder)) {
    if (entry.path().extension() == ".sql") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> texts;
  for (const auto& file : files) {
    texts.push_back(file.stem().string());
    texts.push_back(read_file(file.string()));
  }
  std::vector<store::Migration> migrations;
  for (std::size_t i = 0; i < texts.size(); i += 2) {
    const std::string_view stem = texts[i];
    migrations.push_back({.number = std::stoi(std::string(stem.substr(0, 4))),
                          .name = stem.substr(5),
                          .sql = texts[i + 1]});
  }
  CORE_ASSERT(!migrations.empty());
  CORE_ASSERT(store::migrate(database, migrations, kNow).has_value());
}

/// Empty databases with the schema; migrated once per process and copied from then on.
class Databases {
 public:
  Databases() {
    static const Folder templates;
    static const bool made = [] {
      SeededRng rng;
      migrate_from("migrations", *must_open(templates / "data.db", rng, nullptr));
      migrate_from("migrations/keys", *must_open(templates / "keys.db", rng, nullptr));
      return true;
    }();
    CORE_ASSERT(made);
    for (const std::string_view name : {"data.db", "keys.db"}) {
      std::filesystem::copy_file(templates / name, folder_ / name);
    }
    data_ = must_open(folder_ / "data.db", rng_, &statements_);
    keys_ = must_open(folder_ / "keys.db", rng_, nullptr);
  }

  [[nodiscard]] store::Database& data() { return *data_; }
  [[nodiscard]] store::Database& keys() { return *keys_; }
  [[nodiscard]] SeededRng& rng() { return rng_; }
  /// The statements that ran on the data database.
  [[nodiscard]] StatementLog& statements() { return statements_; }

  /// Every byte of the data database that is on disk now, its log included.
  [[nodiscard]] std::string data_bytes() const {
    return read_file(folder_ / "data.db") + read_file(folder_ / "data.db-wal");
  }
  [[nodiscard]] const Folder& folder() const { return folder_; }
  /// Closes the data database and opens another file of the folder in its place.
  void reopen_data(std::string_view name) {
    data_.reset();
    data_ = must_open(folder_ / name, rng_, &statements_);
  }
  /// Closes the data database, copies its file under another name and opens it again.
  void back_up_data(std::string_view name) {
    data_.reset();
    std::filesystem::copy_file(folder_ / "data.db", folder_ / name);
    data_ = must_open(folder_ / "data.db", rng_, &statements_);
  }

 private:
  SeededRng rng_;
  Folder folder_;
  StatementLog statements_;
  std::unique_ptr<store::Database> data_;
  std::unique_ptr<store::Database> keys_;
};

/// Runs one statement that must succeed. @param sql  a literal; it is its own name too.
inline store::Rows run(store::Database& database, std::string_view sql,
                       std::initializer_list<store::Param> params = {}) {
  auto rows = database.write([&](store::UnitOfWork& unit) {
    return unit.run(store::Query{sql, sql}, params);
  });
  CORE_ASSERT(rows.has_value());
  return std::move(*rows);
}

/// The one number a statement answers.
inline std::int64_t number(store::Database& database, std::string_view sql,
                           std::initializer_list<store::Param> params = {}) {
  return run(database, sql, params).front().int64(0);
}

/// "ok", or the reason of the error: what most expectations are about.
template <typename T>
[[nodiscard]] std::string reason_of(const core::Result<T>& result) {
  return result ? "ok" : result.error().reason;
}

}  // namespace world
