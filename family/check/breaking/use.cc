#include "family/check/breaking/use.h"

namespace genlc {
namespace {

const Attribute* Main(const Attribute& attribute) {
  return attribute.origin != nullptr ? attribute.origin : &attribute;
}

void Merge(const Use& more, Use& use) {
  use.request |= more.request;
  use.reply |= more.reply;
  use.request_nest |= more.request_nest;
  use.reply_nest |= more.reply_nest;
  use.header |= more.header;
}

constexpr Use kBothWays = {
    .request = true, .reply = true, .request_nest = true, .reply_nest = true};

}  // namespace

Uses::Uses(const Family& family) {
  for (const auto& operation : family.operations) {
    for (const std::optional<Exchange>* exchange : {&operation->do_exchange, &operation->dump}) {
      if (!exchange->has_value()) continue;
      AddMessage((*exchange)->request, /*request=*/true);
      if ((*exchange)->reply) AddMessage(*(*exchange)->reply, /*request=*/false);
    }
    if (operation->event) AddMessage(*operation->event, /*request=*/false);
  }
  for (const auto& message : family.sub_messages) {
    for (const SubMessageFormat& format : message->formats) {
      Use use = kBothWays;
      use.header = format.set != nullptr;
      AddStruct(format.fixed_header, use);
    }
  }
  for (const auto& set : family.sets) {
    for (const auto& attribute : set->attributes) {
      AddStruct(attribute->structure, Of(*attribute));
      for (const Enum* e : {attribute->enumeration, attribute->checks.flags_mask}) enums_.insert(e);
      for (const AttributeSet* inside : SetsInside(*attribute)) nests_.insert(inside);
    }
  }
  for (const auto& structure : family.structs) {
    for (const StructMember& member : structure->members) enums_.insert(member.enumeration);
  }
}

Use Uses::Of(const Attribute& attribute) const {
  const auto found = attributes_.find(Main(attribute));
  return found != attributes_.end() ? found->second : kBothWays;
}

Use Uses::Of(const Struct& structure) const {
  const auto found = structs_.find(&structure);
  return found != structs_.end() ? found->second : Use();
}

void Uses::AddMessage(const Message& message, bool request) {
  AddStruct(message.fixed_header, {.request = request, .reply = !request, .header = true});
  for (const Field& field : message.fields) AddAttribute(*field.attribute, {request, false});
}

void Uses::AddAttribute(const Attribute& attribute, Way way) {
  if (!seen_.insert({&attribute, way}).second) return;
  Use& use = attributes_[Main(attribute)];
  (way.request ? use.request : use.reply) = true;
  if (way.nest) (way.request ? use.request_nest : use.reply_nest) = true;
  for (const AttributeSet* set : SetsInside(attribute)) {
    for (const auto& inside : set->attributes) AddAttribute(*inside, {way.request, true});
  }
}

void Uses::AddStruct(const Struct* structure, const Use& use) {
  if (structure == nullptr) return;
  Merge(use, structs_[structure]);
  for (const StructMember& member : structure->members) AddStruct(member.structure, use);
}

}  // namespace genlc
