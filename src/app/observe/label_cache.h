// LabelCache: metrics found by one or two labels without building a string: the metrics library's
// own look-up allocates a map for each increment. Entries are never removed, so a reference stays
// good; there are at most kEntriesMax, the rest share one. Safe from any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace app {

/// What an entry is found by; the second may be empty.
struct LabelPair {
  std::string_view first;
  std::string_view second;
};

template <typename Entry>
class LabelCache {
 public:
  /// Routes, queries and reasons are constants of the program: far fewer than this.
  static constexpr std::size_t kEntriesMax = 2048;

  /// The entry of the labels; `make(Entry&)` fills it when they are seen for the first time.
  template <typename Make>
  Entry& get(LabelPair labels, Make&& make) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = index_.find(labels); found != index_.end()) return *found->second;
    }
    const std::unique_lock lock(mutex_);
    if (const auto found = index_.find(labels); found != index_.end()) return *found->second;
    if (entries_.size() >= kEntriesMax) return entries_.back();
    Entry& entry = entries_.emplace_back();
    make(entry);
    index_.emplace(Key{std::string(labels.first), std::string(labels.second)}, &entry);
    return entry;
  }

 private:
  struct Key {
    std::string first;
    std::string second;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const LabelPair& labels) const {
      const std::hash<std::string_view> hash;
      return hash(labels.first) * 31 + hash(labels.second);
    }
    std::size_t operator()(const Key& key) const {
      return (*this)(LabelPair{key.first, key.second});
    }
  };
  struct Equal {
    using is_transparent = void;
    static LabelPair pair(const Key& key) { return {key.first, key.second}; }
    static LabelPair pair(const LabelPair& labels) { return labels; }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return pair(a).first == pair(b).first && pair(a).second == pair(b).second;
    }
  };

  std::shared_mutex mutex_;
  std::deque<Entry> entries_;  // addresses stay
  std::unordered_map<Key, Entry*, Hash, Equal> index_;
};

}  // namespace app
