// beresta_bench: one measurement per call, its rates as one JSON object on standard output.
#include <fmt/format.h>

#include <charconv>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <vector>

#include "bench/commands.h"

namespace bench {
namespace {

using Arguments = std::vector<std::string>;

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;
constexpr std::string_view kUsage =
    "beresta_bench qr-check seen|first SECONDS\n"
    "beresta_bench qr-bodies ISSUER_DIR BODIES\n"
    "beresta_bench bare-me DATA_DB KEYS_DB TOKENS_FILE SECONDS\n"
    "beresta_bench bare-writes DATA_DB GROUP SECONDS\n"
    "beresta_bench store-writes DATA_DB CLIENTS SECONDS\n"
    "beresta_bench argon2 THREADS SECONDS\n"
    "beresta_bench log-append DATA_DB KEYS_DB ENTRIES\n"
    "beresta_bench log-fill DATA_DB CITIZEN_ID ENTRIES\n"
    "beresta_bench log-proof MILLIONS_OF_LEAVES\n"
    "beresta_bench consent-checks DATA_DB read|held SECONDS\n"
    "beresta_bench smpp-submits PORT WINDOW SECONDS\n";

/// A count or a number of seconds, 1..1'000'000.
core::Result<int> number(const std::string& text) {
  constexpr int kMax = 1'000'000;
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || value < 1 ||
      value > kMax) {
    return core::fail(core::ErrorCode::kInvalidInput, "bench.number", text);
  }
  return value;
}

core::Status print(const core::Result<Work>& work) {
  if (!work) return core::fail(work.error());
  const auto done = static_cast<double>(work->done);
  std::cout << fmt::format("{{\"per_second\":{:.3f},\"per_core_second\":{:.3f}}}\n",
                           done / work->wall_s, done / work->cpu_s);
  return {};
}

core::Status qr_check(const Arguments& of) {
  TRY(const int seconds, number(of[1]));
  if (of[0] != "seen" && of[0] != "first") {
    return core::fail(core::ErrorCode::kInvalidInput, "bench.which", of[0]);
  }
  return print(check_codes(of[0] == "first", Seconds(seconds)));
}

core::Status qr_bodies(const Arguments& of) {
  TRY(const int bodies, number(of[1]));
  return write_code_bodies(of[0], bodies, std::cout);
}

core::Status bare_me(const Arguments& of) {
  TRY(const int seconds, number(of[3]));
  return print(run_bare_me({.data = of[0], .keys = of[1], .tokens = of[2]}, Seconds(seconds)));
}

core::Status bare_writes(const Arguments& of) {
  TRY(const int group, number(of[1]));
  TRY(const int seconds, number(of[2]));
  return print(run_bare_writes(of[0], group, Seconds(seconds)));
}

core::Status store_writes(const Arguments& of) {
  TRY(const int clients, number(of[1]));
  TRY(const int seconds, number(of[2]));
  return print(run_store_writes(of[0], clients, Seconds(seconds)));
}

core::Status argon2(const Arguments& of) {
  TRY(const int threads, number(of[0]));
  TRY(const int seconds, number(of[1]));
  return print(run_argon2(threads, Seconds(seconds)));
}

core::Status smpp_submits(const Arguments& of) {
  TRY(const int port, number(of[0]));
  TRY(const int window, number(of[1]));
  TRY(const int seconds, number(of[2]));
  return print(run_smpp_submits(port, window, Seconds(seconds)));
}

core::Status log_append(const Arguments& of) {
  TRY(const int entries, number(of[2]));
  return print(run_log_append({.data = of[0], .keys = of[1], .tokens = {}}, entries));
}

core::Status log_fill(const Arguments& of) {
  TRY(const int entries, number(of[2]));
  return fill_log(of[0], of[1], entries);
}

core::Status log_proof(const Arguments& of) {
  TRY(const int millions, number(of[0]));
  TRY(const int bytes, log_proof_bytes(static_cast<std::uint64_t>(millions) * 1'000'000));
  std::cout << fmt::format("{{\"bytes\":{}}}\n", bytes);
  return {};
}

core::Status consent_checks(const Arguments& of) {
  TRY(const int seconds, number(of[2]));
  if (of[1] != "read" && of[1] != "held") {
    return core::fail(core::ErrorCode::kInvalidInput, "bench.which", of[1]);
  }
  return print(run_consent_checks(of[0], of[1] == "held", Seconds(seconds)));
}

struct Command {
  std::size_t arguments;
  std::function<core::Status(const Arguments&)> run;
};

int run(const Arguments& arguments) {
  const std::map<std::string, Command> commands{{"qr-check", {2, qr_check}},
                                                {"qr-bodies", {2, qr_bodies}},
                                                {"bare-me", {4, bare_me}},
                                                {"bare-writes", {3, bare_writes}},
                                                {"store-writes", {3, store_writes}},
                                                {"argon2", {2, argon2}},
                                                {"log-append", {3, log_append}},
                                                {"log-fill", {3, log_fill}},
                                                {"consent-checks", {3, consent_checks}},
                                                {"log-proof", {1, log_proof}},
                                                {"smpp-submits", {3, smpp_submits}}};
  const auto found = arguments.empty() ? commands.end() : commands.find(arguments.front());
  if (found == commands.end() || arguments.size() != found->second.arguments + 1) {
    std::cerr << kUsage;
    return kExitUsage;
  }
  const auto status = found->second.run({arguments.begin() + 1, arguments.end()});
  if (status) return 0;
  std::cerr << fmt::format("beresta_bench: {} {}\n", status.error().reason, status.error().detail);
  return kExitFailed;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  try {
    return bench::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "beresta_bench: " << error.what() << "\n";
    return bench::kExitFailed;
  }
}
