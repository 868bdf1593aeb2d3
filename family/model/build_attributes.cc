#include <algorithm>
#include <map>
#include <set>

#include "family/model/builder.h"

namespace genlc {

DisplayHint HintOf(absl::string_view word) {
  static const auto& hints = *new std::map<absl::string_view, DisplayHint>{
      {"hex", DisplayHint::kHex},   {"mac", DisplayHint::kMac},
      {"fddi", DisplayHint::kFddi}, {"ipv4", DisplayHint::kIpv4},
      {"ipv6", DisplayHint::kIpv6}, {"ipv4-or-v6", DisplayHint::kIpv4OrV6},
      {"uuid", DisplayHint::kUuid}};
  const auto found = hints.find(word);
  return found == hints.end() ? DisplayHint::kNone : found->second;
}

namespace {

AttributeType TypeOf(absl::string_view word) {
  for (int i = 0; i <= static_cast<int>(AttributeType::kSubMessage); ++i) {
    if (word == TypeName(static_cast<AttributeType>(i))) return static_cast<AttributeType>(i);
  }
  return AttributeType::kUnused;  // the schema has refused any other word
}

// Fills in what an attribute's own keys say. In a subset these override what the main
// set says; only the number and the C name cannot change.
class AttributeBuilder {
 public:
  AttributeBuilder(Builder& builder, const RawAttribute& raw, Attribute& attribute)
      : builder_(builder), raw_(raw), attribute_(attribute) {}

  void Run() {
    attribute_.name = raw_.name.value;
    attribute_.span = raw_.name.span;
    attribute_.places = PlacesOf(raw_);
    if (raw_.type) attribute_.type = TypeOf(raw_.type->value);
    if (raw_.doc) attribute_.doc = raw_.doc->value;
    if (raw_.multi_attr) attribute_.multi = raw_.multi_attr->value;
    if (raw_.byte_order) {
      attribute_.byte_order =
          raw_.byte_order->value == "big-endian" ? ByteOrder::kBig : ByteOrder::kLittle;
    }
    if (raw_.nested_attributes) attribute_.nested = builder_.FindSet(raw_.nested_attributes);
    if (raw_.sub_type) {
      attribute_.sub_type = TypeOf(raw_.sub_type->value);
      attribute_.has_sub_type = true;
    }
    if (raw_.type_value) {
      attribute_.type_values.clear();
      for (const RawText& name : *raw_.type_value) attribute_.type_values.push_back(name.value);
    }
    if (raw_.enumeration) attribute_.enumeration = builder_.FindEnum(raw_.enumeration);
    if (raw_.enum_as_flags) attribute_.enum_as_flags = raw_.enum_as_flags->value;
    if (raw_.structure) attribute_.structure = builder_.FindStruct(raw_.structure);
    if (raw_.display_hint) attribute_.display_hint = HintOf(raw_.display_hint->value);
    if (raw_.checks) BuildChecks(*raw_.checks);
  }

 private:
  void BuildChecks(const RawChecks& raw) {
    Checks& checks = attribute_.checks;
    checks = {};
    checks.min = builder_.ResolveLimit(raw.min);
    checks.max = builder_.ResolveLimit(raw.max);
    checks.min_len = builder_.ResolveLimit(raw.min_len);
    checks.max_len = builder_.ResolveLimit(raw.max_len);
    checks.exact_len = builder_.ResolveLimit(raw.exact_len);
    checks.flags_mask = builder_.FindEnum(raw.flags_mask);
    checks.unterminated_ok = ValueOr(raw.unterminated_ok, false);
    checks.places = PlacesOf(raw);
  }

  Builder& builder_;
  const RawAttribute& raw_;
  Attribute& attribute_;
};

class SetBuilder {
 public:
  SetBuilder(Builder& builder, const RawAttributeSet& raw, AttributeSet& set)
      : builder_(builder), raw_(raw), set_(set) {}

