// All purposes, all categories, and which operations of the law each purpose may use: what the code
// allows, for the register of processing to be held against. A purpose that is missing here does
// not compile. Value types.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "vault/operation.h"
#include "vault/types.h"

namespace vault {

inline constexpr std::array kCategories = {Category::kProfile, Category::kDocuments,
                                           Category::kAuthenticators, Category::kRequests};

inline constexpr std::array kPurposes = {
    Purpose::kShowToCitizen, Purpose::kFetchDocuments, Purpose::kIssueDigitalId,
    Purpose::kNotifyCitizen, Purpose::kReleaseToParty, Purpose::kAnswerRequest,
    Purpose::kShowPortrait,
};

namespace allowed {

/// Keeping the account: everything but giving data to others. What the owner enters, what they look
/// at, what they take away.
inline constexpr std::array kShowToCitizen = {
    Operation::kCollect, Operation::kRecord,  Operation::kSystematise,   Operation::kAccumulate,
    Operation::kStore,   Operation::kClarify, Operation::kExtract,       Operation::kUse,
    Operation::kBlock,   Operation::kDelete,  Operation::kDepersonalise, Operation::kDestroy};
/// A registry is told whom to look for, and what it answers is kept.
inline constexpr std::array kFetchDocuments = {
    Operation::kCollect, Operation::kRecord,  Operation::kAccumulate, Operation::kStore,
    Operation::kClarify, Operation::kExtract, Operation::kUse,        Operation::kTransfer,
    Operation::kDelete,  Operation::kDestroy};
inline constexpr std::array kIssueDigitalId = {Operation::kExtract, Operation::kUse};
/// The number or address goes to whoever carries the message.
inline constexpr std::array kNotifyCitizen = {Operation::kExtract, Operation::kUse,
                                              Operation::kTransfer};
inline constexpr std::array kReleaseToParty = {Operation::kExtract, Operation::kTransfer};
/// What a person may ask for, the officer may carry out.
inline constexpr std::array kAnswerRequest = {Operation::kExtract, Operation::kUse,
                                              Operation::kClarify, Operation::kBlock,
                                              Operation::kDelete,  Operation::kDestroy};
inline constexpr std::array kShowPortrait = {Operation::kExtract, Operation::kTransfer};

}  // namespace allowed

/// What may be done for a purpose; never empty.
[[nodiscard]] constexpr std::span<const Operation> operations_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::kShowToCitizen:
      return allowed::kShowToCitizen;
    case Purpose::kFetchDocuments:
      return allowed::kFetchDocuments;
    case Purpose::kIssueDigitalId:
      return allowed::kIssueDigitalId;
    case Purpose::kNotifyCitizen:
      return allowed::kNotifyCitizen;
    case Purpose::kReleaseToParty:
      return allowed::kReleaseToParty;
    case Purpose::kAnswerRequest:
      return allowed::kAnswerRequest;
    case Purpose::kShowPortrait:
      return allowed::kShowPortrait;
  }
  return {};
}

[[nodiscard]] constexpr bool may_use(Purpose purpose, Operation operation) {
  const auto allowed = operations_of(purpose);
  return std::find(allowed.begin(), allowed.end(), operation) != allowed.end();
}

static_assert(std::ranges::all_of(kPurposes,
                                  [](auto purpose) { return !operations_of(purpose).empty(); }));

/// Whether a block stops it. The owner sees their own data, hears what happens in their account,
/// and is answered when they ask about them: that is how a block is told of and lifted.
[[nodiscard]] constexpr bool stops_when_blocked(Purpose purpose) {
  switch (purpose) {
    case Purpose::kShowToCitizen:
    case Purpose::kNotifyCitizen:
    case Purpose::kAnswerRequest:
      return false;
    case Purpose::kFetchDocuments:
    case Purpose::kIssueDigitalId:
    case Purpose::kReleaseToParty:
    case Purpose::kShowPortrait:
      return true;
  }
  return true;
}

/// What opening data for a purpose is: transfer where they leave for somebody else, use where the
/// platform acts on them, extract where they are only shown.
[[nodiscard]] constexpr Operation opening_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::kShowToCitizen:
    case Purpose::kAnswerRequest:
      return Operation::kExtract;
    case Purpose::kIssueDigitalId:
      return Operation::kUse;
    case Purpose::kFetchDocuments:
    case Purpose::kNotifyCitizen:
    case Purpose::kReleaseToParty:
    case Purpose::kShowPortrait:
      return Operation::kTransfer;
  }
  return Operation::kExtract;
}
static_assert(std::ranges::all_of(kPurposes, [](auto purpose) {
  return may_use(purpose, opening_of(purpose));
}));

}  // namespace vault
