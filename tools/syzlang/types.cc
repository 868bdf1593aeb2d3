#include "tools/syzlang/types.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "family/model/spelling.h"

namespace genlc::syzlang {
namespace {

// Of syzkaller: any attribute at all.
constexpr char kAnyAttribute[] = "nl_generic_attr";

// "int16be"
std::string WireType(int bits, ByteOrder order) {
  const bool big = order == ByteOrder::kBig && bits > 8;
  return absl::StrCat("int", bits, big ? "be" : "");
}

std::string Range(const IntegerRange& range) {
  return absl::StrCat("[", Text(range.min), ":", Text(range.max), "]");
}

int Bits(StructMember::Kind kind) {
  switch (kind) {
    case StructMember::Kind::kU8:
    case StructMember::Kind::kS8: return 8;
    case StructMember::Kind::kU16:
    case StructMember::Kind::kS16: return 16;
    case StructMember::Kind::kU32:
    case StructMember::Kind::kS32: return 32;
    case StructMember::Kind::kU64:
    case StructMember::Kind::kS64: return 64;
    default: return 0;
  }
}

}  // namespace

std::string Identifier(absl::string_view name) {
  std::string word(name);
  for (char& c : word) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!fits) c = '_';
  }
  return word[0] >= '0' && word[0] <= '9' ? absl::StrCat("n", word) : word;
}

std::string Types::Name(absl::string_view name) const {
  return absl::StrCat(prefix_, "_", Identifier(name));
}

std::string Types::Either(absl::string_view name, const std::vector<std::string>& members) {
  const std::string type = Name(name);
  if (declarations_.try_emplace(type, Declaration{true, members, "varlen"}).second) {
    order_.push_back(type);
  }
  return type;
}

std::string Types::Header(const Struct& structure) {
  const std::string inside = Structure(structure);
  if (structure.size % 4 == 0) return inside;
  const std::string type = inside + "_header";
  if (declarations_.try_emplace(type, Declaration{false, {"header\t" + inside}, "packed, align_4"})
          .second) {
    order_.push_back(type);
  }
  return type;
}

std::string Types::Structure(const Struct& structure) {
  const std::string type = absl::StrCat(Name(structure.name), "_struct");
  if (!declarations_.try_emplace(type).second) return type;
  order_.push_back(type);
  std::vector<std::string> members;
  for (const StructMember& member : structure.members) {
    members.push_back(absl::StrCat(Identifier(member.name), "\t", Member(member)));
  }
  declarations_[type] = {false, std::move(members), "packed"};
  return type;
}

std::string Types::Member(const StructMember& member) {
  if (member.structure != nullptr) return Structure(*member.structure);
  if (member.kind == StructMember::Kind::kPad) {
    return absl::StrCat("array[const[0, int8], ", member.size, "]");
  }
  const int bits = Bits(member.kind);
  if (bits == 0) return absl::StrCat("array[int8, ", member.size, "]");
  const std::string wire = WireType(bits, member.byte_order);
  const std::string values = Values(member.enumeration, member.holds_flags());
  return values.empty() ? wire : absl::StrCat("flags[", values, ", ", wire, "]");
}

std::string Types::Attributes(const std::string& name,
                              const std::vector<const Attribute*>& attributes) {
  std::vector<std::string> members;
  for (const Attribute* attribute : attributes) {
    const std::string field = Field(*attribute);
    if (!field.empty()) {
      members.push_back(absl::StrCat(Identifier(attribute->name), "\t", field));
    }
  }
  return members.empty() ? kAnyAttribute : Either(name + "-request", members);
}

std::string Types::Set(const AttributeSet& set) {
  const std::string type = absl::StrCat(Name(set.name), "_attrs");
  if (declarations_.contains(type)) {
    return declarations_[type].members.empty() && !set.recursive ? kAnyAttribute : type;
  }
  declarations_.try_emplace(type);
  order_.push_back(type);
  std::vector<std::string> members;
  for (const auto& attribute : set.attributes) {
    const std::string field = Field(*attribute);
    if (!field.empty()) {
      members.push_back(absl::StrCat(Identifier(attribute->name), "\t", field));
    }
  }
  // A union has at least one member.
  if (members.empty()) order_.erase(std::find(order_.begin(), order_.end(), type));
  const bool empty = members.empty();
  declarations_[type] = {true, std::move(members), "varlen"};
  return empty ? kAnyAttribute : type;
}

