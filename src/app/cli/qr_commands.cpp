#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/cli/commands.h"
#include "app/cli/spoken_locale.h"
#include "app/cli/verdict_words.h"
#include "app/config/toml_file.h"
#include "app/keys/key_files.h"
#include "app/system_clock.h"
#include "codec/base64url.h"
#include "codec/qr_image.h"
#include "codec/qr_symbol.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kTrustBytesMax = 64UL * 1024;
constexpr std::size_t kRootTextBytesMax = 4096;
constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";

bool is_file(const std::string& name) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(name, ignored);
}

core::Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
  auto text = read_text_file(path, bytes_max);
  if (!text) return fail(ErrorCode::kInvalidInput, "file.unreadable", path + ": " + text.error());
  return std::move(*text);
}

core::Result<std::string> read_stream(std::istream& in, std::size_t bytes_max) {
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > bytes_max) return fail(ErrorCode::kInvalidInput, "file.too_large");
  return text;
}

// A file and a pipe end with the line's end; a code may end with a space, which is part of it.
std::string without_line_end(std::string text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

// The code of a picture or text; a picture of several codes gives the one that is ours.
core::Result<std::string> code_in(std::string content) {
  if (!std::string_view(content).starts_with(kPngSignature)) {
    return without_line_end(std::move(content));
  }
  TRY(const auto texts, codec::read_qr(core::as_bytes(content)));
  const auto ours = std::find_if(texts.begin(), texts.end(), [](const std::string& text) {
    return text.starts_with(wallet::kCodePrefix);
  });
  return ours != texts.end() ? *ours : texts.front();
}

core::Result<std::string> find_code(const std::string& input, std::istream& in) {
  if (input == "-") {
    TRY(auto content, read_stream(in, codec::kPngBytesMax));
    return code_in(std::move(content));
  }
  if (!input.starts_with(wallet::kCodePrefix)) {
    if (is_file(input)) {
      TRY(auto content, read_file(input, codec::kPngBytesMax));
      return code_in(std::move(content));
    }
    if (input.ends_with(".png") || input.ends_with(".txt")) {
      return fail(ErrorCode::kNotFound, "file.missing", input);
    }
  }
  return input;
}

core::Result<crypto::P256PublicKey> parse_root(std::string_view text) {
  TRY(const auto bytes, codec::from_base64url(text));
  return crypto::P256PublicKey::from_uncompressed(bytes);
}

core::Result<crypto::P256PublicKey> find_root(const QrVerifyOptions& options,
                                              const Config* config) {
  if (options.root.empty()) {
    if (config == nullptr) return fail(ErrorCode::kInvalidInput, "trust.no_root");
    TRY(const auto root, load_trust_root(config->keys.issuer_dir));
    return root.public_key();
  }
  if (!is_file(options.root)) return parse_root(options.root);
  TRY(auto text, read_file(options.root, kRootTextBytesMax));
  return parse_root(without_line_end(std::move(text)));
}

// The list of a file, or on the issuer's own machine the keys that lie there.
core::Result<wallet::TrustList> find_trust(const QrVerifyOptions& options, const Config* config,
                                           core::Instant now) {
  if (!options.trust.empty()) {
    TRY(const auto root, find_root(options, config));
    TRY(const auto content, read_file(options.trust, kTrustBytesMax));
    TRY(auto list, wallet::open_trust_list(core::as_bytes(content), root));
    if (now > list.expires_at) return fail(ErrorCode::kForbidden, "trust.expired");
    if (now < list.issued_at) return fail(ErrorCode::kForbidden, "trust.not_yet_valid");
    return list;
  }
  if (config == nullptr) return fail(ErrorCode::kInvalidInput, "trust.missing");
  TRY(const auto keys, load_issuer_keys(config->keys.issuer_dir));
  wallet::TrustList list;
  list.issued_at = now;
  list.expires_at = now + kIssuerOverlap;
  list.keys = trust_list_keys(keys, config->installation.issuer_name);
  return list;
}

std::string_view trust_words(std::string_view reason) {
  if (reason == "trust.expired")
    return "the trust list has expired: fetch /.well-known/beresta-trust";
  if (reason == "trust.not_yet_valid") {
    return "the trust list is from the future: this machine's clock is wrong";
  }
  if (reason == "trust.signature") return "the trust list is not signed by this root key";
  if (reason == "trust.malformed") return "that file is no trust list";
  if (reason == "file.unreadable") return "the trust list cannot be read";
  if (reason == "base64url.malformed" || reason.starts_with("key.")) {
    return "the root key cannot be used; give --root KEY, `trust_root` of /api/v1/configuration";
  }
  return "no trust list: give --trust FILE and --root KEY";
}

// What an error of finding the code says; no verdict can be given.
int tell_unreadable(const QrVerifyOptions& options, const core::Error& error, Terminal& terminal) {
  const std::string_view why = error.reason == "qr.not_found" ? "no readable code in the picture"
                               : error.reason == "qr.not_png" ? "the picture is damaged"
                               : error.reason == "qr.image_too_large" ? "the picture is too large"
                               : error.reason == "file.missing"       ? "there is no such file"
                                                                      : "it cannot be read";
  terminal.err << fmt::format("beresta: {}: {} ({})\n", options.input, why, error.reason);
  return kExitMalformed;
}

// The configuration is only a convenience here: a checker's machine has none.
std::optional<Config> find_config(const QrVerifyOptions& options, Terminal& terminal) {
  if (!options.trust.empty() && !options.root.empty()) return std::nullopt;
  if (find_config_file(options.config).empty() && options.config.overrides.empty()) {
    return std::nullopt;
  }
  auto reading = load_config(options.config, false, terminal);
  return reading ? std::optional(std::move(reading->config)) : std::nullopt;
}

bool write_file(const std::string& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  return file.good();
}

int save(const std::string& path, std::string_view content, Terminal& terminal) {
  if (write_file(path, content)) return kExitGood;
  terminal.err << fmt::format("beresta: {} cannot be written\n", path);
  return kExitFailed;
}

}  // namespace

