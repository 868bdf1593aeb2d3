#include "userspace/generator/reach.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"

namespace genlc::cpp {
namespace {

class SetWalk {
 public:
  explicit SetWalk(const Family& family) {
    for (const auto& set : family.sets) {
      for (const auto& attribute : set->attributes) {
        if (attribute->selector != nullptr) selectors_.insert(attribute->selector->name);
      }
    }
  }

  void VisitMessage(const Message& message) {
    if (message.fields.empty()) return;
    for (const Field& field : message.fields) {
      VisitInside(*field.attribute);
      Add(*message.set, field.attribute);
    }
    for (const auto& attribute : message.set->attributes) {
      if (selectors_.contains(attribute->name)) Add(*message.set, attribute.get());
    }
  }

  std::vector<ReachableSet> Take() {
    for (ReachableSet& set : sets_) {
      std::sort(set.attributes.begin(), set.attributes.end(),
                [](const Attribute* a, const Attribute* b) { return a->number < b->number; });
    }
    return std::move(sets_);
  }

 private:
  void VisitInside(const Attribute& attribute) {
    for (const AttributeSet* inside : SetsInside(attribute)) {
      if (!nested_.insert(inside).second) continue;
      for (const auto& deeper : inside->attributes) VisitInside(*deeper);
      Add(*inside);
      for (const auto& each : inside->attributes) Add(*inside, each.get());
    }
  }

  ReachableSet& Add(const AttributeSet& set) {
    for (ReachableSet& known : sets_) {
      if (known.set == &set) return known;
    }
    sets_.push_back({&set, {}});
    return sets_.back();
  }
  void Add(const AttributeSet& set, const Attribute* attribute) {
    if (added_.insert(attribute).second) Add(set).attributes.push_back(attribute);
  }

  std::set<std::string> selectors_;
  std::set<const AttributeSet*> nested_;
  std::set<const Attribute*> added_;
  std::vector<ReachableSet> sets_;
};

class StructureWalk {
 public:
  void Visit(const Struct* structure) {
    if (structure == nullptr || !seen_.insert(structure).second) return;
    for (const StructMember& member : structure->members) Visit(member.structure);
    order_.push_back(structure);
  }

  void Visit(const Attribute& attribute) {
    Visit(attribute.structure);
    if (attribute.sub_message == nullptr) return;
    for (const SubMessageFormat& format : attribute.sub_message->formats) {
      Visit(format.fixed_header);
    }
  }

  std::vector<const Struct*> Take() { return std::move(order_); }

 private:
  std::set<const Struct*> seen_;
  std::vector<const Struct*> order_;
};

// What an attribute needs that is not there yet; empty: nothing.
std::string Obstacle(const Attribute& attribute) {
  if (attribute.type == AttributeType::kNestTypeValue && attribute.nested->recursive) {
    return "type `nest-type-value` of a set that contains itself";
  }
  if (!attribute.has_sub_type) return "";
  const AttributeType element = attribute.sub_type;
  const bool array = attribute.type == AttributeType::kIndexedArray;
  const bool fits = IsInteger(element) || (array && (element == AttributeType::kNest ||
                                                     element == AttributeType::kBinary ||
                                                     element == AttributeType::kString));
  const bool fixed = array || (element != AttributeType::kUint && element != AttributeType::kSint);
  if (fits && fixed) return "";
  return absl::StrCat("type `", genlc::TypeName(attribute.type), "` with elements of type `",
                      genlc::TypeName(element), "`");
}

bool LeadsTo(const AttributeSet& set, const SubMessage& target,
             std::set<const AttributeSet*>& seen) {
  for (const auto& attribute : set.attributes) {
    if (attribute->sub_message == &target) return true;
    for (const AttributeSet* inside : SetsInside(*attribute)) {
      if (seen.insert(inside).second && LeadsTo(*inside, target, seen)) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<ReachableSet> ReachableSets(const Family& family) {
  SetWalk walk(family);
  for (const auto& operation : family.operations) {
    for (const Message* message : operation->messages()) walk.VisitMessage(*message);
  }
  return walk.Take();
}

std::vector<const Struct*> ReachableStructures(const Family& family,
                                               const std::vector<ReachableSet>& sets) {
  StructureWalk walk;
  for (const auto& operation : family.operations) walk.Visit(operation->fixed_header);
  for (const ReachableSet& set : sets) {
    for (const Attribute* attribute : set.attributes) walk.Visit(*attribute);
  }
  return walk.Take();
}

bool LeadsTo(const AttributeSet& set, const SubMessage& target) {
  std::set<const AttributeSet*> seen;
  return LeadsTo(set, target, seen);
}

bool CheckExpressible(const Family& family, const std::vector<ReachableSet>& sets,
                      Reporter& reporter) {
  bool ok = true;
  const auto refuse = [&](SourceSpan span, absl::string_view what) {
    ok = reporter.Report(kNotExpressible, span, "cpp", what);
  };
  if (!family.is_generic()) {
    constexpr int kGenericNetlink = 16;  // NETLINK_GENERIC of linux/netlink.h
    if (!family.protocol_number) {
      refuse(family.span, "a family of classic netlink without `protonum`");
    } else if (*family.protocol_number == kGenericNetlink) {
      refuse(family.span,
             "a family of classic netlink whose `protonum` is that of the generic one");
    }
  }
  for (const Struct* structure : ReachableStructures(family, sets)) {
    for (const StructMember& member : structure->members) {
      if (member.structure == nullptr || member.size == member.structure->size) continue;
      refuse(member.span,
             absl::StrCat("a structure of ", member.structure->size, " bytes in ", member.size));
    }
  }
  for (const ReachableSet& set : sets) {
    for (const Attribute* attribute : set.attributes) {
      const std::string obstacle = Obstacle(*attribute);
      if (!obstacle.empty()) refuse(attribute->span, obstacle);
    }
  }
  return ok;
}

}  // namespace genlc::cpp
