// `watch` of the profile: how to follow the objects that an operation dumps.
#include <algorithm>

#include "family/model/builder.h"

namespace genlc {
namespace {

bool IsInteger(StructMember::Kind kind) { return kind <= StructMember::Kind::kS64; }

IntegerRange TypeRange(const StructMember& member) {
  const int bits = 8 * static_cast<int>(member.size);
  if (member.kind < StructMember::Kind::kS8) return {0, (Integer(1) << bits) - 1};
  return {-(Integer(1) << (bits - 1)), (Integer(1) << (bits - 1)) - 1};
}

class WatchApplier {
 public:
  WatchApplier(const RawProfileWatch& raw, Operation& operation, const Family& family,
               Reporter& reporter)
      : raw_(raw), operation_(operation), family_(family), reporter_(reporter) {}

  // The operation has no watch where something was wrong.
  void Run() {
    if (!operation_.dump || !operation_.dump->reply) return Refuse("it has no dump with a reply");
    objects_ = &*operation_.dump->reply;
    watch_.span = raw_.span;
    AddKey();
    AddTellers();
    AddGroups();
    AddConditions();
    CheckRequest();
    if (good_) operation_.watch = std::move(watch_);
  }

 private:
  void Refuse(absl::string_view why) {
    good_ = reporter_.Report(kWatchNotPossible, raw_.span, operation_.name, why);
  }

  void AddKey() {
    if (raw_.key) {
      for (const RawText& name : *raw_.key) AddKeyPart(name);
    } else if (const AttributeSet* set = objects_->set) {
      const AttributeSet* keyed = set->key.empty() && set->subset_of ? set->subset_of : set;
      for (const Attribute* attribute : keyed->key) AddKeyPart({attribute->name, raw_.span});
    }
    if (watch_.key.empty() && good_) Refuse("nothing is their key");
  }

  void AddKeyPart(const RawText& name) {
    Watch::KeyPart part;
    if (const Field* field = objects_->Find(name.value)) {
      part.attribute = field->attribute;
      if (!CanBeKey(*part.attribute)) {
        good_ = reporter_.Report(kKeyNotScalarAttribute, name.span, name.value,
                                 TypeName(part.attribute->type));
        return;
      }
    } else if (part.member = FindMember(name); part.member == nullptr) {
      good_ = reporter_.Report(kWatchKeyNotListed, name.span, name.value,
                               absl::StrCat("the dump reply of `", operation_.name, "`"));
      return;
    }
    for (const Watch::KeyPart& other : watch_.key) {
      if (other.attribute != part.attribute || other.member != part.member) continue;
      good_ = reporter_.Report(kListedTwice, name.span, name.value,
                               absl::StrCat("the key of `", operation_.name, "`"));
      return;
    }
    watch_.key.push_back(part);
  }

  // An integer of the fixed header.
  const StructMember* FindMember(const RawText& name) const {
    if (objects_->fixed_header == nullptr) return nullptr;
    const StructMember* member = objects_->fixed_header->Find(name.value);
    return member != nullptr && IsInteger(member->kind) ? member : nullptr;
  }

  void AddTellers() {
    for (const RawText& name : raw_.removed) AddTeller(name, watch_.removed);
    if (raw_.changed) {
      for (const RawText& name : *raw_.changed) AddTeller(name, watch_.changed);
    } else {
      for (const auto& operation : family_.operations) {
        if (operation->notify != &operation_ || IsTeller(operation.get())) continue;
        AddTeller({operation->name, raw_.span}, watch_.changed);
      }
    }
    if (watch_.changed.empty() && watch_.removed.empty() && good_) {
      Refuse("nothing tells of their changes");
    }
  }

  bool IsTeller(const Operation* operation) const {
    const auto has = [&](const std::vector<const Operation*>& list) {
      return std::find(list.begin(), list.end(), operation) != list.end();
    };
    return has(watch_.changed) || has(watch_.removed);
  }