  void Names() {
    set_.name = raw_.name.value;
    set_.doc = ValueOr(raw_.doc, "");
    set_.header = ValueOr(raw_.header, "");
    set_.span = raw_.name.span;
    set_.places = PlacesOf(raw_);
    const bool main = raw_.name.value == builder_.family.name;
    prefix_ = CUpper(ValueOr(raw_.name_prefix,
                             builder_.Prefixed(main ? "a-" : absl::StrCat("a-", set_.name, "-"))));
    set_.c_name = CLower(ValueOr(raw_.enum_name, ""));
    set_.c_max_name = BoundName(raw_.attr_max_name, "", &AttributeSet::c_max_name);
    set_.c_count_name = BoundName(raw_.attr_cnt_name, "__", &AttributeSet::c_count_name);
    if (raw_.subset_of && raw_.name_prefix) {
      builder_.reporter.Report(kExcludedKey, raw_.name_prefix->span, "name-prefix", "subset-of",
                               absl::StrCat("the set `", set_.name, "`"));
    }
  }

  bool is_subset() const { return raw_.subset_of.has_value(); }

  void MainAttributes() {
    Integer next = 1;
    for (const RawAttribute& raw : raw_.attributes) {
      if (raw.value) next = raw.value->value;
      auto attribute = std::make_unique<Attribute>();
      attribute->set = &set_;
      attribute->c_name =
          CUpper(raw.name_prefix ? absl::StrCat(raw.name_prefix->value, raw.name.value)
                                 : absl::StrCat(prefix_, raw.name.value));
      attribute->explicit_number = raw.value.has_value();
      attribute->number = Number(raw, next);
      if (!raw.type && !raw.incomplete) {
        builder_.reporter.Report(kMissingKey, raw.span,
                                 absl::StrCat("the attribute `", raw.name.value, "`"), "type");
      }
      AttributeBuilder(builder_, raw, *attribute).Run();
      next = attribute->number + 1;
      set_.attributes.push_back(std::move(attribute));
    }
  }

  void SubsetAttributes() {
    const AttributeSet* main = MainSet();
    if (main == nullptr) return;
    set_.subset_of = main;
    set_.c_name = main->c_name;
    set_.c_max_name = main->c_max_name;
    set_.c_count_name = main->c_count_name;
    for (const RawAttribute& raw : raw_.attributes) {
      const Attribute* origin = builder_.FindAttribute(*main, raw.name);
      if (origin == nullptr) continue;
      // Old specs list some twice; elsewhere that is reported.
      if (builder_.IsOldLevel() && set_.Find(raw.name.value) != nullptr) continue;
      if (raw.value && raw.value->value != origin->number) {
        builder_.reporter.Report(kSubsetOverride, raw.value->span, raw.name.value, "value")
            .Label(origin->span, "the main set's");
      }
      auto attribute = std::make_unique<Attribute>(*origin);
      attribute->set = &set_;
      attribute->origin = origin;
      AttributeBuilder(builder_, raw, *attribute).Run();
      set_.attributes.push_back(std::move(attribute));
    }
  }

 private:
  // Sets of old families share prefixes; the name that follows from one is the first set's then.
  std::string BoundName(const Maybe<std::string>& chosen, absl::string_view mark,
                        std::string AttributeSet::*name) const {
    if (chosen) return CUpper(chosen->value);
    const std::string usual = absl::StrCat(mark, prefix_, "MAX");
    if (!builder_.IsOldLevel()) return usual;
    const auto& sets = builder_.family.sets;
    const bool taken = std::any_of(sets.begin(), sets.end(), [&](const auto& other) {
      return other.get() != &set_ && (*other).*name == usual;
    });
    return taken ? "" : usual;
  }

  // The checks refuse what a model can hold but not the wire. A number that it cannot hold is
  // reported here, and not again for those that count on from it.
  uint32_t Number(const RawAttribute& raw, Integer number) {
    constexpr uint32_t kTooLarge = 0x10000;
    if (number < kTooLarge) return static_cast<uint32_t>(number);
    if (raw.value || number == kTooLarge) {
      builder_.reporter.Report(kAttributeNumber, raw.value ? raw.value->span : raw.name.span,
                               raw.name.value, number);
    }
    return kTooLarge;
  }

