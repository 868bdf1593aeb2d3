#include "userspace/generator/reach.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"

namespace genlc::cpp {
namespace {

class SetWalk {
 public:
  void Visit(const AttributeSet* set) {
    if (!seen_.insert(set).second) return;
    for (const auto& attribute : set->attributes) {
      for (const AttributeSet* inside : SetsInside(*attribute)) Visit(inside);
    }
    order_.push_back(set);
  }

  std::vector<const AttributeSet*> Take() { return std::move(order_); }

 private:
  std::set<const AttributeSet*> seen_;
  std::vector<const AttributeSet*> order_;
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

std::vector<const AttributeSet*> ReachableSets(const Family& family) {
  SetWalk walk;
  for (const auto& operation : family.operations) {
    for (const Message* message : operation->messages()) {
      if (!message->fields.empty()) walk.Visit(message->set);
    }
  }
  return walk.Take();
}

std::vector<const Struct*> ReachableStructures(const Family& family,
                                               const std::vector<const AttributeSet*>& sets) {
  StructureWalk walk;
  for (const auto& operation : family.operations) walk.Visit(operation->fixed_header);
  for (const AttributeSet* set : sets) {
    for (const auto& attribute : set->attributes) walk.Visit(*attribute);
  }
  return walk.Take();
}

bool LeadsTo(const AttributeSet& set, const SubMessage& target) {
  std::set<const AttributeSet*> seen;
  return LeadsTo(set, target, seen);
}

bool CheckExpressible(const Family& family, const std::vector<const AttributeSet*>& sets,
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
  for (const AttributeSet* set : sets) {
    for (const auto& attribute : set->attributes) {
      const std::string obstacle = Obstacle(*attribute);
      if (!obstacle.empty()) refuse(attribute->span, obstacle);
    }
  }
  return ok;
}

}  // namespace genlc::cpp
