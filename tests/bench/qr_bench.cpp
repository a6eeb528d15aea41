#include <fmt/format.h>

#include <vector>

#include "app/keys/key_files.h"
#include "app/system_clock.h"
#include "bench/commands.h"
#include "crypto/system_rng.h"
#include "wallet/digital_id_check.h"

namespace bench {
namespace {

using core::ErrorCode;
using core::fail;

constexpr int kCodes = 2000;
constexpr int kCodesPerBody = 100;
constexpr core::Duration kCodeLife = std::chrono::hours(1);

/// A code of a device and an attestation of its own, as a wallet shows it now.
std::string make_code(const crypto::P256PrivateKey& issuer, core::Instant now, core::Rng& rng) {
  const auto device = crypto::P256PrivateKey::generate(rng);
  const auto issued = core::Instant::from_seconds(now.seconds());
  const wallet::AttestationClaims claims{.question = wallet::Question::kAgeOver18,
                                         .answer = true,
                                         .device_key = device.public_key().compressed(),
                                         .expires_at = issued + kCodeLife,
                                         .issued_at = issued,
                                         .portrait_digest = {}};
  return wallet::make_code_text(wallet::make_attestation(claims, issuer), wallet::slot_of(now),
                                device);
}

wallet::TrustList trust_in(const crypto::P256PrivateKey& issuer, core::Instant now) {
  wallet::TrustList trust;
  trust.serial = 1;
  trust.issued_at = now;
  trust.expires_at = now + kCodeLife;
  trust.keys.push_back({.kid = wallet::kid_of(issuer.public_key()),
                        .key = issuer.public_key(),
                        .issuer_name = "bench",
                        .not_before = now - kCodeLife,
                        .not_after = now + kCodeLife});
  return trust;
}

/// Judges every code once.
core::Status check_all(wallet::DigitalIdChecker& checker, const std::vector<std::string>& codes,
                       core::Instant now) {
  for (const auto& code : codes) {
    const auto result = checker.check(code, now);
    if (result.verdict != wallet::Verdict::kYes) {
      return fail(ErrorCode::kInternal, "bench.verdict",
                  std::string(wallet::name_of(result.verdict)));
    }
  }
  return {};
}

}  // namespace

core::Result<Work> check_codes(bool first_seen, Seconds time) {
  crypto::SystemRng rng;
  const auto now = app::SystemClock().now();
  const auto issuer = crypto::P256PrivateKey::generate(rng);
  std::vector<std::string> codes;
  for (int i = 0; i < kCodes; ++i) codes.push_back(make_code(issuer, now, rng));

  const auto trust = trust_in(issuer, now);
  wallet::DigitalIdChecker remembering(trust);
  TRY_VOID(check_all(remembering, codes, now));
  const Stopwatch watch;
  std::int64_t done = 0;
  while (watch.wall_s() < time.count()) {
    if (first_seen) {
      wallet::DigitalIdChecker forgetful(trust);
      TRY_VOID(check_all(forgetful, codes, now));
    } else {
      TRY_VOID(check_all(remembering, codes, now));
    }
    done += kCodes;
  }
  return watch.stop(done);
}

core::Status write_code_bodies(const std::string& issuer_dir, int bodies, std::ostream& out) {
  crypto::SystemRng rng;
  const auto now = app::SystemClock().now();
  TRY(const auto keys, app::load_issuer_keys(issuer_dir));
  TRY(const auto* signing, app::signing_key(keys, now));
  for (int body = 0; body < bodies; ++body) {
    // The alphabet of base45 needs no escape in JSON.
    out << R"({"codes":[)";
    for (int i = 0; i < kCodesPerBody; ++i) {
      out << (i == 0 ? "\"" : ",\"") << make_code(signing->key, now, rng) << '"';
    }
    out << "]}\n";
  }
  return {};
}

}  // namespace bench
