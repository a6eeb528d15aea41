// `beresta bench seed`: many registered citizens in little time. Sealing personal data makes a key
// for each, and a commit for each key would be most of the work: a batch's keys are made inside one
// write unit of the key database. The password, the same for all, is hashed once.
#include "app/cli/bench_seed.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <mutex>
#include <thread>

#include "app/cli/no_consents.h"
#include "app/cli/seed_person.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "audit/operation_log.h"
#include "crypto/password.h"
#include "crypto/system_rng.h"
#include "identity/account/number_store.h"
#include "identity/account_store.h"
#include "identity/token.h"
#include "privacy/service.h"

namespace app {
namespace {

constexpr std::int64_t kBatch = 200;
// Two are busy in the databases' writers, the rest prepare what comes next.
constexpr int kThreads = 6;
constexpr int kAttemptsMore = 20;
constexpr core::Duration kSessionLife = std::chrono::hours(24 * 30);

// The key database as the vault sees it while one unit of it is open: every read and write of the
// vault becomes a part of that unit.
class KeysInUnit final : public store::Database {
 public:
  KeysInUnit(store::UnitOfWork& unit, store::Engine engine) : unit_(unit), engine_(engine) {}
  [[nodiscard]] store::Engine engine() const override { return engine_; }

 private:
  core::Status run_read(const store::UnitFunction& work) override { return work(unit_); }
  core::Status run_write(const store::UnitFunction& work) override { return work(unit_); }
  core::Status run_schema_change(const store::UnitFunction& work) override { return work(unit_); }

  store::UnitOfWork& unit_;
  store::Engine engine_;
};

/// What every thread works with; made once.
struct Ground {
  std::unique_ptr<store::Database> data;
  std::unique_ptr<store::Database> keys;
  std::unique_ptr<crypto::KeyProvider> root;
  privacy::EditionLibrary editions;
  std::string example_e164;
  std::string language;
  std::string phc;
};

/// One citizen on the way into the databases.
struct Prepared {
  SeedPerson person;
  identity::Citizen citizen;
  vault::BlindIndex phone_index;
  identity::Token session_token;  ///< empty = no session
};
using SealedRecords = std::vector<vault::SealedRecord>;

core::Result<Ground> open_ground(Config config, const Jurisdiction& jurisdiction, core::Rng& rng) {
  // A batch may wait behind those of all other threads.
  config.store.busy_timeout = std::chrono::minutes(1);
  TRY(auto ground, open_foundation(config, jurisdiction, {rng, SystemClock().now(), nullptr}));
  TRY(const auto example,
      identity::PhoneNumber::parse(jurisdiction.phone.example, jurisdiction.phone.policy));
  TRY(auto phc, crypto::hash_password(identity::Password(std::string(kSeedPassword)), rng));
  return Ground{std::move(ground.data), std::move(ground.keys),
                std::move(ground.root), std::move(ground.editions),
                example.e164(),         jurisdiction.languages.front(),
                std::move(phc)};
}

class Seeder {
 public:
  Seeder(Ground& ground, const SeedOptions& options, core::Instant now)
      : ground_(ground),
        options_(options),
        now_(now),
        vault_({*ground.data, *ground.keys, *ground.root, no_consents_, rng_}),
        privacy_(*ground.data, ground.editions, nothing_ends_, rng_) {}

  core::Status find_papers() {
    TRY(agreement_, seen(privacy::EditionKind::kAgreement));
    TRY(consent_, seen(privacy::EditionKind::kConsent));
    return {};
  }

  /// One thread's part: batches until there are none left or somebody failed.
  void work() {
    for (;;) {
      const std::int64_t first = next_.fetch_add(kBatch);
      if (first >= options_.citizens || failed_) return;
      const auto last = std::min(first + kBatch, options_.citizens);
      auto status = make_batch(first, last);
      // Batches of several threads get into each other's way on PostgreSQL.
      for (int again = 0; again < kAttemptsMore && !status && is_busy(status.error()); ++again) {
        status = make_batch(first, last);
      }
      if (!status) fail_with(status.error());
    }
  }

