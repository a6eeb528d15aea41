// Parameters and rows in PostgreSQL's binary form. For the PostgreSQL driver only; used by the
// thread that holds the connection.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <vector>

#include "core/result.h"
#include "store/query.h"

namespace store {

/// The arrays libpq wants for one execution; numbers live in `numbers`, the rest is viewed.
class WireParams {
 public:
  /// Encodes each parameter as the type the server expects at its place.
  /// Errors: kInternal "store.statement" wrong number, or a type that does not fit.
  [[nodiscard]] static core::Result<WireParams> encode(Params params,
                                                       const std::vector<Oid>& types);

  [[nodiscard]] int count() const { return static_cast<int>(lengths_.size()); }
  [[nodiscard]] std::vector<const char*> values() const;
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  bool add(const Param& param, Oid type);
  bool add_number(std::int64_t number, Oid type);
  void add_view(const char* data, std::size_t size);

  struct Place {
    const char* data = nullptr;  ///< null and not a number: NULL
    std::string number;          ///< big-endian bytes
  };
  std::vector<Place> places_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

/// All rows of a result in binary form.
/// Errors: kInternal "store.statement" a column type the store does not carry.
[[nodiscard]] core::Result<std::vector<Row>> decode_rows(const PGresult* result);

/// Rows the command changed; 0 for SELECT.
[[nodiscard]] std::int64_t affected_rows(PGresult* result);

}  // namespace store
