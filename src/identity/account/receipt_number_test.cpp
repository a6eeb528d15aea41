#include "identity/account/receipt_number.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"

namespace identity {
namespace {

TEST(ReceiptNumber, ReadsBackWhatItWrote) {
  world::SeededRng rng;
  const auto number = ReceiptNumber::make(rng);
  EXPECT_EQ(number.text().size(), 24U);
  EXPECT_EQ(ReceiptNumber::parse(number.text()).value().hash(), number.hash());
  EXPECT_NE(ReceiptNumber::make(rng).text(), number.text());
}

TEST(ReceiptNumber, ForgivesHowPeopleWriteIt) {
  const auto hash = ReceiptNumber::parse("7K3M-Q0ZX-A1B2-C3D4-E5F6").value().hash();
  for (const auto* text : {"7k3mq0zxa1b2c3d4e5f6", " 7K3M Q0ZX A1B2 C3D4 E5F6 ",
                           "7K3M-QOZX-AIB2-C3D4-E5F6", "7k3m-qozx-alb2-c3d4-e5f6"}) {
    EXPECT_EQ(ReceiptNumber::parse(text).value().hash(), hash) << text;
  }
}

TEST(ReceiptNumber, RefusesWhatIsNone) {
  for (const std::string& text :
       {std::string(), std::string("7K3M"), std::string(19, '0'), std::string(21, '0'),
        std::string(20, 'U'), std::string(20, '\0'), std::string(20, '0') + std::string(50, ' '),
        std::string("7K3M-Q0ZX-A1B2-C3D4-E5F\xD0")}) {
    EXPECT_EQ(ReceiptNumber::parse(text).error().reason, "receipt.malformed") << text;
  }
}

}  // namespace
}  // namespace identity
