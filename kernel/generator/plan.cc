#include "kernel/generator/plan.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/diag/catalogue/backends.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {
namespace {

bool IsValue(const Attribute& attribute) {
  return attribute.type != AttributeType::kUnused && attribute.type != AttributeType::kPad;
}

AttributeType ElementType(const Attribute& attribute) {
  return attribute.type == AttributeType::kIndexedArray ? attribute.sub_type : attribute.type;
}

Shape ShapeOf(const Attribute& attribute) {
  const AttributeType type = ElementType(attribute);
  if (IsInteger(type)) return Shape::kInteger;
  switch (type) {
    case AttributeType::kString:
      return attribute.checks.unterminated_ok ? Shape::kBinary : Shape::kString;
    case AttributeType::kNest:
    case AttributeType::kNestTypeValue: return Shape::kNest;
    case AttributeType::kBitfield32: return Shape::kBitfield;
    case AttributeType::kBinary:
      if (attribute.structure != nullptr) return Shape::kStruct;
      return attribute.has_sub_type && attribute.type == AttributeType::kBinary ? Shape::kArray
                                                                                : Shape::kBinary;
    default:
      return Shape::kFlag;
  }
}

// Whether its elements are attributes of a nest, whatever their numbers.
bool IsIndexed(const Attribute& attribute) {
  return attribute.type == AttributeType::kIndexedArray ||
         attribute.type == AttributeType::kNestTypeValue;
}

bool IsList(const Attribute& attribute) { return attribute.multi || IsIndexed(attribute); }

// Whether a struct for the set holds a list, itself or in a struct by value: such a struct
// is not the same in both directions.
bool HoldsList(const AttributeSet& set) {
  if (set.recursive) return true;
  return std::any_of(set.attributes.begin(), set.attributes.end(), [](const auto& attribute) {
    return IsList(*attribute) || (attribute->nested != nullptr && HoldsList(*attribute->nested));
  });
}

bool SameFields(const Message& a, const Message& b) {
  return std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                    [](const Field& x, const Field& y) {
                      return x.attribute == y.attribute && x.required == y.required;
                    });
}

bool Lists(const ExchangePlan& side, const Attribute& attribute) {
  return side.request != nullptr && side.request->Find(attribute) != nullptr;
}

}  // namespace

bool ShowsPresence(Shape shape) {
  return shape == Shape::kFlag || shape == Shape::kString || shape == Shape::kBinary ||
         shape == Shape::kArray;
}

const Member* Composite::Find(const Attribute& attribute) const {
  for (const Member& member : members) {
    if (member.attribute == &attribute) return &member;
  }
  return nullptr;
}

Plan::Plan(const Family& family, Reporter& reporter)
    : family_(family), reporter_(reporter), usage_(family) {
  for (const auto& enumeration : family.enums) {
    if (enumeration->c_name.empty()) continue;
    Claim(absl::StrCat("enum ", enumeration->c_name), enumeration->span);
  }
  for (const char* name : {"_start", "_stop", "_nl_init", "_nl_exit"}) {
    Claim(absl::StrCat(family.c_name, name), family.span);
  }
  if (family.kernel_policy == KernelPolicy::kGlobal) policy_ = RequestedOf(family);
  AddStructures();
  AddNests();
  for (const auto& operation : family.operations) AddOperation(*operation);
  LinkNotifications();
  FindSecrets();
}

bool Plan::has_async() const {
  return std::any_of(operations_.begin(), operations_.end(),
                     [](const OperationPlan& plan) { return plan.operation->is_async(); });
}

bool Plan::has_conditions() const {
  return std::any_of(operations_.begin(), operations_.end(), [](const OperationPlan& plan) {
    return !plan.operation->config_cond.empty();
  });
}

std::string Plan::Internal(absl::string_view name, absl::string_view suffix) const {
  return absl::StrCat(family_.c_name, "_nl_", Lower(name), suffix);
}

Composite& Plan::NewComposite(std::string tag, const AttributeSet* set, SourceSpan span) {
  // Tags of structs and enumerations share a name space; a set may be called as an enum.
  if (identifiers_.count(absl::StrCat("enum ", tag)) > 0) absl::StrAppend(&tag, "_attrs");
  Claim(absl::StrCat("struct ", tag), span);
  owned_.push_back(std::make_unique<Composite>());
  Composite& composite = *owned_.back();
  composite.tag = std::move(tag);
  composite.set = set;
  composites_.push_back(&composite);
  return composite;
}