  const AttributeSet* MainSet() {
    Reporter& reporter = builder_.reporter;
    const AttributeSet* main = builder_.FindSet(raw_.subset_of);
    if (main == nullptr) return nullptr;
    if (main == &set_) {
      reporter.Report(kSubsetOfItself, raw_.subset_of->span, set_.name);
      return nullptr;
    }
    for (const RawAttributeSet& other : builder_.raw.attribute_sets) {
      if (other.name.value == main->name && other.subset_of) {
        reporter.Report(kSubsetOfSubset, raw_.subset_of->span, set_.name, main->name,
                        other.subset_of->value);
        return nullptr;
      }
    }
    return main;
  }

  Builder& builder_;
  const RawAttributeSet& raw_;
  AttributeSet& set_;
  std::string prefix_;
};

// Marks the sets from which a path of nests leads back to themselves.
class RecursionFinder {
 public:
  explicit RecursionFinder(Family& family) : family_(family) {}

  void Run() {
    for (const auto& set : family_.sets) {
      std::set<const AttributeSet*> seen;
      set->recursive = Reaches(*set, *set, seen);
    }
  }

 private:
  static bool Reaches(const AttributeSet& from, const AttributeSet& target,
                      std::set<const AttributeSet*>& seen) {
    for (const auto& attribute : from.attributes) {
      for (const AttributeSet* next : SetsInside(*attribute)) {
        if (next == &target) return true;
        if (seen.insert(next).second && Reaches(*next, target, seen)) return true;
      }
    }
    return false;
  }

  Family& family_;
};

}  // namespace

void Builder::BuildSets() {
  // All names first: a nest may refer to a set that follows.
  std::vector<SetBuilder> builders;
  for (const RawAttributeSet& set : raw.attribute_sets) {
    family.sets.push_back(std::make_unique<AttributeSet>());
    builders.emplace_back(*this, set, *family.sets.back()).Names();
  }
  for (SetBuilder& builder : builders) {
    if (!builder.is_subset()) builder.MainAttributes();
  }
  for (SetBuilder& builder : builders) {
    if (builder.is_subset()) builder.SubsetAttributes();
  }
}

void Builder::BuildSubMessages() {
  if (raw.sub_messages) {
    for (const RawSubMessage& raw_message : *raw.sub_messages) {
      auto message = std::make_unique<SubMessage>();
      message->name = raw_message.name.value;
      message->span = raw_message.name.span;
      for (const RawSubMessageFormat& format : raw_message.formats) {
        message->formats.push_back({.value = format.value.value,
                                    .fixed_header = FindStruct(format.fixed_header),
                                    .set = FindSet(format.attribute_set),
                                    .span = format.value.span});
      }
      family.sub_messages.push_back(std::move(message));
    }
  }
  for (size_t i = 0; i < raw.attribute_sets.size(); ++i) {
    for (const RawAttribute& raw_attribute : raw.attribute_sets[i].attributes) {
      if (!raw_attribute.sub_message && !raw_attribute.selector) continue;
      for (const auto& attribute : family.sets[i]->attributes) {
        if (attribute->name == raw_attribute.name.value) {
          LinkSubMessage(raw_attribute, *attribute);
        }
      }
    }
  }
  RecursionFinder(family).Run();
}

void Builder::LinkSubMessage(const RawAttribute& raw_attribute, Attribute& attribute) {
  if (raw_attribute.sub_message) {
    const std::string& name = raw_attribute.sub_message->value;
    for (const auto& message : family.sub_messages) {
      if (message->name == name) attribute.sub_message = message.get();
    }
    if (attribute.sub_message == nullptr) {
      reporter.Report(kUnknownSubMessage, raw_attribute.sub_message->span, name)
          .Hint(DidYouMean(name, NamesOf(family.sub_messages)));
    }
  }
  if (!raw_attribute.selector) return;
  // Beside the sub-message or, where the set is nested, in a set around it.
  const std::string& name = raw_attribute.selector->value;
  attribute.selector = attribute.set->Find(name);
  for (size_t i = 0; attribute.selector == nullptr && i < family.sets.size(); ++i) {
    attribute.selector = family.sets[i]->Find(name);
  }
  if (attribute.selector == nullptr) {
    reporter.Report(kUnknownSelector, raw_attribute.selector->span, name, attribute.set->name)
        .Hint(DidYouMean(name, NamesOf(attribute.set->attributes)));
  }
}

}  // namespace genlc
