// Rows of authorization_flow as POST /api/v1/identity-provider/authorizations writes them: the
// request that does one INSERT and nothing else durable. A FlowRows belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace bench {

/// $1..$7 as below, citizen_id is NULL.
inline constexpr std::string_view kInsertFlowSql =
    "INSERT INTO authorization_flow (state_hash, browser_hash, intent, citizen_id, nonce,"
    " code_verifier, expires_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7)";

struct FlowRow {
  std::array<std::uint8_t, 32> state_hash{};
  std::array<std::uint8_t, 32> browser_hash{};
  std::string_view intent = "sign_in";
  std::string nonce;          ///< 43 characters, as of 32 bytes in base64url
  std::string code_verifier;  ///< the same
  std::int64_t expires_at_utc = 0;
};

/// Makes rows that differ; cheap on purpose, so that the statement is what is measured.
class FlowRows {
 public:
  FlowRows();
  [[nodiscard]] FlowRow next();

 private:
  std::string text();
  std::mt19937_64 random_;
};

}  // namespace bench