void Plan::AddStructures() {
  for (const auto& operation : family_.operations) {
    if (operation->fixed_header == nullptr) continue;
    fixed_header_ = operation->fixed_header;
    AddStructure(*fixed_header_);
  }
  for (const auto& messages : {Requests(family_), Replies(family_)}) {
    for (const Message* message : messages) {
      for (const Field& field : message->fields) {
        if (field.attribute->structure != nullptr) AddStructure(*field.attribute->structure);
      }
    }
  }
  for (const AttributeSet* set : usage_.nests()) {
    for (const auto& attribute : set->attributes) {
      if (attribute->structure != nullptr) AddStructure(*attribute->structure);
    }
  }
}

void Plan::AddStructure(const Struct& structure) {
  if (std::count(structures_.begin(), structures_.end(), &structure) > 0) return;
  if (structure.header.empty()) {
    for (const StructMember& member : structure.members) {
      if (member.structure != nullptr) AddStructure(*member.structure);
    }
    Claim(absl::StrCat("struct ", structure.c_name), structure.span);
  }
  structures_.push_back(&structure);
}

// First all types, so that a set can name itself; then their members.
void Plan::AddNests() {
  std::vector<Composite*> added;
  for (const AttributeSet* set : usage_.nests()) {
    for (const auto& attribute : set->attributes) AddLevels(*attribute);
    const bool in = usage_.InRequest(*set);
    const bool out = usage_.InReply(*set);
    const std::string tag = Prefixed(family_, set->name);
    NestTypes& types = nest_types_[set];
    const auto add = [&](absl::string_view suffix, bool is_in, bool is_out) {
      Composite& composite = NewComposite(absl::StrCat(tag, suffix), set, set->span);
      composite.nested = true;
      composite.in = is_in;
      composite.out = is_out;
      if (is_in) types.in = &composite;
      if (is_out) types.out = &composite;
      added.push_back(&composite);
    };
    if (in && out && HoldsList(*set)) {
      add("_req", true, false);
      add("_rsp", false, true);
    } else {
      add("", in, out);
    }
  }
  for (Composite* composite : added) {
    for (const auto& attribute : composite->set->attributes) {
      if (!IsValue(*attribute)) continue;
      composite->members.push_back(
          MakeMember(*composite, *attribute, attribute->required_in_nest));
    }
  }
}

// A type of its own for nests whose attribute types are values.
void Plan::AddLevels(const Attribute& attribute) {
  if (attribute.type != AttributeType::kNestTypeValue || level_types_.count(&attribute) > 0) {
    return;
  }
  const NestTypes& inner = nest_types_.at(attribute.nested);
  NestTypes& types = level_types_[&attribute];
  const auto add = [&](const Composite& innermost, absl::string_view suffix) {
    const std::string name = absl::StrCat(attribute.set->name, "_", attribute.name);
    Composite& composite = NewComposite(absl::StrCat(Prefixed(family_, name), suffix),
                                        attribute.nested, attribute.span);
    composite.nested = true;
    composite.in = innermost.in;
    composite.out = innermost.out;
    for (const std::string& level : attribute.type_values) {
      composite.levels.push_back(MemberName(level));
    }
    composite.innermost = &innermost;
    composite.innermost_name = MemberName(attribute.nested->name);
    return &composite;
  };
  if (inner.in == inner.out) {
    types.in = types.out = add(*inner.in, "");
    return;
  }
  const bool both = inner.in != nullptr && inner.out != nullptr;
  if (inner.in != nullptr) types.in = add(*inner.in, both ? "_req" : "");
  if (inner.out != nullptr) types.out = add(*inner.out, both ? "_rsp" : "");
}

Member Plan::MakeMember(const Composite& composite, const Attribute& attribute, bool required) {
  Member member;
  member.attribute = &attribute;
  member.name = MemberName(attribute.name);
  member.required = required;
  member.shape = ShapeOf(attribute);
  member.list = IsList(attribute);
  member.indexed = IsIndexed(attribute);
  if (member.shape == Shape::kNest) {
    const bool has_levels = attribute.type == AttributeType::kNestTypeValue;
    const NestTypes& types =
        has_levels ? level_types_.at(&attribute) : nest_types_.at(attribute.nested);
    member.nest = composite.in ? types.in : types.out;
    member.indirect = !member.list && attribute.nested->recursive;
  }
  if (member.is_list_in()) {
    const std::string element =
        member.nest != nullptr && member.nest->levels.empty()
            ? Prefixed(family_, attribute.nested->name)
            : Prefixed(family_, absl::StrCat(attribute.set->name, "_", attribute.name));
    member.list_tag = absl::StrCat(element, "_list");
    member.list_next = absl::StrCat(element, "_next");
  }
  return member;
}

