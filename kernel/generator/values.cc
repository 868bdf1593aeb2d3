#include "kernel/generator/values.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {
namespace {

// Of the value itself: an array's type is that of its elements.
AttributeType NumberType(const Attribute& attribute) {
  return attribute.has_sub_type ? attribute.sub_type : attribute.type;
}

bool IsAuto(AttributeType type) {
  return type == AttributeType::kUint || type == AttributeType::kSint;
}

// "u32" on the wire: also the suffix of nla_get_ and nla_put_.
std::string WireName(const Attribute& attribute) {
  const AttributeType type = NumberType(attribute);
  const int bits = BitWidth(type);
  if (IsAuto(type)) return IsSigned(type) ? "sint" : "uint";
  if (attribute.byte_order == ByteOrder::kHost || bits == 8) {
    return absl::StrCat(IsSigned(type) ? "s" : "u", bits);
  }
  return absl::StrCat(attribute.byte_order == ByteOrder::kBig ? "be" : "le", bits);
}

// The attribute that aligns 64-bit values of the same set; null: none.
const Attribute* PadOf(const Attribute& attribute) {
  const AttributeSet& set = *attribute.set;
  for (const auto& other : (set.subset_of != nullptr ? *set.subset_of : set).attributes) {
    if (other->type == AttributeType::kPad) return other.get();
  }
  return nullptr;
}

bool HasWideMember(const Struct& structure) {
  return std::any_of(
      structure.members.begin(), structure.members.end(), [](const StructMember& member) {
        return member.kind == StructMember::Kind::kU64 || member.kind == StructMember::Kind::kS64 ||
               (member.structure != nullptr && HasWideMember(*member.structure));
      });
}

// The bytes of an attribute of constant size.
std::string SizeOfFixed(absl::string_view value, bool aligned) {
  return absl::StrCat("nla_total_size", aligned ? "_64bit" : "", "(sizeof(", value, "))");
}

std::string PutInteger(const Attribute& attribute, absl::string_view type,
                       absl::string_view value) {
  const std::string wire = WireName(attribute);
  if (IsAuto(NumberType(attribute))) {
    return absl::StrCat("genlc_put_", wire, "(skb, ", type, ", ", value, ")");
  }
  if (BitWidth(NumberType(attribute)) < 64) {
    return absl::StrCat("nla_put_", wire, "(skb, ", type, ", ", value, ")");
  }
  const Attribute* pad = PadOf(attribute);
  if (pad == nullptr) {
    return absl::StrCat("nla_put(skb, ", type, ", sizeof(", value, "), &", value, ")");
  }
  return absl::StrCat("nla_put_", wire == "u64" ? "u64_64bit" : wire, "(skb, ", type, ", ", value,
                      ", ", pad->c_name, ")");
}

std::string SizeOfInteger(const Attribute& attribute, absl::string_view value) {
  const AttributeType type = NumberType(attribute);
  if (IsAuto(type)) return absl::StrCat("genlc_", WireName(attribute), "_size(", value, ")");
  return SizeOfFixed(value, BitWidth(type) == 64 && PadOf(attribute) != nullptr);
}

// The attribute in front of one of 64 bits, where its set has any; null: none is needed.
const Attribute* Aligned(const Attribute& attribute) {
  return HasWideMember(*attribute.structure) ? PadOf(attribute) : nullptr;
}

std::string PutStruct(const Attribute& attribute, absl::string_view type, absl::string_view value) {
  const Attribute* pad = Aligned(attribute);
  return absl::StrCat("nla_put", pad != nullptr ? "_64bit" : "", "(skb, ", type, ", sizeof(", value,
                      "), &", value, pad != nullptr ? ", " : "", pad != nullptr ? pad->c_name : "",
                      ")");
}

}  // namespace

std::string IntegerType(const Attribute& attribute) {
  const AttributeType type = NumberType(attribute);
  const Enum* enumeration = attribute.enumeration;
  // What a header of the kernel has, an older kernel may lack.
  if (enumeration != nullptr && enumeration->header.empty() && !attribute.holds_flags() &&
      !enumeration->c_name.empty() && attribute.byte_order == ByteOrder::kHost &&
      BitWidth(type) <= 32) {
    return absl::StrCat("enum ", enumeration->c_name);
  }
  if (IsAuto(type)) return IsSigned(type) ? "s64" : "u64";
  const std::string wire = WireName(attribute);
  return wire[0] == 'b' || wire[0] == 'l' ? absl::StrCat("__", wire) : wire;
}

std::string GetInteger(const Attribute& attribute, absl::string_view attr) {
  const char* prefix = IsAuto(NumberType(attribute)) ? "genlc_get_" : "nla_get_";
  return absl::StrCat(prefix, WireName(attribute), "(", attr, ")");
}

