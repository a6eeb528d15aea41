// What ESIA's client signs with and what it believes, read from files and tokens at start. Not for
// use while the server runs.
#pragma once

#include <vector>

#include "app/config/esia_config.h"
#include "core/result.h"
#include "edges/esia/client_signer.h"

namespace app {

/// The key of [esia] with its certificate.
/// Errors: those of crypto::read_private_file, crypto::SignatureKey, crypto::Certificate and
///   ClientSigner::make; the detail names the file.
[[nodiscard]] core::Result<edges::esia::ClientSigner> load_esia_signer(
    const EsiaSettings& settings);

/// ESIA's certificates: at least one block of PEM in a file, at most kEsiaCertificatesMax.
/// Errors: kInvalidInput "certificate.malformed"; those of crypto::Certificate.
[[nodiscard]] core::Result<std::vector<crypto::Certificate>> load_esia_certificates(
    const std::string& path);

/// The present one, the next, and some to spare.
inline constexpr std::size_t kEsiaCertificatesMax = 8;

}  // namespace app
