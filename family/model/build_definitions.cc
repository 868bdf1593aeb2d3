#include <algorithm>
#include <map>
#include <set>

#include "family/model/builder.h"

namespace genlc {
namespace {

// What an attribute carries at most: nla_len is 16 bits wide and counts a header of 4 bytes.
constexpr int kMostBytes = 65531;

Scope ScopeOf(const Maybe<std::string>& word) {
  if (!word || word->value == "uapi") return Scope::kUapi;
  return word->value == "kernel" ? Scope::kKernel : Scope::kUser;
}

// Keys of a definition that only some types have.
struct TypedKey {
  absl::string_view key;
  std::vector<absl::string_view> types;
};

void CheckKeys(const RawDefinition& raw, const Places& places, Reporter& reporter) {
  static const auto& keys = *new std::vector<TypedKey>{
      {"value", {"const"}},
      {"value-start", {"enum", "flags"}},
      {"entries", {"enum", "flags"}},
      {"render-max", {"enum", "flags"}},
      {"enum-cnt-name", {"enum", "flags"}},
      {"enum-name", {"enum", "flags", "struct"}},
      {"name-prefix", {"const", "enum", "flags"}},
      {"members", {"struct"}},
  };
  for (const TypedKey& key : keys) {
    const bool legal =
        std::find(key.types.begin(), key.types.end(), raw.type.value) != key.types.end();
    if (!legal && places.Has(key.key)) {
      reporter.Report(kKeyNotForDefinition, places.Of(key.key, raw.span), key.key,
                      raw.type.value);
    }
  }
}

std::string Describe(const RawDefinition& raw) {
  return absl::StrCat("the ", raw.type.value, " `", raw.name.value, "`");
}

class DefinitionBuilder {
 public:
  DefinitionBuilder(Builder& builder, const RawDefinition& raw)
      : builder_(builder), raw_(raw), places_(PlacesOf(raw)) {}

  void Run() {
    CheckKeys(raw_, places_, builder_.reporter);
    if (raw_.type.value == "const") {
      BuildConstant();
    } else if (raw_.type.value == "struct") {
      BuildStruct();
    } else {
      BuildEnum();
    }
  }

 private:
  template <typename T>
  void Common(T& definition) {
    definition.name = raw_.name.value;
    definition.doc = ValueOr(raw_.doc, "");
    definition.scope = ScopeOf(raw_.scope);
    definition.header = ValueOr(raw_.header, "");
    definition.span = raw_.name.span;
    definition.places = places_;
  }

  template <typename T>
  T* Own(std::vector<std::unique_ptr<T>>& list, std::unique_ptr<T> definition) {
    builder_.family.definitions.emplace_back(definition.get());
    list.push_back(std::move(definition));
    return list.back().get();
  }

  void BuildConstant() {
    auto constant = std::make_unique<Constant>();
    Common(*constant);
    // One that a header has already is called there as the spec calls it.
    const std::string prefix =
        ValueOr(raw_.name_prefix, constant->header.empty() ? builder_.Prefixed("") : "");
    constant->c_name = CUpper(absl::StrCat(prefix, raw_.name.value));
    if (raw_.value) {
      constant->value = raw_.value->value.value;
    } else if (!raw_.incomplete) {
      builder_.reporter.Report(kMissingKey, raw_.span, Describe(raw_), "value");
    }
    Own(builder_.family.constants, std::move(constant));
  }

  void BuildEnum() {
    auto owned = std::make_unique<Enum>();
    Enum& e = *owned;
    Common(e);
    e.flags = raw_.type.value == "flags";
    const std::string prefix =
        CUpper(ValueOr(raw_.name_prefix, builder_.Prefixed(raw_.name.value + "-")));
    e.c_name = CLower(ValueOr(raw_.enum_name, builder_.Prefixed(raw_.name.value)));
    e.render_max = ValueOr(raw_.render_max, false);
    e.c_max_name = absl::StrCat(prefix, e.flags ? "MASK" : "MAX");
    e.c_count_name = CUpper(ValueOr(raw_.enum_cnt_name, absl::StrCat("__", prefix, "MAX")));
    if (raw_.value_start) {
      e.value_start_text = raw_.value_start->value.text;
      if (const auto start = builder_.ResolveLimit(raw_.value_start)) e.value_start = start->value;
    }
    if (!raw_.entries) {
      if (!raw_.incomplete) {
        builder_.reporter.Report(kMissingKey, raw_.span, Describe(raw_), "entries");
      }
    } else if (raw_.entries->empty() && !raw_.header && !builder_.IsOldLevel()) {
      // Old families have enums that only name something of another header.
      builder_.reporter.Report(kEmptyList, raw_.name.span, "entries");
    } else {
      Integer next = e.value_start;
      for (const RawEntry& entry : *raw_.entries) {
        if (entry.value) next = entry.value->value;
        AddEntry(e, entry, prefix, next);
        next += 1;
      }
    }
    Own(builder_.family.enums, std::move(owned));
  }

  void AddEntry(Enum& e, const RawEntry& raw, const std::string& prefix, Integer value) {
    const SourceSpan span = raw.value ? raw.value->span : raw.name.span;
    if (e.flags && (value < 0 || value > 63)) {
      builder_.reporter.Report(kFlagBit, span, raw.name.value, value);
      return;
    }
    EnumEntry& entry = e.entries.emplace_back();
    entry.name = raw.name.value;
    entry.c_name = CUpper(absl::StrCat(prefix, raw.name.value));
    entry.doc = ValueOr(raw.doc, "");
    entry.value = e.flags ? Integer(1) << static_cast<int>(value) : value;
    entry.explicit_value = raw.value.has_value();
    entry.span = raw.name.span;
    entry.places = PlacesOf(raw);
  }

