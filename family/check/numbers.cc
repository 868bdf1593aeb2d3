// Numbers of the wire: unique, and within the fields that carry them.
#include <limits>
#include <map>
#include <vector>

#include "family/check/rules.h"
#include "family/diag/catalogue/numbers.h"

namespace genlc {
namespace {

constexpr uint32_t kLastAttribute = 16383;  // NLA_TYPE_MASK of include/uapi/linux/netlink.h
constexpr uint32_t kLastCommand = 255;      // genlmsghdr.cmd is a u8
// n_mcgrps and n_split_ops of struct genl_family are u8.
constexpr size_t kMostGroups = 255;
constexpr size_t kMostHandlers = 255;

// One numbered thing, in the order of the spec.
struct Numbered {
  absl::string_view name;
  Integer number;
  bool counted = false;  // on from the one before: the spec gives no number
  SourceSpan span;
};

// Reports each number that is given a second time. What merely counts on from a number that was
// reported is not reported again.
void Unique(absl::string_view kind, const std::vector<Numbered>& list, Reporter& reporter) {
  std::map<Integer, const Numbered*> first;
  bool reported = false;
  for (const Numbered& item : list) {
    const auto [other, inserted] = first.emplace(item.number, &item);
    const bool duplicate = !inserted;
    if (duplicate && !(reported && item.counted)) {
      reporter
          .Report(kDuplicateNumber, item.span, kind, item.name, item.number, other->second->name)
          .Label(other->second->span, "which stands here");
    }
    reported = duplicate;
  }
}

// The same for numbers outside of `lowest` to `highest`.
template <typename Def>
void Within(const Def& def, const std::vector<Numbered>& list, Integer lowest, Integer highest,
            Reporter& reporter) {
  bool reported = false;
  for (const Numbered& item : list) {
    const bool outside = item.number < lowest || item.number > highest;
    if (outside && !(reported && item.counted)) {
      reporter.Report(def, item.span, item.name, item.number);
    }
    reported = outside;
  }
}

// Old families use 0, which only the kernel's strict parser refuses.
int LowestNumber(const Family& family) { return IsOld(family) ? 0 : 1; }

bool IsReserved(const Attribute& attribute) {
  return attribute.type == AttributeType::kUnused || attribute.type == AttributeType::kPad;
}

void AttributeNumbers(const Family& family, const AttributeSet& set, Reporter& reporter) {
  std::vector<Numbered> all;
  std::vector<Numbered> carried;
  for (const auto& attribute : set.attributes) {
    if (attribute->number > 0xffff) continue;  // reported when the family was built
    all.push_back({attribute->name, attribute->number, !attribute->explicit_number,
                   attribute->places.Of("value", attribute->span)});
    if (attribute->number != 0 || !IsReserved(*attribute)) carried.push_back(all.back());
  }
  Within(kAttributeNumber, carried, LowestNumber(family), kLastAttribute, reporter);
  Unique("attribute", all, reporter);
}

Numbered Command(const Operation& operation, uint32_t number) {
  return {operation.name, number, !operation.explicit_number,
          operation.places.Of("value", operation.span)};
}

void CommandNumbers(const Family& family, Reporter& reporter) {
  std::vector<Numbered> to_kernel;
  std::vector<Numbered> from_kernel;
  for (const auto& operation : family.operations) {
    const bool from = family.directional && operation->is_async();
    if (operation->number > 0xffff) continue;
    (from ? from_kernel : to_kernel).push_back(Command(*operation, operation->number));
    if (!family.directional) continue;
    const auto& exchange = operation->do_exchange ? operation->do_exchange : operation->dump;
    if (!exchange || !exchange->reply || exchange->reply->number > 0xffff) continue;
    from_kernel.push_back(Command(*operation, exchange->reply->number));
  }
  if (family.is_generic()) {
    Within(kCommandNumber, to_kernel, LowestNumber(family), kLastCommand, reporter);
    Within(kCommandNumber, from_kernel, 0, kLastCommand, reporter);
  }
  // An old family may answer with the number of another operation, and does.
  if (!family.directional) Unique("operation", to_kernel, reporter);
}

void EntryNumbers(const Enum& e, Reporter& reporter) {
  std::vector<Numbered> entries;
  bool reported = false;
  for (const EnumEntry& entry : e.entries) {
    const Numbered item{entry.name, entry.value, !entry.explicit_value,
                        entry.places.Of("value", entry.span)};
    entries.push_back(item);
    if (e.flags) continue;  // at most bit 63: reported when the family was built
    const bool outside = entry.value < std::numeric_limits<int32_t>::min() ||
                         entry.value > std::numeric_limits<uint32_t>::max();
    if (outside && !(reported && item.counted)) {
      reporter.Report(kEntryTooLarge, item.span, entry.name, entry.value);
    }
    reported = outside;
  }
  Unique("entry", entries, reporter);
}

void Counts(const Family& family, Reporter& reporter) {
  if (family.groups.size() > kMostGroups) {
    reporter.Report(kTooManyGroups, family.groups[kMostGroups]->span,
                    static_cast<int64_t>(family.groups.size()));
  }
  size_t handlers = 0;
  const Operation* first_beyond = nullptr;
  for (const auto& operation : family.operations) {
    handlers += operation->do_exchange.has_value() + operation->dump.has_value();
    if (handlers > kMostHandlers && first_beyond == nullptr) first_beyond = operation.get();
  }
  // With an operation for both there is one a command, and commands have their own limit.
  if (first_beyond == nullptr || family.kernel_policy != KernelPolicy::kSplit ||
      family.operations.size() > kLastCommand) {
    return;
  }
  reporter.Report(kTooManyHandlers, first_beyond->span, static_cast<int64_t>(handlers));
}

}  // namespace

void CheckNumbers(const Family& family, Reporter& reporter) {
  for (const auto& e : family.enums) EntryNumbers(*e, reporter);
  for (const auto& set : family.sets) {
    if (set->subset_of == nullptr) AttributeNumbers(family, *set, reporter);
  }
  CommandNumbers(family, reporter);
  if (family.is_generic()) Counts(family, reporter);
}

}  // namespace genlc
