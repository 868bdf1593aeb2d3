// Names that must be unique, and names that the wire carries.
#include <map>

#include "family/check/rules.h"
#include "family/diag/catalogue/names.h"
#include "family/diag/catalogue/operations.h"

namespace genlc {
namespace {

// GENL_NAMSIZ of include/uapi/linux/genetlink.h, without the final zero.
constexpr size_t kLongestName = 15;

// The names of one list.
class UniqueNames {
 public:
  UniqueNames(absl::string_view kind, Reporter& reporter) : kind_(kind), reporter_(reporter) {}

  void Add(absl::string_view name, SourceSpan span) {
    const auto [first, inserted] = first_.emplace(name, span);
    if (inserted) return;
    reporter_.Report(kDuplicateName, span, kind_, name)
        .Label(first->second, "first declared here");
  }

 private:
  const std::string kind_;
  Reporter& reporter_;
  std::map<absl::string_view, SourceSpan> first_;
};

// What can be any of several types is looked up by name alone.
void UniqueDefinitions(const Family& family, Reporter& reporter) {
  UniqueNames names("definition", reporter);
  for (const auto& definition : family.definitions) {
    std::visit([&](const auto* d) { names.Add(d->name, d->span); }, definition);
  }
  for (const auto& e : family.enums) {
    UniqueNames entries("entry", reporter);
    for (const EnumEntry& entry : e->entries) entries.Add(entry.name, entry.span);
  }
  for (const auto& structure : family.structs) {
    UniqueNames members("struct member", reporter);
    for (const StructMember& member : structure->members) members.Add(member.name, member.span);
  }
}

void UniqueAttributes(const Family& family, Reporter& reporter) {
  UniqueNames sets("attribute set", reporter);
  for (const auto& set : family.sets) {
    sets.Add(set->name, set->span);
    // A subset only lists what its main set declares.
    if (set->subset_of != nullptr && IsOld(family)) continue;
    UniqueNames attributes("attribute", reporter);
    for (const auto& attribute : set->attributes) attributes.Add(attribute->name, attribute->span);
  }
  UniqueNames messages("sub-message", reporter);
  for (const auto& message : family.sub_messages) {
    messages.Add(message->name, message->span);
    UniqueNames formats("format", reporter);
    for (const SubMessageFormat& format : message->formats) formats.Add(format.value, format.span);
  }
}

void UniqueOperations(const Family& family, Reporter& reporter) {
  UniqueNames operations("operation", reporter);
  for (const auto& operation : family.operations) operations.Add(operation->name, operation->span);
  UniqueNames groups("multicast group", reporter);
  for (const auto& group : family.groups) groups.Add(group->name, group->span);
}

void NameLength(absl::string_view kind, absl::string_view name, SourceSpan span,
                Reporter& reporter) {
  if (name.size() <= kLongestName) return;
  reporter.Report(kNameTooLong, span, kind, name, static_cast<int64_t>(name.size()),
                  static_cast<int64_t>(kLongestName));
}

}  // namespace

void CheckNames(const Family& family, Reporter& reporter) {
  UniqueDefinitions(family, reporter);
  UniqueAttributes(family, reporter);
  UniqueOperations(family, reporter);
  if (!family.is_generic()) return;
  NameLength("family", family.name, family.span, reporter);
  for (const auto& group : family.groups) {
    NameLength("multicast group", group->name, group->span, reporter);
  }
}

}  // namespace genlc
