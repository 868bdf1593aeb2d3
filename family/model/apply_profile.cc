// The profile: what the spec language cannot say, laid over a family.
#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "family/model/builder.h"

namespace genlc {
namespace {

class ProfileApplier {
 public:
  ProfileApplier(Family& family, Reporter& reporter) : family_(family), reporter_(reporter) {}

  void Run(const RawProfile& profile) {
    if (profile.module) ApplyModule(*profile.module);
    if (profile.attribute_sets) {
      for (const RawProfileSet& set : *profile.attribute_sets) ApplySet(set);
    }
    if (profile.operations) {
      for (const RawProfileOperation& operation : *profile.operations) ApplyOperation(operation);
      for (const auto& [operation, watch] : watches_) {
        ApplyWatch(*watch, *operation, family_, reporter_);
      }
    }
    if (profile.mcast_groups) {
      for (const RawProfileGroup& group : *profile.mcast_groups) ApplyGroup(group);
    }
    if (profile.hooks) {
      for (const RawProfileHook& hook : *profile.hooks) ApplyHook(hook);
    }
    family_.allowed_breaks = AllowedOf(profile.allow_breaking);
    family_.allowed_lint = AllowedOf(profile.allow_lint);
  }

 private:
  static std::vector<Allowed> AllowedOf(const std::optional<std::vector<RawAllowed>>& entries) {
    std::vector<Allowed> allowed;
    if (!entries) return allowed;
    for (const RawAllowed& raw : *entries) {
      allowed.push_back({raw.rule.value, raw.at.value, raw.rule.span});
    }
    return allowed;
  }

  void ApplyModule(const RawProfileModule& raw) {
    Module& module = family_.module;
    module.name = ValueOr(raw.name, module.name);
    module.license = ValueOr(raw.license, module.license);
    module.author = ValueOr(raw.author, module.author);
    module.description = ValueOr(raw.description, module.description);
    module.netnsok = ValueOr(raw.netnsok, module.netnsok);
    module.parallel_ops = ValueOr(raw.parallel_ops, module.parallel_ops);
    module.places = PlacesOf(raw);
  }

  void ApplySet(const RawProfileSet& raw) {
    AttributeSet* set = FindIn(family_.sets, raw.name, "attribute set");
    if (set == nullptr || !IsFirst(set, "attribute set", raw.name)) return;
    if (raw.required) {
      for (const RawText& name : *raw.required) {
        if (Attribute* attribute = FindAttribute(*set, name)) attribute->required_in_nest = true;
      }
    }
    if (raw.attributes) {
      for (const RawProfileAttribute& attribute : *raw.attributes) ApplyAttribute(*set, attribute);
    }
    if (raw.key) {
      for (const RawText& name : *raw.key) ApplyKey(*set, name);
    }
  }

  void ApplyAttribute(AttributeSet& set, const RawProfileAttribute& raw) {
    Attribute* attribute = FindAttribute(set, raw.name);
    if (attribute == nullptr) return;
    if (raw.default_value) ApplyDefault(*raw.default_value, *attribute);
    if (raw.sensitive) {
      attribute->sensitive =
          raw.sensitive->value == "admin-perm" ? Audience::kAdmin : Audience::kUnsAdmin;
      attribute->places.Add("sensitive", raw.sensitive->span);
    }
  }

  void ApplyDefault(const Spanned<Integer>& value, Attribute& attribute) {
    if (!IsInteger(attribute.type) || attribute.multi) {
      reporter_.Report(kDefaultNotForType, value.span, attribute.name, TypeName(attribute.type));
      return;
    }
    const IntegerRange range = attribute.Range();
    const std::optional<uint64_t> mask = attribute.ValueMask();
    if (value.value < range.min || value.value > range.max) {
      reporter_.Report(kDefaultOutOfRange, value.span, attribute.name, value.value, range.min,
                       range.max);
    } else if (mask && (value.value & ~Integer(*mask)) != 0) {
      reporter_.Report(kDefaultOutOfRange, value.span, attribute.name, value.value, 0,
                       Integer(*mask));
    } else {
      attribute.default_value = value.value;
      attribute.places.Add("default", value.span);
    }
  }

  void ApplyKey(AttributeSet& set, const RawText& name) {
    Attribute* attribute = FindAttribute(set, name);
    if (attribute == nullptr) return;
    if (!CanBeKey(*attribute)) {
      reporter_.Report(kKeyNotScalarAttribute, name.span, name.value, TypeName(attribute->type));
      return;
    }
    if (std::find(set.key.begin(), set.key.end(), attribute) != set.key.end()) {
      reporter_.Report(kListedTwice, name.span, name.value,
                       absl::StrCat("the key of `", set.name, "`"));
      return;
    }
    set.key.push_back(attribute);
  }

  void ApplyOperation(const RawProfileOperation& raw) {
    Operation* operation = FindIn(family_.operations, raw.name, "operation");
    if (operation == nullptr || !IsFirst(operation, "operation", raw.name)) return;
    ApplyExchange(*operation, raw.do_exchange, operation->do_exchange, "do");
    ApplyExchange(*operation, raw.dump, operation->dump, "dump");
    if (raw.watch) watches_.emplace_back(operation, &*raw.watch);
    if (!raw.event) return;
    if (!operation->event) {
      reporter_.Report(kProfileUnknownMessage, raw.event->span, operation->name, "event");
      return;
    }
    Require(*raw.event, *operation->event, absl::StrCat("the event `", operation->name, "`"));
  }