const Composite* Plan::AddMessage(std::string tag, const Message& message, bool in) {
  std::vector<Member> members;
  Composite probe;
  probe.in = in;
  probe.out = !in;
  for (const Field& field : message.fields) {
    if (!IsValue(*field.attribute)) continue;
    AddLevels(*field.attribute);
    members.push_back(MakeMember(probe, *field.attribute, field.required));
  }
  if (members.empty() && message.fixed_header == nullptr) return nullptr;
  Composite& composite = NewComposite(std::move(tag), message.set, message.span);
  composite.fixed_header = message.fixed_header;
  composite.in = in;
  composite.out = !in;
  composite.members = std::move(members);
  return &composite;
}

// Both sides of an operation often answer the same; one type serves them then.
const Composite* Plan::AddReply(const OperationPlan& plan, const Message& message, bool is_dump) {
  const Operation& operation = *plan.operation;
  const Message* other = is_dump && operation.do_exchange && operation.do_exchange->reply
                             ? &*operation.do_exchange->reply
                             : nullptr;
  const Composite* composite = nullptr;
  if (other != nullptr && SameFields(*other, message)) {
    composite = plan.do_side->reply;
  } else {
    composite = AddMessage(absl::StrCat(plan.name, other != nullptr ? "_dump_rsp" : "_rsp"),
                           message, false);
    if (composite != nullptr) owned_.back()->size_is_public = !is_dump;
  }
  replies_[&message] = composite;
  return composite;
}

void Plan::AddOperation(const Operation& operation) {
  OperationPlan plan;
  plan.operation = &operation;
  plan.name = Prefixed(family_, operation.name);
  const auto side = [&](const Exchange& exchange, bool is_dump) {
    ExchangePlan result;
    result.exchange = &exchange;
    result.has_reply = exchange.reply.has_value();
    result.request = AddMessage(absl::StrCat(plan.name, is_dump ? "_dump_req" : "_req"),
                                exchange.request, true);
    if (exchange.reply) result.reply = AddReply(plan, *exchange.reply, is_dump);
    return result;
  };
  if (!operation.is_async()) {
    if (operation.do_exchange) plan.do_side = side(*operation.do_exchange, false);
    if (operation.dump) plan.dump_side = side(*operation.dump, true);
  } else if (operation.event) {
    plan.async = AddMessage(plan.name, *operation.event, false);
  }

  plan.policy = RequestedOf(operation);
  // A policy of several operations, or of both sides of one, says what all of them let in.
  if (family_.kernel_policy == KernelPolicy::kSplit) {
    for (const Attribute* attribute : plan.policy) {
      if (plan.do_side && !Lists(*plan.do_side, *attribute)) {
        plan.do_side->rejects = !operation.dont_validate_strict;
      }
      if (plan.dump_side && !Lists(*plan.dump_side, *attribute)) {
        plan.dump_side->rejects = !operation.dont_validate_dump_strict;
      }
    }
  }
  ClaimNames(plan);
  operations_.push_back(std::move(plan));
}

// A notification may stand before what it is about.
void Plan::LinkNotifications() {
  for (OperationPlan& plan : operations_) {
    if (plan.operation->notify == nullptr) continue;
    const auto found = replies_.find(plan.operation->async_message());
    if (found != replies_.end()) plan.async = found->second;
  }
}

// Until no more are found: sets can contain themselves.
void Plan::FindSecrets() {
  const auto is_secret = [](const Member& member) {
    return member.attribute->audience() != Audience::kAnyone ||
           (member.nest != nullptr && member.nest->has_secrets);
  };
  for (bool found = true; found;) {
    found = false;
    for (const std::unique_ptr<Composite>& composite : owned_) {
      if (!composite->out || composite->has_secrets) continue;
      composite->has_secrets =
          std::any_of(composite->members.begin(), composite->members.end(), is_secret) ||
          (composite->innermost != nullptr && composite->innermost->has_secrets);
      found = found || composite->has_secrets;
    }
  }
}

void Plan::ClaimNames(const OperationPlan& plan) {
  const auto claim = [&](absl::string_view suffix) {
    Claim(absl::StrCat(plan.name, suffix), plan.operation->span);
  };
  if (plan.operation->is_async()) {
    claim("_send");
    claim("_send_allns");
    claim("_unicast");
  }
  if (plan.do_side) claim("");
  if (plan.do_side && plan.do_side->reply != nullptr) claim("_reply");
  if (plan.dump_side) {
    claim("_dump");
    claim("_dump_put");
  }
}

void Plan::Claim(const std::string& identifier, SourceSpan span) {
  const auto [found, is_new] = identifiers_.emplace(identifier, span);
  if (is_new) return;
  reporter_
      .Report(kNotExpressible, span, "kernel",
              absl::StrCat("two things that C would call `", identifier, "`"))
      .Label(found->second, "the other one");
}

}  // namespace genlc::kernel