  [[nodiscard]] std::int64_t done() const { return done_; }
  [[nodiscard]] std::int64_t there_already() const { return there_already_; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const core::Error& error() const { return error_; }
  [[nodiscard]] const std::vector<std::string>& tokens() const { return tokens_; }

 private:
  core::Result<privacy::SeenEdition> seen(privacy::EditionKind kind) {
    TRY(const auto* edition, ground_.editions.current(kind, ground_.language, now_));
    return privacy::SeenEdition{kind, edition->number, edition->language, edition->sha256};
  }

  static bool is_busy(const core::Error& error) { return error.reason == "store.busy"; }

  void fail_with(const core::Error& error) {
    const std::lock_guard lock(mutex_);
    if (!failed_) error_ = error;
    failed_ = true;
  }

  core::Status make_batch(std::int64_t first, std::int64_t end) {
    TRY(const auto batch, prepare(first, end));
    // Sealed in the unit: the function may run again, so its result is assigned, not added to.
    TRY(const auto records,
        ground_.keys->write([&](store::UnitOfWork& unit) { return seal_batch(unit, batch); }));
    TRY(const auto written, ground_.data->write([&](store::UnitOfWork& unit) {
      return write_batch(unit, batch, records);
    }));
    const std::lock_guard lock(mutex_);
    done_ += end - first;
    there_already_ += end - first - static_cast<std::int64_t>(written.size());
    for (const auto* prepared : written) {
      if (!prepared->session_token.reveal().empty()) {
        tokens_.push_back(prepared->session_token.reveal());
      }
    }
    return {};
  }

  // Leaves out numbers that have an account: a run that was broken off goes on where it was.
  core::Result<std::vector<Prepared>> prepare(std::int64_t first, std::int64_t end) {
    std::vector<Prepared> batch;
    for (std::int64_t number = first; number < end; ++number) {
      TRY(auto prepared, prepare_one(number));
      batch.push_back(std::move(prepared));
    }
    TRY(const auto taken,
        ground_.data->read([&](store::UnitOfWork& unit) { return find_taken(unit, batch); }));
    for (std::size_t i = batch.size(); i-- > 0;) {
      if (taken[i]) batch.erase(batch.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return batch;
  }

  static core::Result<std::vector<bool>> find_taken(store::UnitOfWork& unit,
                                                    const std::vector<Prepared>& batch) {
    std::vector<bool> taken;
    for (const auto& prepared : batch) {
      TRY(const auto owner,
          identity::sql::find_login(unit, identity::sql::kPhoneLogin, prepared.phone_index.bytes));
      taken.push_back(owner.has_value());
    }
    return taken;
  }

  core::Result<Prepared> prepare_one(std::int64_t number) {
    auto person = make_seed_person(options_.seed, number, ground_.example_e164);
    const auto at = now_ - std::chrono::seconds(person.age_of_account_s);
    TRY(const auto phone, identity::PhoneNumber::from_e164(person.phone));
    Prepared prepared;
    prepared.phone_index = vault_.blind_index(identity::sql::kPhoneLogin, person.phone);
    prepared.citizen = {.id = core::CitizenId::make(at, rng_),
                        .level = identity::AssuranceLevel::kPhone,
                        .level_source = {},
                        .level_raised_at = {},
                        .phone_masked = phone.masked(),
                        .registered_at = at};
    if (person.verified) {
      prepared.citizen.level = identity::AssuranceLevel::kVerified;
      prepared.citizen.level_source = "identity_provider";
      prepared.citizen.level_raised_at = at;
    }
    if (number < options_.sessions) prepared.session_token = identity::make_token(rng_);
    prepared.person = std::move(person);
    return prepared;
  }

  core::Result<std::vector<SealedRecords>> seal_batch(store::UnitOfWork& keys_unit,
                                                      const std::vector<Prepared>& batch) {
    KeysInUnit keys(keys_unit, ground_.keys->engine());
    vault::Vault vault({*ground_.data, keys, *ground_.root, no_consents_, rng_});
    std::vector<SealedRecords> all;
    for (const auto& prepared : batch) {
      TRY(auto records, seal_one(vault, prepared));
      all.push_back(std::move(records));
    }
    return all;
  }

  core::Result<SealedRecords> seal_one(vault::Vault& vault, const Prepared& prepared) const {
    const auto& person = prepared.person;
    const auto at = prepared.citizen.registered_at;
    const vault::Provenance proven{"identity_provider", "verified", at};
    std::vector<Attribute> attributes{{"phone", person.phone, {"self", "phone", at}}};
    if (person.verified) {
      attributes.push_back({"family_name", person.family_name, proven});
      attributes.push_back({"given_name", person.given_name, proven});
      attributes.push_back({"middle_name", person.middle_name, proven});
      attributes.push_back({"birth_date", person.birth_date, proven});
      if (options_.facts) {
        attributes.push_back({"sex", person.sex, proven});
        attributes.push_back({"registration_address", person.address, proven});
      }
    }
    SealedRecords records;
    for (auto& attribute : attributes) {
      TRY(auto record, vault.seal({.citizen_id = prepared.citizen.id,
                                   .category = vault::Category::kProfile,
                                   .name = std::move(attribute.name),
                                   .value = core::Secret(std::move(attribute.value)),
                                   .provenance = std::move(attribute.provenance)}));
      records.push_back(std::move(record));
    }
    return records;
  }

  struct Attribute {
    std::string name;
    std::string value;
    vault::Provenance provenance;
  };

  core::Result<std::vector<const Prepared*>> write_batch(
      store::UnitOfWork& unit, const std::vector<Prepared>& batch,
      const std::vector<SealedRecords>& records) {
    std::vector<const Prepared*> written;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto& prepared = batch[i];
      TRY(const bool free,
          identity::sql::insert_login(unit, identity::sql::kPhoneLogin, prepared.phone_index.bytes,
                                      prepared.citizen.id));
      if (!free) continue;
      TRY_VOID(write_one(unit, prepared, records[i]));
      written.push_back(&prepared);
    }
    return written;
  }

  core::Status write_one(store::UnitOfWork& unit, const Prepared& prepared,
                         const SealedRecords& records) {
    const auto& citizen = prepared.citizen;
    const auto at = citizen.registered_at;
    TRY_VOID(identity::sql::insert_citizen(unit, citizen));
    TRY_VOID(identity::sql::insert_first_number(unit, citizen, prepared.phone_index.bytes));
    if (citizen.level_raised_at) {
      TRY_VOID(identity::sql::raise_level(unit, citizen));
    }
    TRY_VOID(identity::sql::put_password(unit, citizen.id, ground_.phc, at));
    for (const auto& record : records) {
      TRY_VOID(vault_.record(unit, record));
    }
    TRY_VOID(audit::record_operation(unit, {citizen.id, "account.registered"}, at, rng_));
    TRY_VOID(privacy_.record_registration(unit, citizen.id, {agreement_, at}, {consent_, at}));
    if (prepared.session_token.reveal().empty()) return {};
    return identity::sql::insert_session(
        unit, {.citizen_id = citizen.id,
               .info = {.id = identity::SessionId::make(now_, rng_),
                        .opened_at = now_,
                        .last_used_at = now_,
                        .device = {"beresta bench seed", "127.0.0.0/24"},
                        .signed_in_by = identity::SignedInBy::kPassword,
                        .authenticated_at = now_,
                        .amr = {identity::Amr::kPwd}},
               .token_hash = identity::hash_token(prepared.session_token.reveal()),
               .expires_at = now_ + kSessionLife});
  }

  Ground& ground_;
  const SeedOptions& options_;
  core::Instant now_;
  crypto::SystemRng rng_;
  NoConsents no_consents_;
  NothingEnds nothing_ends_;
  vault::Vault vault_;
  privacy::PrivacyService privacy_;
  privacy::SeenEdition agreement_;
  privacy::SeenEdition consent_;
  std::atomic<std::int64_t> next_ = 0;
  std::atomic<std::int64_t> done_ = 0;
  std::atomic<std::int64_t> there_already_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  core::Error error_;
  std::vector<std::string> tokens_;
};

// A bar on a terminal, a line for each tenth elsewhere.
void show_progress(std::int64_t done, std::int64_t all, double seconds, std::ostream& err) {
  constexpr std::int64_t kWidth = 40;
  const std::int64_t share = all == 0 ? 100 : done * 100 / all;
  const std::int64_t filled = share * kWidth / 100;
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  const auto text =
      fmt::format("{:3}% [{:<{}}] {} of {}, {:.0f}/s", share,
                  std::string(static_cast<std::size_t>(filled), '#'), kWidth, done, all, rate);
  err << (::isatty(STDERR_FILENO) != 0 ? "\r" + text : text + "\n") << std::flush;
}

void watch(const Seeder& seeder, std::int64_t all, std::ostream& err) {
  const auto started = std::chrono::steady_clock::now();
  const bool is_terminal = ::isatty(STDERR_FILENO) != 0;
  std::int64_t shown_tenth = -1;
  for (;;) {
    const std::int64_t done = seeder.done();
    const std::int64_t tenth = all == 0 ? 10 : done * 10 / all;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (is_terminal || tenth != shown_tenth) show_progress(done, all, seconds, err);
    shown_tenth = tenth;
    if (done >= all || seeder.failed()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  if (is_terminal) err << "\n";
}

// Tokens open accounts: the file is the owner's alone from its first byte.
bool write_tokens(const std::string& path, const std::vector<std::string>& tokens) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return false;
  const bool private_now = ::fchmod(fd, S_IRUSR | S_IWUSR) == 0;
  ::close(fd);
  std::ofstream file(path, std::ios::trunc);
  for (const auto& token : tokens) file << token << "\n";
  file.close();
  return private_now && file.good();
}

}  // namespace

int bench_seed_command(const SeedOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  crypto::SystemRng rng;
  auto ground = open_ground(reading->config, *jurisdiction, rng);
  if (!ground) return tell(terminal, ground.error());
  Seeder seeder(*ground, options, SystemClock().now());
  if (const auto papers = seeder.find_papers(); !papers) return tell(terminal, papers.error());
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back([&] { seeder.work(); });
    watch(seeder, options.citizens, terminal.err);
  }
  if (seeder.failed()) return tell(terminal, seeder.error());
  if (!options.sessions_file.empty() && !write_tokens(options.sessions_file, seeder.tokens())) {
    terminal.err << fmt::format("beresta: {} cannot be written\n", options.sessions_file);
    return kExitFailed;
  }
  terminal.out << fmt::format(
      "{} citizens made, {} were there; password of each: {}; {} sessions\n",
      seeder.done() - seeder.there_already(), seeder.there_already(), kSeedPassword,
      seeder.tokens().size());
  return kExitGood;
}

}  // namespace app