  void AddTeller(const RawText& name, std::vector<const Operation*>& list) {
    const Operation* operation = FindNamed(family_.operations, name, "operation", reporter_);
    if (operation == nullptr) {
      good_ = false;
    } else if (IsTeller(operation)) {
      good_ = reporter_.Report(kListedTwice, name.span, name.value,
                               absl::StrCat("the `watch` of `", operation_.name, "`"));
    } else if (TellsOfObjects(*operation, name.span)) {
      list.push_back(operation);
    }
  }

  bool TellsOfObjects(const Operation& operation, SourceSpan span) {
    // Classic netlink has no word for what it tells: it is the request for the same change.
    const bool classic = !family_.is_generic() && operation.do_exchange;
    const Message* message = operation.async_message();
    if (message == nullptr && classic) message = &operation.do_exchange->request;
    if (message == nullptr || message->set != objects_->set ||
        message->fixed_header != objects_->fixed_header) {
      return good_ = reporter_.Report(kWatchOtherMessage, span, operation.name, operation_.name);
    }
    if (!operation.is_async()) return true;
    for (const Watch::KeyPart& part : watch_.key) {
      if (part.attribute == nullptr || message->Find(part.attribute->name) != nullptr) continue;
      good_ = reporter_.Report(kWatchKeyNotListed, span, part.attribute->name,
                               absl::StrCat("`", operation.name, "`"));
    }
    return true;
  }

  void AddGroups() {
    if (raw_.groups) {
      for (const RawText& name : *raw_.groups) {
        const MulticastGroup* group = FindNamed(family_.groups, name, "multicast group", reporter_);
        if (group == nullptr) {
          good_ = false;
        } else {
          AddGroup(group);
        }
      }
      return;
    }
    for (const auto* list : {&watch_.changed, &watch_.removed}) {
      for (const Operation* operation : *list) {
        if (operation->group == nullptr) {
          return Refuse(
              absl::StrCat("`", operation->name, "` has no group, and `groups` is missing"));
        }
        AddGroup(operation->group);
      }
    }
  }

  void AddGroup(const MulticastGroup* group) {
    auto& groups = watch_.groups;
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }

  void AddConditions() {
    if (!raw_.only) return;
    for (const RawProfileCondition& condition : *raw_.only) AddCondition(condition);
  }

  void AddCondition(const RawProfileCondition& raw) {
    const StructMember* member = FindMember(raw.name);
    if (member == nullptr) {
      good_ = reporter_.Report(kProfileUnknownName, raw.name.span, "integer of the fixed header",
                               raw.name.value);
      return;
    }
    const IntegerRange range = TypeRange(*member);
    const Integer value = raw.value.value;
    if (value < range.min || value > range.max) {
      good_ = reporter_.Report(kWatchNeverTrue, raw.value.span, member->name, value, range.min,
                               range.max);
      return;
    }
    watch_.only.push_back({member, value});
  }

  // A watch asks for all objects and has nothing to say about them.
  void CheckRequest() {
    for (const Field& field : operation_.dump->request.fields) {
      if (!field.required) continue;
      Refuse(absl::StrCat("its dump requires `", field.attribute->name, "`"));
    }
  }

  const RawProfileWatch& raw_;
  Operation& operation_;
  const Family& family_;
  Reporter& reporter_;
  const Message* objects_ = nullptr;
  Watch watch_;
  bool good_ = true;
};

}  // namespace

bool CanBeKey(const Attribute& attribute) {
  if (attribute.multi || attribute.structure != nullptr) return false;
  return IsInteger(attribute.type) || attribute.type == AttributeType::kString ||
         attribute.type == AttributeType::kBinary;
}

void ApplyWatch(const RawProfileWatch& raw, Operation& operation, const Family& family,
                Reporter& reporter) {
  WatchApplier(raw, operation, family, reporter).Run();
}

}  // namespace genlc