std::string Types::Field(const Attribute& attribute) {
  if (attribute.type == AttributeType::kUnused || attribute.type == AttributeType::kPad) return "";
  const auto with = [&](absl::string_view form, absl::string_view payload) {
    return absl::StrCat(form, "[", attribute.number, ", ", payload, "]");
  };
  switch (attribute.type) {
    case AttributeType::kNest: return with("nlnest", absl::StrCat("array[", Nest(attribute), "]"));
    case AttributeType::kIndexedArray: {
      // The kernel does not look at the numbers of elements.
      const bool nests = attribute.sub_type == AttributeType::kNest;
      const std::string element =
          nests ? absl::StrCat("nlnest[0, array[", Nest(attribute), "]]")
                : absl::StrCat("nlattr[0, ", Payload(attribute, attribute.sub_type), "]");
      return with("nlnest", absl::StrCat("array[", element, "]"));
    }
    case AttributeType::kNestTypeValue: {
      std::string inside = absl::StrCat("array[", Nest(attribute), "]");
      for (size_t i = 0; i < attribute.type_values.size(); ++i) {
        inside = absl::StrCat("array[nlnest[0, ", inside, "]]");
      }
      return with("nlnest", inside);
    }
    case AttributeType::kSubMessage: {
      const auto& formats = attribute.sub_message->formats;
      const bool nested = std::any_of(formats.begin(), formats.end(),
                                      [](const auto& format) { return format.set != nullptr; });
      return with(nested ? "nlnest" : "nlattr", SubMessageUnion(*attribute.sub_message));
    }
    default: return with("nlattr", Payload(attribute, attribute.type));
  }
}

std::string Types::Nest(const Attribute& attribute) {
  // syzkaller takes no type that contains itself: below the first level anything may stand.
  const bool again = attribute.nested->recursive && attribute.set->recursive;
  return again ? kAnyAttribute : Set(*attribute.nested);
}

std::string Types::Payload(const Attribute& attribute, AttributeType type) {
  if (attribute.structure != nullptr) return Structure(*attribute.structure);
  if (attribute.display_hint == DisplayHint::kIpv4OrV6) {
    return Either("address", {"v4\tipv4_addr", "v6\tipv6_addr"});
  }
  if (attribute.display_hint == DisplayHint::kIpv4) return "ipv4_addr";
  if (attribute.display_hint == DisplayHint::kIpv6) return "ipv6_addr";
  if (attribute.display_hint == DisplayHint::kMac) return "mac_addr";
  if (IsInteger(type)) return Integer(attribute, type);
  switch (type) {
    case AttributeType::kFlag: return "void";
    case AttributeType::kString: return attribute.checks.unterminated_ok ? "stringnoz" : "string";
    case AttributeType::kBitfield32: return Bitfield(attribute);
    default: return Binary(attribute);
  }
}

std::string Types::Integer(const Attribute& attribute, AttributeType type) {
  if (type == AttributeType::kUint || type == AttributeType::kSint) {
    return VaryingInteger(attribute, type);
  }
  const std::string wire = WireType(BitWidth(type), attribute.byte_order);
  const Enum* mask = attribute.checks.flags_mask;
  const std::string values =
      mask != nullptr ? Values(mask, true) : Values(attribute.enumeration, attribute.holds_flags());
  if (!values.empty()) return absl::StrCat("flags[", values, ", ", wire, "]");
  const IntegerRange all = TypeRange(type);
  const IntegerRange range =
      type == attribute.type ? attribute.Range() : all;  // of an element there are no checks
  if (range.min == all.min && range.max == all.max) return wire;
  return absl::StrCat(wire, Range(range));
}

// Four bytes or eight, whichever the value needs.
std::string Types::VaryingInteger(const Attribute& attribute, AttributeType type) {
  const std::string values = Values(attribute.enumeration, attribute.holds_flags());
  if (!values.empty()) {
    return Either(attribute.enumeration->name + "-uint",
                  {absl::StrCat("u32\tflags[", values, ", int32]"),
                   absl::StrCat("u64\tflags[", values, ", int64]")});
  }
  const IntegerRange all = TypeRange(type);
  const IntegerRange range = attribute.Range();
  if (range.min == all.min && range.max == all.max) {
    return Either("uint", {"u32\tint32", "u64\tint64"});
  }
  const genlc::Integer limit = std::numeric_limits<int32_t>::max();
  return absl::StrCat(range.max <= limit && range.min >= -limit ? "int32" : "int64", Range(range));
}

