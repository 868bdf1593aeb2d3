// Families, operations, messages and groups on the wire.
#include "family/check/breaking/comparison.h"
#include "family/diag/catalogue/breaking_wire.h"

namespace genlc {
namespace {

std::string Protocol(const Family& family) {
  if (family.is_generic()) return "generic netlink";
  return absl::StrCat("netlink protocol ", family.protocol_number.value_or(0));
}

void CompareFamilies(Comparison& c) {
  const Family& before = c.before();
  const Family& after = c.after();
  if (Protocol(before) != Protocol(after)) {
    const char* key = after.is_generic() == before.is_generic() ? "protonum" : "protocol";
    c.Report(kBreakProtocol, after.name, after.places.Of(key, after.span),
             before.places.Of(key, before.span), Protocol(after), Protocol(before));
  } else if (after.is_generic() && before.name != after.name) {
    c.Report(kBreakFamilyName, after.name, after.span, before.span, before.name);
  }
  if (after.is_generic() && after.version < before.version) {
    c.Report(kBreakVersion, after.name, after.places.Of("version", after.span),
             before.places.Of("version", before.span), after.version, before.version);
  }
}

std::string Header(const Struct* header) {
  return header == nullptr ? "no header" : absl::StrCat("the header `", header->name, "`");
}

void CompareHeaders(Comparison& c, const Operation& before, const Operation& after) {
  const Struct* was = before.fixed_header;
  const Struct* now = after.fixed_header;
  if (was == now) return;
  // One that has kept its name is compared as a structure.
  if (was != nullptr && now != nullptr && (was->name == now->name || SameLayout(*was, *now))) {
    return;
  }
  c.Report(kBreakFixedHeader, after.name, after.places.Of("fixed-header", after.span),
           before.places.Of("fixed-header", before.span), Header(now), Header(was));
}

std::string Group(const MulticastGroup* group) {
  return group == nullptr ? "no group" : absl::StrCat("the group `", group->name, "`");
}

void CompareListeners(Comparison& c, const Operation& before, const Operation& after) {
  if (before.group == nullptr) return;
  const MulticastGroup* expected = FindNow(*before.group, c.before(), c.after());
  if (expected == nullptr || expected == after.group) return;
  c.Report(kBreakNotificationGroup, after.name, after.places.Of("mcgrp", after.span),
           before.places.Of("mcgrp", before.span), Group(after.group), Group(before.group));
}

// Of replies and notifications.
void CompareSent(Comparison& c, const std::string& place, const Message& before,
                 const Message& after) {
  for (const Field& was : before.fields) {
    const Attribute* attribute =
        after.set != nullptr ? FindNow(*was.attribute, *after.set) : nullptr;
    const Field* now = attribute != nullptr ? after.Find(attribute->name) : nullptr;
    const std::string field = absl::StrCat(place, ".", was.attribute->name);
    if (now == nullptr) {
      // That an attribute has gone is told once for all messages.
      if (attribute == nullptr && after.set != nullptr) continue;
      c.Report(kBreakNotSent, field, after.span, was.span);
    } else if (was.required && !now->required) {
      c.Report(kBreakNotAlwaysSent, field, now->span, was.required_span);
    }
  }
}

void CompareExchanges(Comparison& c, const std::string& place,
                      const std::optional<Exchange>& before, const std::optional<Exchange>& after) {
  if (!before || !after || !before->reply) return;
  if (!after->reply) {
    c.Report(kBreakReplyGone, place, after->span, before->reply->span);
  } else {
    CompareSent(c, absl::StrCat(place, ".reply"), *before->reply, *after->reply);
  }
}

void CompareModes(Comparison& c, const Operation& before, const Operation& after) {
  const std::pair<const char*, std::optional<Exchange> Operation::*> modes[] = {
      {"do", &Operation::do_exchange}, {"dump", &Operation::dump}};
  for (const auto& [mode, exchange] : modes) {
    if ((before.*exchange).has_value() && !(after.*exchange).has_value()) {
      c.Report(kBreakModeGone, after.name, after.span, (before.*exchange)->span, mode);
    }
    CompareExchanges(c, absl::StrCat(after.name, ".", mode), before.*exchange, after.*exchange);
  }
}

void CompareNotifications(Comparison& c, const Operation& before, const Operation& after) {
  const Message* was = before.async_message();
  const Message* now = after.async_message();
  if (was == nullptr || now == nullptr) return;
  // What tells the reply of one operation changes with that.
  if (before.notify != nullptr && after.notify != nullptr &&
      FindNow(*before.notify, c.before(), c.after()) == after.notify) {
    return;
  }
  CompareSent(c, absl::StrCat(after.name, ".event"), *was, *now);
}

const Message* ReplyOf(const Operation& operation) {
  for (const auto* exchange : {&operation.do_exchange, &operation.dump}) {
    if (*exchange && (*exchange)->reply) return &*(*exchange)->reply;
  }
  return nullptr;
}

// The rows of numbers that a list of operations makes.
struct OperationRows {
  Row requests;
  Row notifications;
  Row replies;
};

void CompareNumbers(Comparison& c, const Operation& before, const Operation& after,
                    OperationRows& rows) {
  Row& row = c.after().directional && after.is_async() ? rows.notifications : rows.requests;
  if (row.HasMoved(before.number, after.number, !after.explicit_number)) {
    c.Report(kBreakOperationNumber, after.name, after.places.Of("value", after.span),
             before.places.Of("value", before.span), after.number, before.number);
  }
  const Message* was = ReplyOf(before);
  const Message* now = ReplyOf(after);
  // Elsewhere a reply has the number of its request.
  if (!c.after().directional || was == nullptr || now == nullptr) return;
  if (rows.replies.HasMoved(was->number, now->number, /*counts_on=*/true)) {
    c.Report(kBreakReplyNumber, after.name, now->span, was->span, now->number, was->number);
  }
}

void CompareOperations(Comparison& c) {
  OperationRows rows;
  for (const auto& [before, after] : c.operations()) {
    if (after == nullptr || before->is_async() != after->is_async()) {
      c.Report(kBreakOperationGone, before->name, after != nullptr ? after->span : c.after().span,
               before->span);
      continue;
    }
    CompareNumbers(c, *before, *after, rows);
    CompareHeaders(c, *before, *after);
    CompareModes(c, *before, *after);
    CompareNotifications(c, *before, *after);
    CompareListeners(c, *before, *after);
  }
}

void CompareGroups(Comparison& c) {
  for (const auto& [before, after] : c.groups_of_listeners()) {
    if (after == nullptr) {
      c.Report(kBreakGroupGone, before->name, c.after().span, before->span);
    } else if (before->number && after->number && *before->number != *after->number) {
      c.Report(kBreakGroupNumber, after->name, after->places.Of("value", after->span),
               before->places.Of("value", before->span), *after->number, *before->number);
    }
  }
}

}  // namespace

void CompareWire(Comparison& comparison) {
  CompareFamilies(comparison);
  CompareOperations(comparison);
  CompareGroups(comparison);
}

}  // namespace genlc
