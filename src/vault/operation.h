// The operations of personal-data law, by their names. Each act on personal data is one of them;
// the register of processing lists which of them a purpose may use. Value types.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vault {

/// What may be done with personal data (Russian Federal Law 152-FZ, article 3, clause 3).
enum class Operation : std::uint8_t {
  kCollect,
  kRecord,
  kSystematise,
  kAccumulate,
  kStore,
  kClarify,
  kExtract,
  kUse,
  kTransfer,
  kDepersonalise,
  kBlock,
  kDelete,
  kDestroy,
};

/// An operation's name in the register and in the log: "collect", "transfer".
struct OperationName {
  Operation operation;
  std::string_view name;
};

inline constexpr std::array kOperations = {
    OperationName{Operation::kCollect, "collect"},
    OperationName{Operation::kRecord, "record"},
    OperationName{Operation::kSystematise, "systematise"},
    OperationName{Operation::kAccumulate, "accumulate"},
    OperationName{Operation::kStore, "store"},
    OperationName{Operation::kClarify, "clarify"},
    OperationName{Operation::kExtract, "extract"},
    OperationName{Operation::kUse, "use"},
    OperationName{Operation::kTransfer, "transfer"},
    OperationName{Operation::kDepersonalise, "depersonalise"},
    OperationName{Operation::kBlock, "block"},
    OperationName{Operation::kDelete, "delete"},
    OperationName{Operation::kDestroy, "destroy"},
};

[[nodiscard]] constexpr std::string_view name_of(Operation operation) {
  return kOperations.at(static_cast<std::size_t>(operation)).name;
}

[[nodiscard]] constexpr std::optional<Operation> find_operation(std::string_view name) {
  for (const auto& known : kOperations) {
    if (known.name == name) return known.operation;
  }
  return std::nullopt;
}

}  // namespace vault
