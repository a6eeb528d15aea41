// Key files of the Digital ID: the trust root that signs the trust list, and the issuer's keys that
// sign attestations, each a PKCS#8 PEM file of mode 0600 in [keys] issuer_dir. A file that anyone
// but its owner may touch is refused. Functions for start-up and the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "crypto/p256.h"
#include "wallet/trust_list.h"

namespace app {

inline constexpr std::string_view kTrustRootFile = "trust-root.pem";
/// After the next key has taken over, the older one is still believed for this long: clocks differ.
inline constexpr core::Duration kIssuerOverlap = std::chrono::hours(24);
/// No key signs for longer than this, rotated or not.
inline constexpr core::Duration kIssuerLifeMax = std::chrono::hours(24 * 400);

/// One issuer key and since when it signs; whole seconds, from the file's name.
struct IssuerKeyFile {
  core::Instant not_before;
  crypto::P256PrivateKey key;
};

/// Reads trust-root.pem.
/// Errors: kNotFound "key.file_missing"; kInternal "key.not_regular_file", "key.not_owned",
///         "key.permissions_too_open", "key.malformed", "key.unreadable" (detail: path and cause).
[[nodiscard]] core::Result<crypto::P256PrivateKey> load_trust_root(const std::string& issuer_dir);

/// Reads every issuer-<YYYYMMDDThhmmssZ>.pem, oldest first; at least one, and of very many the
/// newest that a trust list can hold. Other files in the folder are left alone.
/// Errors: those of load_trust_root; kInternal "key.malformed" also for an issuer-*.pem whose name
///         holds no moment.
[[nodiscard]] core::Result<std::vector<IssuerKeyFile>> load_issuer_keys(
    const std::string& issuer_dir);

/// The provider's own signing keys, openid-<YYYYMMDDThhmmssZ>.pem, oldest first; may be none.
/// Errors: those of load_issuer_keys but for the missing file.
[[nodiscard]] core::Result<std::vector<IssuerKeyFile>> load_openid_keys(
    const std::string& issuer_dir);
/// Makes one that signs from `from` (whole second) on. Errors: as create_trust_root.
[[nodiscard]] core::Result<IssuerKeyFile> create_openid_key(const std::string& issuer_dir,
                                                            core::Instant from, core::Rng& rng);

/// Makes trust-root.pem; the folder is made (0700) if it is not there.
/// Errors: kConflict "key.file_exists"; kInternal "key.not_written".
[[nodiscard]] core::Status create_trust_root(const std::string& issuer_dir, core::Rng& rng);
/// Makes an issuer key that signs from `now` (whole second) on. Errors: as create_trust_root.
[[nodiscard]] core::Result<IssuerKeyFile> create_issuer_key(const std::string& issuer_dir,
                                                            core::Instant now, core::Rng& rng);

/// The key that signs at `now`: the youngest whose time has come.
/// Errors: kUnavailable "issuer.no_key" none has begun, or the youngest is over kIssuerLifeMax old:
///         `beresta keys rotate` makes another.
[[nodiscard]] core::Result<const IssuerKeyFile*> signing_key(const std::vector<IssuerKeyFile>& keys,
                                                             core::Instant now);

/// The keys as the trust list states them: valid from their own moment to the next one's plus
/// kIssuerOverlap, at most kIssuerLifeMax.
[[nodiscard]] std::vector<wallet::IssuerKey> trust_list_keys(const std::vector<IssuerKeyFile>& keys,
                                                             std::string_view issuer_name);

}  // namespace app
