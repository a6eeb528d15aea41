// Reads the data files of tests/vectors for the tests of this room: lines of tab-separated columns,
// comments after '#'. A new vector needs no C++.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace codec {

using VectorRow = std::vector<std::string>;

inline VectorRow split_columns(const std::string& line) {
  VectorRow row(1);
  for (const char c : line) {
    if (c == '\t') {
      row.emplace_back();
    } else {
      row.back() += c;
    }
  }
  for (auto& column : row) {
    if (column == "-") column.clear();
  }
  return row;
}

/// Fails the test when the file is missing, empty or has a line of another width.
inline std::vector<VectorRow> read_vectors(const std::string& name, std::size_t columns) {
  std::ifstream file(std::string(BERESTA_SOURCE_DIR) + "/tests/vectors/" + name);
  std::vector<VectorRow> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    rows.push_back(split_columns(line));
    EXPECT_EQ(rows.back().size(), columns) << name << ": " << line;
    rows.back().resize(columns);
  }
  EXPECT_FALSE(rows.empty()) << name;
  return rows;
}

/// Hexadecimal of a vector; an empty column is no bytes.
inline core::Bytes hex(const std::string& text) {
  const auto bytes = core::from_hex(text);
  EXPECT_TRUE(bytes.has_value()) << text;
  return bytes.value_or(core::Bytes{});
}

/// "ok", or the reason of the error.
template <typename T>
std::string outcome(const core::Result<T>& result) {
  return result ? "ok" : result.error().reason;
}

}  // namespace codec