std::string Types::Binary(const Attribute& attribute) {
  if (attribute.has_sub_type && attribute.type == AttributeType::kBinary) {
    return absl::StrCat("array[", Integer(attribute, attribute.sub_type), "]");
  }
  const Checks& checks = attribute.checks;
  if (checks.exact_len) return absl::StrCat("array[int8, ", Text(checks.exact_len->value), "]");
  if (checks.max_len) {
    return absl::StrCat("array[int8, ", checks.min_len ? Text(checks.min_len->value) : "0", ":",
                        Text(checks.max_len->value), "]");
  }
  if (!checks.min_len) return "array[int8]";
  constexpr int kBeyond = 64;  // how much longer than it must be
  return absl::StrCat("array[int8, ", Text(checks.min_len->value), ":",
                      Text(checks.min_len->value + kBeyond), "]");
}

std::string Types::Bitfield(const Attribute& attribute) {
  const std::string values = Values(attribute.enumeration, true);
  const std::string bits = values.empty() ? "int32" : absl::StrCat("flags[", values, ", int32]");
  const std::string type = absl::StrCat(values.empty() ? prefix_ : values, "_bitfield32");
  Declaration declaration{false, {"value\t" + bits, "selector\t" + bits}, ""};
  if (declarations_.try_emplace(type, declaration).second) order_.push_back(type);
  return type;
}

std::string Types::SubMessageUnion(const SubMessage& message) {
  const std::string type = absl::StrCat(Name(message.name), "_formats");
  if (!declarations_.try_emplace(type).second) return type;
  order_.push_back(type);
  std::vector<std::string> members;
  for (const SubMessageFormat& format : message.formats) {
    std::string inside = "void";
    const bool again = format.set != nullptr && format.set->recursive;
    const std::string set = format.set == nullptr ? "" : again ? kAnyAttribute : Set(*format.set);
    if (format.fixed_header != nullptr && format.set != nullptr) {
      inside = absl::StrCat(Name(message.name), "_", Identifier(format.value));
      Declaration both{false,
                       {absl::StrCat("header\t", Header(*format.fixed_header)),
                        absl::StrCat("attrs\tarray[", set, "]")},
                       "packed"};
      if (declarations_.try_emplace(inside, both).second) order_.push_back(inside);
    } else if (format.fixed_header != nullptr) {
      inside = Structure(*format.fixed_header);
    } else if (format.set != nullptr) {
      inside = absl::StrCat("array[", set, "]");
    }
    members.push_back(absl::StrCat(Identifier(format.value), "\t", inside));
  }
  declarations_[type] = {true, std::move(members), "varlen"};
  return type;
}

std::string Types::Values(const Enum* enumeration, bool flags) {
  if (enumeration == nullptr || enumeration->entries.empty()) return "";
  const bool counts_bits = flags && !enumeration->flags;
  const std::string name = absl::StrCat(Name(enumeration->name), counts_bits ? "_bits" : "_values");
  std::vector<std::string> numbers;
  for (const EnumEntry& entry : enumeration->entries) {
    if (!flags) {
      numbers.push_back(Text(entry.value));
    } else {
      const auto value = static_cast<uint64_t>(entry.value);
      numbers.push_back(absl::StrCat("0x", absl::Hex(counts_bits ? uint64_t{1} << value : value)));
    }
  }
  values_[name] = absl::StrJoin(numbers, ", ");
  return name;
}

void Types::Emit(Printer& printer) const {
  for (const std::string& name : order_) {
    const Declaration& declaration = declarations_.at(name);
    printer.Blank();
    printer.Line(absl::StrCat(name, declaration.is_union ? " [" : " {"));
    for (const std::string& member : declaration.members) printer.Line("\t" + member);
    printer.Line(absl::StrCat(declaration.is_union ? "]" : "}",
                              declaration.attributes.empty() ? "" : " [", declaration.attributes,
                              declaration.attributes.empty() ? "" : "]"));
  }
  printer.Blank();
  for (const auto& [name, numbers] : values_) printer.Line(absl::StrCat(name, " = ", numbers));
}

}  // namespace genlc::syzlang
