// What the decoder remembers of one message while it walks over it.
#ifndef GENL_SEEN_H_
#define GENL_SEEN_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "genl/member_type.h"

namespace genl {

// What a message has had so far of each member. On the stack for all but the largest sets, so that
// decoding needs no memory of its own; most have few members, and only what those need is cleared.
class Seen {
 public:
  explicit Seen(size_t members) {
    words_[0] = words_[1] = 0;
    if (members > 2 * 64) [[unlikely]]
      Prepare(members);
  }
  Seen(const Seen&) = delete;

  bool Has(size_t i) const { return (words_[i / 64] >> i % 64 & 1) != 0; }
  void Add(size_t i) { words_[i / 64] |= uint64_t{1} << i % 64; }
  // Of a member that may stand several times: how often it has stood before.
  uint32_t& AddList(size_t i) {
    if (!Has(i)) counts_[i] = 0;
    Add(i);
    has_lists_ = true;
    return counts_[i];
  }
  bool has_lists() const { return has_lists_; }
  // Bits of the members from `64 * i` on, from the lowest.
  uint64_t& word(size_t i) { return words_[i]; }
  uint32_t count(size_t i) const { return counts_[i]; }

 private:
  static constexpr size_t kFew = 512;

  void Prepare(size_t members) {
    const size_t words = (members + 63) / 64;
    if (members > kFew) {
      many_words_.reset(new uint64_t[words]);
      many_counts_.reset(new uint32_t[members]);
      words_ = many_words_.get();
      counts_ = many_counts_.get();
    }
    std::fill_n(words_, words, 0);
  }

  bool has_lists_ = false;
  uint64_t* words_ = few_words_;
  uint32_t* counts_ = few_counts_;
  std::unique_ptr<uint64_t[]> many_words_;
  std::unique_ptr<uint32_t[]> many_counts_;
  uint64_t few_words_[kFew / 64];
  uint32_t few_counts_[kFew];
};

// The elements of a list, by a function of its type only where there are more than before.
class Elements {
 public:
  Elements(const MemberType& type, void* list) : type_(type), list_(list) { Look(); }

  size_t size() const { return size_; }
  void* at(size_t i) {
    if (i >= size_) Grow(i);
    return first_ + i * type_.stride;
  }

 private:
  void Look() {
    const MemberType::Result first = type_.access(list_, 0, MemberType::Access::kLook);
    first_ = static_cast<char*>(first.element);
    size_ = first.size;
  }
  void Grow(size_t i) {
    type_.at(list_, i);
    Look();
  }

  const MemberType& type_;
  void* list_;
  char* first_;
  size_t size_;
};

}  // namespace genl

#endif  // GENL_SEEN_H_
