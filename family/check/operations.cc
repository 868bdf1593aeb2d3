// Operations: what each can send, and to whom.
#include <set>

#include "absl/strings/str_cat.h"
#include "family/check/rules.h"
#include "family/diag/catalogue/names.h"
#include "family/diag/catalogue/operations.h"
#include "family/diag/catalogue/policies.h"

namespace genlc {
namespace {

void Mixed(const Operation& operation, Reporter& reporter) {
  // Each key is compared with the first one of the operation that excludes it.
  absl::string_view async;
  for (const absl::string_view key : {"notify", "event"}) {
    if (!operation.places.Has(key)) continue;
    if (!async.empty()) {
      reporter.Report(kMixedOperation, operation.places.Of(key, operation.span), operation.name,
                      async, key);
    }
    if (async.empty()) async = key;
  }
  if (async.empty()) return;
  for (const absl::string_view key : {"do", "dump"}) {
    if (!operation.places.Has(key)) continue;
    reporter.Report(kMixedOperation, operation.places.Of(async, operation.span), operation.name,
                    key, async);
    return;
  }
}

void Notify(const Operation& operation, Reporter& reporter) {
  if (operation.notify == nullptr) return;
  const SourceSpan span = operation.places.Of("notify", operation.span);
  const Operation& target = *operation.notify;
  if (target.is_async() || &target == &operation) {
    reporter.Report(kNotifyOfNotification, span, operation.name, target.name)
        .Label(target.span, "declared here");
  } else if (operation.async_message() == nullptr) {
    reporter.Report(kNotifyWithoutReply, span, operation.name, target.name)
        .Label(target.span, "declared here");
  }
}

void Group(const Operation& operation, Reporter& reporter) {
  const bool async = operation.places.Has("notify") || operation.places.Has("event");
  if (async || operation.incomplete || !operation.places.Has("mcgrp")) return;
  reporter.Report(kGroupWithoutNotification, operation.places.Of("mcgrp", operation.span),
                  operation.name);
}

void CallerKeys(const Operation& operation, Reporter& reporter) {
  const bool async = operation.places.Has("notify") || operation.places.Has("event");
  if (!async || operation.do_exchange || operation.dump) return;
  for (const absl::string_view key : {"flags", "dont-validate"}) {
    if (!operation.places.Has(key)) continue;
    reporter.Report(kKeyNotForNotification, operation.places.Of(key, operation.span), key,
                    operation.name);
  }
}

void Validation(const Operation& operation, Reporter& reporter) {
  // An operation of neither kind reserves a number, and a notification has no validation at all.
  if (!operation.do_exchange && !operation.dump) return;
  const std::vector<SourceSpan> spans = operation.places.All("dont-validate");
  for (size_t i = 0; i < operation.dont_validate.size(); ++i) {
    const std::string& word = operation.dont_validate[i];
    const SourceSpan span = i < spans.size() ? spans[i] : operation.span;
    if (word == "strict" ? operation.do_exchange.has_value() : operation.dump.has_value()) continue;
    reporter.Report(kValidateWithoutMode, span, word, operation.name,
                    word == "strict" ? "do" : "dump");
  }
}

void Permissions(bool admin, bool uns_admin, absl::string_view where, SourceSpan span,
                 Reporter& reporter) {
  if (admin && uns_admin) reporter.Report(kBothPermissions, span, where);
}

void Fields(const Message& message, absl::string_view where, Reporter& reporter) {
  std::set<const Attribute*> seen;
  for (const Field& field : message.fields) {
    const Attribute& attribute = *field.attribute;
    // A type that is missing has been reported where it should stand.
    const bool typed = attribute.origin != nullptr || attribute.places.Has("type");
    if (typed && attribute.type == AttributeType::kUnused) {
      reporter.Report(kFieldNotCarried, field.span, attribute.name, TypeName(attribute.type))
          .Label(attribute.span, "declared here");
    }
    if (!seen.insert(&attribute).second) {
      reporter.Report(kListedTwice, field.span, attribute.name, where)
          .Label(message.Find(attribute.name)->span, "first listed here");
    }
  }
}

void Messages(const Operation& operation, Reporter& reporter) {
  const auto exchange = [&](const std::optional<Exchange>& e, absl::string_view mode) {
    if (!e) return;
    const std::string of = absl::StrCat(" of `", operation.name, "`");
    Fields(e->request, absl::StrCat("the ", mode, " request", of), reporter);
    if (e->reply) Fields(*e->reply, absl::StrCat("the ", mode, " reply", of), reporter);
  };
  exchange(operation.do_exchange, "do");
  exchange(operation.dump, "dump");
  if (operation.event) {
    Fields(*operation.event, absl::StrCat("the event `", operation.name, "`"), reporter);
  }
}

void Dump(const Operation& operation, Reporter& reporter) {
  if (!operation.dump || operation.dump->reply) return;
  reporter.Report(kDumpWithoutReply, operation.span, operation.name)
      .Label(operation.dump->span, "the dump");
}

// The items of a list of words.
void Repeated(const Places& places, absl::string_view key, absl::string_view owner,
              Reporter& reporter) {
  std::set<absl::string_view> seen;
  for (const SourceSpan& span : places.All(key)) {
    if (seen.insert(span.text()).second) continue;
    reporter.Report(kListedTwice, span, span.text(),
                    absl::StrCat("`", key, "` of `", owner, "`"));
  }
}

}  // namespace

void CheckOperations(const Family& family, Reporter& reporter) {
  for (const auto& operation : family.operations) {
    Mixed(*operation, reporter);
    Notify(*operation, reporter);
    Group(*operation, reporter);
    CallerKeys(*operation, reporter);
    Permissions(operation->admin_perm, operation->uns_admin_perm,
                absl::StrCat("the operation `", operation->name, "`"),
                operation->places.Of("flags", operation->span), reporter);
    Dump(*operation, reporter);
    if (!IsOld(family)) {
      Validation(*operation, reporter);
      Messages(*operation, reporter);
    }
    Repeated(operation->places, "flags", operation->name, reporter);
    Repeated(operation->places, "dont-validate", operation->name, reporter);
  }
  for (const auto& group : family.groups) {
    Permissions(group->admin_perm, group->uns_admin_perm,
                absl::StrCat("the multicast group `", group->name, "`"),
                group->places.Of("flags", group->span), reporter);
    Repeated(group->places, "flags", group->name, reporter);
  }
}

}  // namespace genlc
