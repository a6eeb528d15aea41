#include "vault/purposes.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace vault {
namespace {

TEST(Purposes, AreEachThereOnceWithOperations) {
  std::set<std::string_view> names;
  for (const auto purpose : kPurposes) {
    EXPECT_TRUE(names.insert(name_of(purpose)).second) << name_of(purpose);
    EXPECT_FALSE(operations_of(purpose).empty()) << name_of(purpose);
  }
}

TEST(Purposes, AllowTheOperationThatOpeningIs) {
  for (const auto purpose : kPurposes) {
    EXPECT_TRUE(may_use(purpose, opening_of(purpose))) << name_of(purpose);
    EXPECT_TRUE(may_use(purpose, Operation::kExtract)) << name_of(purpose);
  }
}

TEST(Purposes, OfTheOwnerGiveNothingAway) {
  for (const auto purpose : kPurposes) {
    if (basis_of(purpose).owner_only) {
      EXPECT_FALSE(may_use(purpose, Operation::kTransfer)) << name_of(purpose);
    }
  }
}

TEST(Purposes, NameNoOperationTwice) {
  for (const auto purpose : kPurposes) {
    std::set<Operation> seen;
    for (const auto operation : operations_of(purpose)) {
      EXPECT_TRUE(seen.insert(operation).second) << name_of(purpose) << name_of(operation);
    }
  }
}

TEST(Operations, AreFoundByTheirNames) {
  for (const auto& known : kOperations) {
    EXPECT_EQ(find_operation(known.name), known.operation);
    EXPECT_EQ(name_of(known.operation), known.name);
  }
  EXPECT_FALSE(find_operation("sell"));
}

TEST(Categories, AreEachThereOnce) {
  std::set<std::string_view> names;
  for (const auto category : kCategories) EXPECT_TRUE(names.insert(name_of(category)).second);
}

}  // namespace
}  // namespace vault