  // Members and size follow when all structs are known.
  void BuildStruct() {
    auto structure = std::make_unique<Struct>();
    Common(*structure);
    // As with constants: what a header has already is called there as the spec calls it.
    structure->c_name = CLower(ValueOr(
        raw_.enum_name, raw_.header ? raw_.name.value : builder_.Prefixed(raw_.name.value)));
    Own(builder_.family.structs, std::move(structure));
  }

  Builder& builder_;
  const RawDefinition& raw_;
  const Places places_;
};

// Lays out one struct after those that its members need.
class StructLayout {
 public:
  explicit StructLayout(Builder& builder) : builder_(builder) {
    for (const RawDefinition& raw : *builder.raw.definitions) {
      if (raw.type.value == "struct") raws_.push_back(&raw);
    }
  }

  void Run() {
    for (size_t i = 0; i < raws_.size(); ++i) Layout(i);
  }

 private:
  void Layout(size_t index) {
    Struct& structure = *builder_.family.structs[index];
    const RawDefinition& raw = *raws_[index];
    if (done_.contains(&structure)) return;
    done_.insert(&structure);
    open_.insert(&structure);
    if (!raw.members) {
      if (!raw.incomplete) {
        builder_.reporter.Report(kMissingKey, raw.span, Describe(raw), "members");
      }
    } else if (raw.members->empty()) {
      builder_.reporter.Report(kEmptyList, raw.name.span, "members");
    } else {
      for (const RawMember& member : *raw.members) AddMember(structure, member);
    }
    open_.erase(&structure);
  }

  void AddMember(Struct& structure, const RawMember& raw) {
    static const auto& kinds = *new std::map<absl::string_view, StructMember::Kind>{
        {"u8", StructMember::Kind::kU8},         {"u16", StructMember::Kind::kU16},
        {"u32", StructMember::Kind::kU32},       {"u64", StructMember::Kind::kU64},
        {"s8", StructMember::Kind::kS8},         {"s16", StructMember::Kind::kS16},
        {"s32", StructMember::Kind::kS32},       {"s64", StructMember::Kind::kS64},
        {"string", StructMember::Kind::kString}, {"binary", StructMember::Kind::kBinary},
        {"pad", StructMember::Kind::kPad}};
    StructMember member;
    member.name = raw.name.value;
    member.doc = ValueOr(raw.doc, "");
    member.kind = kinds.at(raw.type.value);
    member.offset = structure.size;
    if (raw.byte_order) {
      member.byte_order =
          raw.byte_order->value == "big-endian" ? ByteOrder::kBig : ByteOrder::kLittle;
    }
    member.enumeration = builder_.FindEnum(raw.enumeration);
    member.enum_as_flags = ValueOr(raw.enum_as_flags, false);
    if (raw.display_hint) member.display_hint = HintOf(raw.display_hint->value);
    member.structure = Nested(raw);
    member.size = Size(member, raw);
    member.span = raw.name.span;
    member.places = PlacesOf(raw);
    structure.size += member.size;
    structure.members.push_back(std::move(member));
  }

  const Struct* Nested(const RawMember& raw) {
    const Struct* nested = builder_.FindStruct(raw.structure);
    if (nested == nullptr) return nullptr;
    if (open_.contains(nested)) {
      builder_.reporter.Report(kStructOfItself, raw.structure->span, nested->name);
      return nullptr;
    }
    for (size_t i = 0; i < raws_.size(); ++i) {
      if (builder_.family.structs[i].get() == nested) Layout(i);
    }
    return nested;
  }

  uint32_t Size(const StructMember& member, const RawMember& raw) {
    switch (member.kind) {
      case StructMember::Kind::kU8:
      case StructMember::Kind::kS8:
        return 1;
      case StructMember::Kind::kU16:
      case StructMember::Kind::kS16:
        return 2;
      case StructMember::Kind::kU32:
      case StructMember::Kind::kS32:
        return 4;
      case StructMember::Kind::kU64:
      case StructMember::Kind::kS64:
        return 8;
      default:
        break;
    }
    if (raw.len) {
      const std::optional<Limit> length = builder_.ResolveLimit(raw.len);
      if (!length) return 0;
      if (length->value >= 0 && length->value <= kMostBytes) {
        return static_cast<uint32_t>(length->value);
      }
      builder_.reporter.Report(kLengthOutOfRange, length->span, "len", length->value, kMostBytes);
      return 0;
    }
    if (member.structure != nullptr) return member.structure->size;
    if (!raw.structure) {
      builder_.reporter.Report(kMissingKey, raw.span,
                               absl::StrCat("the member `", raw.name.value, "`"), "len");
    }
    return 0;
  }

  Builder& builder_;
  std::vector<const RawDefinition*> raws_;
  std::set<const Struct*> done_;
  std::set<const Struct*> open_;
};

}  // namespace

void Builder::BuildDefinitions() {
  if (!raw.definitions) return;
  for (const RawDefinition& definition : *raw.definitions) {
    DefinitionBuilder(*this, definition).Run();
  }
  StructLayout(*this).Run();
}

}  // namespace genlc