  void ApplyExchange(const Operation& operation, const std::optional<RawProfileExchange>& raw,
                     std::optional<Exchange>& exchange, absl::string_view mode) {
    if (!raw) return;
    if (!exchange) {
      reporter_.Report(kProfileUnknownMessage, raw->span, operation.name, mode);
      return;
    }
    ApplyHookName(operation, raw->pre, "pre", *exchange, exchange->pre);
    ApplyHookName(operation, raw->post, "post", *exchange, exchange->post);
    if (raw->request) {
      Require(*raw->request, exchange->request,
              absl::StrCat("the ", mode, " request of `", operation.name, "`"));
    }
    if (!raw->reply) return;
    if (!exchange->reply) {
      reporter_.Report(kProfileUnknownMessage, raw->reply->span, operation.name,
                       absl::StrCat(mode, ": reply"));
      return;
    }
    Require(*raw->reply, *exchange->reply,
            absl::StrCat("the ", mode, " reply of `", operation.name, "`"));
  }

  void ApplyHookName(const Operation& operation, const Maybe<std::string>& raw,
                     absl::string_view key, Exchange& exchange, std::string& name) {
    if (!raw) return;
    if (exchange.places.Has(key)) {
      reporter_.Report(kHookInSpec, raw->span, operation.name, key)
          .Label(exchange.places.Of(key, exchange.span), "given here");
      return;
    }
    name = raw->value;
    exchange.places.Add(key, raw->span);
  }

  // An object belongs to all operations that begin with the hook.
  void ApplyHook(const RawProfileHook& raw) {
    const std::vector<Exchange*> exchanges = ExchangesAfter(raw.name);
    if (exchanges.empty() || !raw.object) return;
    if (!IsFirst(exchanges.front(), "hook", raw.name)) return;
    absl::string_view type = raw.object->value;
    absl::ConsumePrefix(&type, "struct ");
    if (type.empty() || absl::ascii_isdigit(type.front()) ||
        !std::all_of(type.begin(), type.end(),
                     [](char c) { return absl::ascii_isalnum(c) || c == '_'; })) {
      reporter_.Report(kObjectNotAType, raw.object->span, raw.object->value);
      return;
    }
    for (Exchange* exchange : exchanges) {
      exchange->object = raw.object->value;
      exchange->places.Add("object", raw.object->span);
    }
  }

  void ApplyGroup(const RawProfileGroup& raw) {
    MulticastGroup* group = FindIn(family_.groups, raw.name, "multicast group");
    if (group == nullptr || !IsFirst(group, "multicast group", raw.name)) return;
    for (const RawText& word : *raw.flags) {
      (word.value == "admin-perm" ? group->admin_perm : group->uns_admin_perm) = true;
    }
  }

  std::vector<Exchange*> ExchangesAfter(const RawText& hook) {
    std::vector<Exchange*> found;
    std::vector<absl::string_view> hooks;
    for (const std::unique_ptr<Operation>& operation : family_.operations) {
      for (auto* exchange : {&operation->do_exchange, &operation->dump}) {
        if (!*exchange || (*exchange)->pre.empty()) continue;
        hooks.push_back((*exchange)->pre);
        if ((*exchange)->pre == hook.value) found.push_back(&**exchange);
      }
    }
    if (found.empty()) {
      reporter_.Report(kProfileUnknownName, hook.span, "`pre` hook", hook.value)
          .Hint(DidYouMean(hook.value, hooks));
    }
    return found;
  }

  void Require(const RawProfileMessage& raw, Message& message, absl::string_view what) {
    if (!raw.required) return;
    for (const RawText& name : *raw.required) {
      const auto field =
          std::find_if(message.fields.begin(), message.fields.end(),
                       [&](const Field& f) { return f.attribute->name == name.value; });
      if (field == message.fields.end()) {
        std::vector<absl::string_view> listed;
        for (const Field& f : message.fields) listed.push_back(f.attribute->name);
        reporter_.Report(kRequiredNotListed, name.span, name.value, what)
            .Hint(DidYouMean(name.value, listed));
      } else if (field->required) {
        reporter_.Report(kListedTwice, name.span, name.value, absl::StrCat("`required` of ", what))
            .Label(field->required_span, "first listed here");
      } else {
        field->required = true;
        field->required_span = name.span;
      }
    }
  }

  // Two entries about one thing would each have half of what is said about it.
  bool IsFirst(const void* thing, absl::string_view kind, const RawText& name) {
    const auto [first, inserted] = seen_.emplace(thing, name.span);
    if (inserted) return true;
    return reporter_.Report(kDuplicateName, name.span, kind, name.value)
        .Label(first->second, "first given here");
  }

  template <typename T>
  T* FindIn(const std::vector<std::unique_ptr<T>>& list, const RawText& name,
            absl::string_view kind) {
    return FindNamed(list, name, kind, reporter_);
  }

  Attribute* FindAttribute(AttributeSet& set, const RawText& name) {
    return FindIn(set.attributes, name, absl::StrCat("attribute of `", set.name, "`"));
  }

  Family& family_;
  Reporter& reporter_;
  std::map<const void*, SourceSpan> seen_;
  std::vector<std::pair<Operation*, const RawProfileWatch*>> watches_;
};

}  // namespace

void ApplyProfile(const RawProfile& profile, Family& family, Reporter& reporter) {
  ProfileApplier(family, reporter).Run(profile);
}

}  // namespace genlc
