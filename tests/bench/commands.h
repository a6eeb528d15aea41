// The measurements of beresta_bench: each runs for about the given time and says how much it did.
// Called once each, on the main thread, by main.cpp; ./bench puts the rates side by side.
#pragma once

#include <chrono>
#include <ostream>
#include <string>

#include "bench/stopwatch.h"
#include "core/result.h"

namespace bench {

using Seconds = std::chrono::duration<double>;

/// Digital ID codes judged by one thread.
/// @param first_seen  every attestation is new to the checker, so that each code costs two
///                    signatures; else all are remembered and each costs one.
/// Errors: kInternal "bench.verdict" a code made here was not answered with yes.
[[nodiscard]] core::Result<Work> check_codes(bool first_seen, Seconds time);

/// Writes request bodies of 100 codes each for the current slot, one a line, signed by the issuer
/// key that stands in `issuer_dir`. Errors: those of app::load_issuer_keys and app::signing_key.
[[nodiscard]] core::Status write_code_bodies(const std::string& issuer_dir, int bodies,
                                             std::ostream& out);

/// The files of an installation, and the tokens of its open sessions, one a line.
struct SeededFiles {
  std::string data;
  std::string keys;
  std::string tokens;
};
/// The SELECTs of GET /api/v1/me by SQLite's own interface, one thread, prepared once.
/// Errors: kInternal "bench.sqlite"; kNotFound "bench.row_missing" a token leads to nobody;
///         kInvalidInput "bench.tokens" no token in the file.
[[nodiscard]] core::Result<Work> run_bare_me(const SeededFiles& files, Seconds time);

/// The INSERT of one authorization flow by SQLite's own interface, one fsync for `group` of them.
/// @param path  a migrated main database; it grows. Errors: kInternal "bench.sqlite".
[[nodiscard]] core::Result<Work> run_bare_writes(const std::string& path, int group, Seconds time);

/// The same INSERT by `clients` threads through store::Database, one durable unit each.
/// Errors: those of store::open_database and store::Database::write.
[[nodiscard]] core::Result<Work> run_store_writes(const std::string& path, int clients,
                                                  Seconds time);

/// Sequencing of `entries` waiting entries, with a signed checkpoint for each batch of at most
/// 4096.
/// @param files  migrated databases; they grow. Errors: those of audit::Sequencer.
[[nodiscard]] core::Result<Work> run_log_append(const SeededFiles& files, int entries);
/// Writes entries about one citizen, for the server's sequencer to take up.
[[nodiscard]] core::Status fill_log(const std::string& path, const std::string& citizen,
                                    int entries);
/// The longest inclusion proof of a log with so many leaves, in bytes; the log is simulated.
[[nodiscard]] core::Result<int> log_proof_bytes(std::uint64_t leaves);

/// Whether consents live, one thread, a thousand people in turn, all of them warm.
/// @param path  the main database of an installation with people.
/// @param held  inside units that may write, as whatever rests on a consent asks, 256 a unit; else
///              each check by a unit of its own that only reads.
/// Errors: kInvalidInput "bench.people" too few people; kInternal "bench.verdict"; the store's.
[[nodiscard]] core::Result<Work> run_consent_checks(const std::string& path, bool held,
                                                    Seconds time);

/// Argon2id with the cost of our passwords by the bare library, on `threads` threads.
/// Errors: kUnavailable "bench.argon2" the library refuses.
[[nodiscard]] core::Result<Work> run_argon2(int threads, Seconds time);

/// SMS of one part handed to the SMS centre on this port by our client, at most `window`
/// unanswered. Errors: kUnavailable "bench.smpp_not_bound"; those of edges::smpp::Session::Done.
[[nodiscard]] core::Result<Work> run_smpp_submits(int port, int window, Seconds time);

}  // namespace bench
