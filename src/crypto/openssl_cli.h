// OpensslCli: the openssl command as an independent second party of tests: it makes keys and
// certificates and judges our signatures, and we judge its. Works in a folder of its own.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/assert.h"
#include "core/bytes.h"

namespace crypto::testing {

class OpensslCli {
 public:
  OpensslCli() {
    std::string name = (std::filesystem::temp_directory_path() / "openssl_cli_XXXXXX").string();
    CORE_ASSERT(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
  }
  OpensslCli(const OpensslCli&) = delete;
  OpensslCli& operator=(const OpensslCli&) = delete;
  ~OpensslCli() { std::filesystem::remove_all(folder_); }

  /// Runs a shell command in the folder; true if it ended well.
  [[nodiscard]] bool run(const std::string& command) const {
    const std::string whole = "cd '" + folder_.string() + "' && (" + command + ") >log 2>&1";
    return std::system(whole.c_str()) == 0;  // NOLINT(concurrency-mt-unsafe, cert-env33-c)
  }
  /// Makes NAME.key and NAME.pem: "gost" or "rsa".
  [[nodiscard]] bool make(const std::string& name, const std::string& kind) const {
    const bool gost = kind == "gost";
    return run("openssl genpkey " + std::string(gost ? kGostKey : kRsaKey) + " -out " + name +
               ".key && openssl req -x509 -new -days 30 -subj /CN=" + name + " -key " + name +
               ".key -out " + name + ".pem" + (gost ? " -engine gost" : ""));
  }
  void write(const std::string& name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  void write(const std::string& name, core::ByteView content) const {
    write(name, core::as_text(content));
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

 private:
  static constexpr const char* kGostKey =
      "-engine gost -algorithm gost2012_256 -pkeyopt paramset:A";
  static constexpr const char* kRsaKey = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
  std::filesystem::path folder_;
};

}  // namespace crypto::testing
