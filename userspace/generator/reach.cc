#include "userspace/generator/reach.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"

namespace genlc::cpp {
namespace {

class SetWalk {
 public:
  void Visit(const AttributeSet* set) {
    if (set == nullptr || !seen_.insert(set).second) return;
    for (const auto& attribute : set->attributes) Visit(attribute->nested);
    order_.push_back(set);
  }

  std::vector<const AttributeSet*> Take() { return std::move(order_); }

 private:
  std::set<const AttributeSet*> seen_;
  std::vector<const AttributeSet*> order_;
};

// What an attribute needs that is not there yet; empty: nothing.
std::string Obstacle(const Attribute& attribute) {
  if (attribute.structure != nullptr) return "a binary attribute with a structure";
  if (attribute.type == AttributeType::kSubMessage) {
    return absl::StrCat("an attribute of type `", genlc::TypeName(attribute.type), "`");
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

}  // namespace

std::vector<const Message*> MessagesOf(const Operation& operation) {
  std::vector<const Message*> messages;
  for (const std::optional<Exchange>* exchange : {&operation.do_exchange, &operation.dump}) {
    if (!exchange->has_value()) continue;
    messages.push_back(&(*exchange)->request);
    if ((*exchange)->reply) messages.push_back(&*(*exchange)->reply);
  }
  if (operation.event) messages.push_back(&*operation.event);
  return messages;
}

std::vector<const AttributeSet*> ReachableSets(const Family& family) {
  SetWalk walk;
  for (const auto& operation : family.operations) {
    for (const Message* message : MessagesOf(*operation)) {
      if (!message->fields.empty()) walk.Visit(message->set);
    }
  }
  return walk.Take();
}

bool CheckExpressible(const Family& family, const std::vector<const AttributeSet*>& sets,
                      Reporter& reporter) {
  bool ok = true;
  const auto refuse = [&](SourceSpan span, absl::string_view what) {
    ok = reporter.Report(kNotExpressible, span, "cpp", what);
  };
  if (!family.is_generic()) refuse(family.span, "a family of classic netlink");
  for (const auto& operation : family.operations) {
    if (operation->fixed_header != nullptr) refuse(operation->span, "a fixed header");
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