int qr_verify_command(const QrVerifyOptions& options, Terminal& terminal) {
  const auto now =
      options.at_seconds ? core::Instant::from_seconds(*options.at_seconds) : SystemClock().now();
  const auto config = find_config(options, terminal);
  auto trust = find_trust(options, config ? &*config : nullptr, now);
  if (!trust) {
    const auto& error = trust.error();
    terminal.err << fmt::format("beresta: {} ({}{}{})\n", trust_words(error.reason), error.reason,
                                error.detail.empty() ? "" : ": ", error.detail);
    return kExitUsage;
  }
  const auto code = find_code(options.input, terminal.in);
  if (!code) return tell_unreadable(options, code.error(), terminal);
  const auto result = wallet::DigitalIdChecker(std::move(*trust)).check(*code, now);
  if (options.json) {
    terminal.out << codec::to_text(to_json(result)) << "\n";
  } else {
    terminal.out << say(result, spoken_language(options.language, locale_name())) << "\n";
  }
  return exit_code_of(result.verdict);
}

int qr_show_command(const QrShowOptions& options, Terminal& terminal) {
  std::string text = options.input;
  if (text == "-") {
    auto content = read_stream(terminal.in, codec::kQrCharactersMax + 2);
    if (!content) return tell(terminal, content.error());
    text = without_line_end(std::move(*content));
  }
  const auto symbol = codec::QrSymbol::encode(text);
  if (!symbol) {
    terminal.err << fmt::format("beresta: {} ({})\n",
                                symbol.error().reason == "qr.too_long"
                                    ? "the text is too long for a code"
                                    : "a code holds digits, capital letters and $%*+-./: only",
                                symbol.error().reason);
    return kExitFailed;
  }
  if (!options.svg.empty()) return save(options.svg, symbol->to_svg(), terminal);
  if (options.png.empty()) {
    terminal.out << symbol->to_terminal();
    return kExitGood;
  }
  const auto png = symbol->to_png(options.scale);
  if (!png) return tell(terminal, png.error());
  return save(options.png, core::as_text(*png), terminal);
}

}  // namespace app
