#include "store/postgresql/archive.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <vector>

namespace store {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kSaidBytesMax = 2000;
constexpr int kCannotStart = 127;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};

/// What the tools need to reach the database. In their environment, because everybody on the
/// machine can read the arguments of a process, and the address may hold a password.
struct Place {
  std::vector<std::string> environment;
  std::string database;
};

core::Result<Place> place_of(const std::string& url) {
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(url.c_str(), nullptr));
  if (!options) return fail(ErrorCode::kInvalidInput, "store.url");
  Place place;
  for (const auto* at = options.get(); at->keyword != nullptr; ++at) {
    if (at->val == nullptr || at->envvar == nullptr) continue;
    place.environment.push_back(std::string(at->envvar) + "=" + at->val);
    if (std::string_view(at->keyword) == "dbname") place.database = at->val;
  }
  for (const auto* name : {"PATH", "HOME", "LANG"}) {
    if (const auto* value = std::getenv(name)) {
      place.environment.push_back(std::string(name) + "=" + value);
    }
  }
  return place;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// A pipe that both sides close by themselves.
class Pipe {
 public:
  Pipe() : made_(::pipe2(ends_, O_CLOEXEC) == 0) {}
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    if (!made_) return;
    ::close(ends_[0]);
    if (ends_[1] >= 0) ::close(ends_[1]);
  }
  [[nodiscard]] bool made() const { return made_; }
  [[nodiscard]] int writer() const { return ends_[1]; }
  /// Everything that is written until the last writer is gone; of much, the beginning.
  std::string drain() {
    ::close(ends_[1]);
    ends_[1] = -1;
    std::string said;
    char buffer[512];
    for (;;) {
      const auto count = ::read(ends_[0], buffer, sizeof buffer);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return said;
      said.append(buffer, std::min<std::size_t>(static_cast<std::size_t>(count),
                                                kSaidBytesMax - said.size()));
    }
  }

 private:
  int ends_[2] = {-1, -1};
  bool made_;
};

core::Status run_tool(std::vector<std::string> arguments, std::vector<std::string> environment) {
  Pipe pipe;
  if (!pipe.made()) return fail(ErrorCode::kUnavailable, "backup.tool", "no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe.writer(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipe.writer(), STDERR_FILENO);
  const auto tool = arguments.front();
  pid_t child = 0;
  const int started = posix_spawnp(&child, tool.c_str(), &actions, nullptr,
                                   pointers_to(arguments).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (started != 0) {
    return fail(ErrorCode::kUnavailable, "backup.tool", tool + " is not installed");
  }
  const auto said = pipe.drain();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFEXITED(status) && WEXITSTATUS(status) == kCannotStart && said.empty()) {
    return fail(ErrorCode::kUnavailable, "backup.tool", tool + " is not installed");
  }
  return fail(ErrorCode::kUnavailable, "backup.tool", tool + ": " + said);
}

core::Status check_empty(const std::string& url) {
  const std::unique_ptr<PGconn, Finish> connection(PQconnectdb(url.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return fail(ErrorCode::kUnavailable, "store.unreachable");
  }
  const std::unique_ptr<PGresult, Clear> tables(
      PQexec(connection.get(),
             "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema()"));
  if (PQresultStatus(tables.get()) != PGRES_TUPLES_OK) {
    return fail(ErrorCode::kUnavailable, "store.unreachable");
  }
  if (PQntuples(tables.get()) == 0) return {};
  return fail(ErrorCode::kConflict, "backup.target_not_empty");
}

}  // namespace

core::Status dump_postgresql(const std::string& url, const std::string& file) {
  TRY(auto place, place_of(url));
  return run_tool({"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password",
                   "--file=" + file},
                  std::move(place.environment));
}

core::Status restore_postgresql(const std::string& url, const std::string& file) {
  TRY(auto place, place_of(url));
  TRY_VOID(check_empty(url));
  return run_tool({"pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
                   "--no-privileges", "--no-password", "--dbname=" + place.database, file},
                  std::move(place.environment));
}

}  // namespace store
