#include "kernel/generator/usage.h"

#include <algorithm>

namespace genlc::kernel {
namespace {

// Adds a set and all that it contains.
void AddNested(const AttributeSet* set, std::set<const AttributeSet*>& sets) {
  if (set == nullptr || !sets.insert(set).second) return;
  for (const auto& attribute : set->attributes) AddNested(attribute->nested, sets);
}

template <typename Visit>
void ForEachExchange(const Family& family, Visit visit) {
  for (const auto& operation : family.operations) {
    for (const auto* exchange : {&operation->do_exchange, &operation->dump}) {
      if (*exchange) visit(**exchange);
    }
  }
}

void AddListed(const Operation& operation, std::set<const Attribute*>& listed) {
  for (const auto* exchange : {&operation.do_exchange, &operation.dump}) {
    if (!*exchange) continue;
    for (const Field& field : (*exchange)->request.fields) listed.insert(field.attribute);
  }
}

// Those that carry something, as their set orders them.
std::vector<const Attribute*> InOrder(const AttributeSet* set,
                                      const std::set<const Attribute*>& listed) {
  std::vector<const Attribute*> attributes;
  if (set == nullptr) return attributes;
  for (const auto& attribute : set->attributes) {
    const bool is_value =
        attribute->type != AttributeType::kUnused && attribute->type != AttributeType::kPad;
    if (is_value && listed.count(attribute.get()) > 0) attributes.push_back(attribute.get());
  }
  return attributes;
}

}  // namespace

std::vector<const Message*> Requests(const Family& family) {
  std::vector<const Message*> messages;
  ForEachExchange(family, [&](const Exchange& exchange) {
    if (exchange.has_request) messages.push_back(&exchange.request);
  });
  return messages;
}

std::vector<const Message*> Replies(const Family& family) {
  std::vector<const Message*> messages;
  ForEachExchange(family, [&](const Exchange& exchange) {
    if (exchange.reply) messages.push_back(&*exchange.reply);
  });
  for (const auto& operation : family.operations) {
    if (operation->event) messages.push_back(&*operation->event);
  }
  return messages;
}

std::vector<const Attribute*> RequestedOf(const Operation& operation) {
  std::set<const Attribute*> listed;
  AddListed(operation, listed);
  return InOrder(operation.set, listed);
}

std::vector<const Attribute*> RequestedOf(const Family& family) {
  const AttributeSet* set = nullptr;
  std::set<const Attribute*> listed;
  for (const auto& operation : family.operations) {
    if (operation->is_async()) continue;
    if (operation->set != nullptr) set = operation->set;
    AddListed(*operation, listed);
  }
  return InOrder(set, listed);
}

const Attribute& LastAttribute(const std::vector<const Attribute*>& attributes) {
  return **std::max_element(
      attributes.begin(), attributes.end(),
      [](const Attribute* a, const Attribute* b) { return a->number < b->number; });
}

Usage::Usage(const Family& family) {
  for (const Message* message : Requests(family)) {
    for (const Field& field : message->fields) {
      AddNested(field.attribute->nested, in_request_);
      requested_.insert(field.attribute);
    }
  }
  for (const Message* message : Replies(family)) {
    for (const Field& field : message->fields) AddNested(field.attribute->nested, in_reply_);
  }
  for (const AttributeSet* set : in_request_) {
    for (const auto& attribute : set->attributes) requested_.insert(attribute.get());
  }
  // A subset's attributes stand for those of the main set.
  const std::set<const Attribute*> direct = requested_;
  for (const Attribute* attribute : direct) {
    if (attribute->origin != nullptr) requested_.insert(attribute->origin);
  }

  Sets seen;
  for (const auto& set : family.sets) {
    if (InRequest(*set) || InReply(*set)) Order(*set, seen);
  }
}

void Usage::Order(const AttributeSet& set, Sets& seen) {
  if (!seen.insert(&set).second) return;
  for (const auto& attribute : set.attributes) {
    if (attribute->nested != nullptr) Order(*attribute->nested, seen);
  }
  nests_.push_back(&set);
}

}  // namespace genlc::kernel
