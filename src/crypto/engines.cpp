// OpenSSL marks every ENGINE function deprecated; the reason to use them stands in docs/adr/0023.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/engines.h"

#include <openssl/engine.h>

#include <mutex>

namespace crypto {
namespace {

using core::ErrorCode;
using core::fail;

using EngineHandle = OpensslHandle<ENGINE, ENGINE_free>;

auto failed(std::string_view reason) {
  forget_openssl_errors();
  return fail(ErrorCode::kUnavailable, reason);
}

EngineHandle find_engine(const char* id) {
  OPENSSL_init_crypto(OPENSSL_INIT_ENGINE_DYNAMIC, nullptr);
  return EngineHandle(ENGINE_by_id(id));
}

// Registers digests and keys only: the engine's ciphers and random numbers are nobody's business
// here, and what is not registered cannot be taken by a TLS connection.
const EVP_MD* load_streebog() {
  EngineHandle engine = find_engine("gost");
  constexpr unsigned kUses =
      ENGINE_METHOD_DIGESTS | ENGINE_METHOD_PKEY_METHS | ENGINE_METHOD_PKEY_ASN1_METHS;
  if (!engine || ENGINE_init(engine.get()) != 1) return nullptr;
  if (ENGINE_set_default(engine.get(), kUses) != 1) return nullptr;
  // Never unloaded: keys and digests made with it may live until the process ends.
  return ENGINE_get_digest(engine.release(), NID_id_GostR3411_2012_256);
}

// The engine would write its troubles to stderr, between the lines of our log.
core::Result<ENGINE*> start_token_engine(const std::string& module_path,
                                         const core::Secret<std::string>& pin) {
  EngineHandle engine = find_engine("pkcs11");
  if (!engine) return failed("key.token_engine_missing");
  const bool ready =
      ENGINE_ctrl_cmd_string(engine.get(), "QUIET", nullptr, 0) == 1 &&
      ENGINE_ctrl_cmd_string(engine.get(), "MODULE_PATH", module_path.c_str(), 0) == 1 &&
      ENGINE_ctrl_cmd_string(engine.get(), "PIN", pin.reveal().c_str(), 0) == 1 &&
      ENGINE_init(engine.get()) == 1;
  if (!ready) return failed("key.token_failed");
  // Its keys name the engine themselves. Offered for every RSA and EC key of the process, as it
  // offers itself, it would break those that have nothing to do with the token.
  ENGINE_unregister_pkey_meths(engine.get());
  return engine.release();  // as long as its keys, which is as long as the process
}

}  // namespace

core::Result<const EVP_MD*> streebog256_method() {
  static const EVP_MD* const method = load_streebog();
  if (method == nullptr) return failed("crypto.gost_missing");
  return method;
}

core::Status load_gost() {
  TRY([[maybe_unused]] const auto* method, streebog256_method());
  return {};
}

core::Result<PkeyHandle> load_token_key(const std::string& module_path, const std::string& uri,
                                        const core::Secret<std::string>& pin) {
  // The engine keeps the first library it was given and would silently take no other.
  static std::mutex loading;
  static std::string module_in_use;
  const std::lock_guard lock(loading);
  if (!module_in_use.empty() && module_in_use != module_path) return failed("key.token_failed");
  TRY(ENGINE * engine, start_token_engine(module_path, pin));
  module_in_use = module_path;
  PkeyHandle key(ENGINE_load_private_key(engine, uri.c_str(), nullptr, nullptr));
  if (!key) return failed("key.token_failed");
  return key;
}

}  // namespace crypto
