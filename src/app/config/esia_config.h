// The section [esia]: a direct connection to ESIA. The gateway needs none of it: it is an
// [identity_provider] like any other. For config.h and the schema; plain data.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace app {

struct EsiaSettings {
  std::string scheme = "v2";  ///< "v1" or "v2"
  std::string base_url;       ///< without a slash at its end
  std::string issuer;         ///< of tokens; "http://", the host and "/" unless set
  std::string client_id;
  std::string certificate;       ///< PEM, registered at ESIA
  std::string key_file;          ///< PEM; this or key_uri
  std::string key_uri;           ///< "pkcs11:..."
  std::string pkcs11_module;     ///< the token's library
  std::string pin_file;          ///< one line
  std::string esia_certificate;  ///< PEM: with which tokens are signed, one after another
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::vector<std::string> org_scopes;
  std::string cms_attributes = "none";  ///< "none" or "signed"
  std::string authorize_path;           ///< empty = the scheme's, here and below
  std::string token_path;
  std::string embed = "yes";  ///< "yes" or "no", here and below
  std::string pkce = "no";
  std::string name_ru;
  std::string name_en;
  std::chrono::milliseconds timeout{5000};
  std::string ca_file;
};

}  // namespace app