std::string GetHostInteger(const Attribute& attribute, absl::string_view attr) {
  const std::string value = GetInteger(attribute, attr);
  const AttributeType type = NumberType(attribute);
  if (attribute.byte_order == ByteOrder::kHost || BitWidth(type) == 8) return value;
  const std::string host = absl::StrCat(WireName(attribute), "_to_cpu(", value, ")");
  return IsSigned(type) ? absl::StrCat("(s", BitWidth(type), ")", host) : host;
}

std::string IntegerConstant(const Attribute& attribute, Integer value) {
  const std::string wire = WireName(attribute);
  if (attribute.byte_order == ByteOrder::kHost || BitWidth(NumberType(attribute)) == 8) {
    return Literal(value);
  }
  return absl::StrCat("cpu_to_", wire, "(", Literal(value), ")");
}

std::string ReadInto(const Member& member, absl::string_view place, int depth, bool is_pointer) {
  const std::string value = absl::StrCat(is_pointer ? "*" : "", place);
  const std::string part = absl::StrCat(place, is_pointer ? "->" : ".");
  switch (member.shape) {
    case Shape::kInteger:
      return absl::StrCat(value, " = ", GetInteger(*member.attribute, "attr"), ";");
    case Shape::kBitfield: return absl::StrCat(value, " = nla_get_bitfield32(attr);");
    case Shape::kStruct:
      return Wrap(
          "nla_memcpy(",
          {absl::StrCat(is_pointer ? "" : "&", place), "attr", absl::StrCat("sizeof(", value, ")")},
          ");", depth);
    case Shape::kString: return absl::StrCat(value, " = nla_data(attr);");
    case Shape::kBinary:
      return absl::StrCat(part, "data = nla_data(attr);\n", part, "len = nla_len(attr);");
    default: return "";
  }
}

std::string ValueDeclaration(const Member& member) {
  switch (member.shape) {
    case Shape::kFlag:
      return "bool ";
    case Shape::kInteger:
      return absl::StrCat(IntegerType(*member.attribute), " ");
    case Shape::kString:
      return "const char *";
    case Shape::kBinary:
      return "struct genlc_binary ";
    case Shape::kArray:
      return absl::StrCat("const ", IntegerType(*member.attribute), " *");
    case Shape::kBitfield: return "struct nla_bitfield32 ";
    case Shape::kStruct: return absl::StrCat("struct ", member.attribute->structure->c_name, " ");
    case Shape::kNest:
      return absl::StrCat("struct ", member.nest->tag, " ");
  }
  return "";
}

std::string AudienceName(Audience audience) {
  switch (audience) {
    case Audience::kAnyone: return "GENLC_ANYONE";
    case Audience::kUnsAdmin: return "GENLC_UNS_ADMIN";
    case Audience::kAdmin: return "GENLC_ADMIN";
  }
  return "";
}

std::vector<std::string> PutArguments(const Composite& composite,
                                      std::vector<std::string> arguments,
                                      absl::string_view audience) {
  if (composite.has_secrets) arguments.emplace_back(audience);
  return arguments;
}

std::string PutValue(const Member& member, absl::string_view type, absl::string_view value) {
  switch (member.shape) {
    case Shape::kFlag:
      return absl::StrCat("nla_put_flag(skb, ", type, ")");
    case Shape::kInteger:
      return PutInteger(*member.attribute, type, value);
    case Shape::kString:
      return absl::StrCat("genlc_put_string(skb, ", type, ", ", value, ")");
    case Shape::kBinary:
      return absl::StrCat("genlc_put_binary(skb, ", type, ", &", value, ")");
    case Shape::kArray:
      return "";  // has two members; the encoder puts it
    case Shape::kBitfield:
      return absl::StrCat("nla_put_bitfield32(skb, ", type, ", ", value, ".value, ", value,
                          ".selector)");
    case Shape::kStruct: return PutStruct(*member.attribute, type, value);
    case Shape::kNest: {
      std::vector<std::string> arguments = {"skb"};
      if (member.nest->levels.empty()) arguments.emplace_back(type);
      arguments.push_back(absl::StrCat(member.indirect ? "" : "&", value));
      return absl::StrCat(
          member.nest->tag, "_put(",
          absl::StrJoin(PutArguments(*member.nest, std::move(arguments), "audience"), ", "), ")");
    }
  }
  return "";
}

std::string SizeOfValue(const Member& member, absl::string_view value) {
  switch (member.shape) {
    case Shape::kFlag:
      return "nla_total_size(0)";
    case Shape::kInteger:
      return SizeOfInteger(*member.attribute, value);
    case Shape::kString:
      return absl::StrCat("genlc_string_size(", value, ")");
    case Shape::kBinary:
      return absl::StrCat("genlc_payload_size(", value, ".len)");
    case Shape::kArray:
      return "";
    case Shape::kBitfield: return "nla_total_size(sizeof(struct nla_bitfield32))";
    case Shape::kStruct: return SizeOfFixed(value, Aligned(*member.attribute));
    case Shape::kNest:
      return absl::StrCat(member.nest->tag, "_size(", member.indirect ? "" : "&", value, ")");
  }
  return "";
}

}  // namespace genlc::kernel
