// Secret<T>: a value that cannot be printed, formatted or compared by accident: passwords, tokens,
// keys and personal data. Reading it takes a named call that a reviewer can search for. Value type.
#pragma once

#include <utility>

namespace core {

/// Wraps a value; there is no operator<<, no comparison and no implicit way out.
template <typename T>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}

  /// The value itself. Search for this word to find every place that reads a secret.
  [[nodiscard]] const T& reveal() const& { return value_; }
  [[nodiscard]] T&& reveal() && { return std::move(value_); }

 private:
  T value_{};
};

/// Overwrites memory in a way the compiler may not remove.
void wipe(void* data, unsigned long size);

}  // namespace core
