#include "app/cli/root_key_commands.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/keys/root_change.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "crypto/keyring_file.h"
#include "crypto/system_rng.h"
#include "vault/root_rotation.h"

namespace app {
namespace {

using Work = std::function<core::Status(const KeySettings&, store::Database&)>;

int with_keys(const ConfigOptions& options, Terminal& terminal, const Work& work) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  crypto::SystemRng rng;
  const auto keys =
      open_store(reading->config, reading->config.store.keys_url, false, rng, nullptr);
  if (!keys) return tell(terminal, keys.error());
  auto done = store::check_schema(**keys, key_migrations());
  if (done) done = work(reading->config.keys, **keys);
  return done ? kExitGood : tell(terminal, done.error());
}

core::Status rotate(const KeySettings& settings, store::Database& keys, Terminal& terminal) {
  crypto::SystemRng rng;
  TRY(const auto id, begin_root_change(settings, keys, rng));
  terminal.out << fmt::format("root key {} is in use\n", crypto::to_text(id));
  TRY(const auto keyring, open_root_keys(settings));
  std::int64_t told = 0;
  TRY(const auto wrapped, rewrap_all(*keyring, keys, [&](std::int64_t done) {
        constexpr std::int64_t kTellEvery = 100'000;
        if (done < told + kTellEvery) return;
        told = done;
        terminal.out << fmt::format("{} keys wrapped anew\n", done);
      }));
  terminal.out << fmt::format(
      "{} keys wrapped anew. Copy {} to every server and to your two safe places, then\n"
      "`beresta keys retire-root` takes the old root key away.\n",
      wrapped, settings.root_key_file);
  return {};
}

core::Status prepare(const KeySettings& settings, Terminal& terminal) {
  crypto::SystemRng rng;
  TRY(const auto id, prepare_root_key(settings, rng));
  terminal.out << fmt::format(
      "root key {} waits in {}: copy the file to every server, then `beresta keys rotate-root`.\n",
      crypto::to_text(id), settings.root_key_file);
  return {};
}

core::Status retire(const KeySettings& settings, store::Database& keys, Terminal& terminal) {
  TRY(const auto retired, retire_old_roots(settings, keys, SystemClock().now()));
  for (const auto& id : retired) {
    terminal.out << fmt::format("root key {} is retired\n", crypto::to_text(id));
  }
  terminal.out << (retired.empty() ? "there is no old root key\n"
                                   : "Destroy its copies: with them every key that was erased while"
                                     " it was in use is gone for good,\nin copies of the databases"
                                     " and on old disks too. A copy of the key database that it"
                                     " wrapped cannot be restored any more.\n");
  return {};
}

std::string_view words_of(crypto::RootState state) {
  switch (state) {
    case crypto::RootState::kCurrent:
      return "in use";
    case crypto::RootState::kNext:
      return "next";
    case crypto::RootState::kOld:
      return "old";
  }
  return "old";
}

core::Status show(const KeySettings& settings, store::Database& keys, Terminal& terminal) {
  TRY(const auto keyring, open_root_keys(settings));
  TRY(const auto text, crypto::read_keyring(settings.root_key_file));
  for (const auto& entry : text.roots) {
    TRY(const auto count, vault::count_wrapped(keys, entry.id));
    terminal.out << fmt::format("root key {}: {}, in {}, {} keys\n", crypto::to_text(entry.id),
                                words_of(entry.state), entry.key ? "the file" : "the token", count);
  }
  for (const auto& id : text.retired) {
    terminal.out << fmt::format("root key {}: retired\n", crypto::to_text(id));
  }
  return check_root_keys(*keyring, keys);
}

}  // namespace

int keys_use_token_command(const UseTokenOptions& options, Terminal& terminal) {
  return with_keys(options.config, terminal, [&](const auto& settings, auto&) -> core::Status {
    TRY(auto file, crypto::KeyringFile::open(settings.root_key_file));
    TRY_VOID(file.use_token({options.label, std::filesystem::absolute(options.module_path),
                             std::filesystem::absolute(options.pin_file)}));
    terminal.out << "root keys are made in the token " << options.label
                 << " from now on; `beresta keys rotate-root` moves there\n";
    return {};
  });
}

int keys_use_file_command(const ConfigOptions& options, Terminal& terminal) {
  return with_keys(options, terminal, [&](const auto& settings, auto&) -> core::Status {
    TRY(auto file, crypto::KeyringFile::open(settings.root_key_file));
    TRY_VOID(file.use_file());
    terminal.out << "root keys are made in " << settings.root_key_file
                 << " from now on; `beresta keys rotate-root` moves there\n";
    return {};
  });
}

int keys_prepare_root_command(const ConfigOptions& options, Terminal& terminal) {
  return with_keys(options, terminal,
                   [&](const auto& settings, auto&) { return prepare(settings, terminal); });
}

int keys_rotate_root_command(const ConfigOptions& options, Terminal& terminal) {
  return with_keys(options, terminal, [&](const auto& settings, auto& keys) {
    return rotate(settings, keys, terminal);
  });
}

int keys_retire_root_command(const ConfigOptions& options, Terminal& terminal) {
  return with_keys(options, terminal, [&](const auto& settings, auto& keys) {
    return retire(settings, keys, terminal);
  });
}

int keys_show_command(const ConfigOptions& options, Terminal& terminal) {
  return with_keys(options, terminal, [&](const auto& settings, auto& keys) {
    return show(settings, keys, terminal);
  });
}

}  // namespace app
