#include "genl/test_message.h"

#include <linux/netlink.h>

namespace genl::test {
namespace {

// A row an attribute.
// clang-format off
constexpr EnumEntry kColors[] = {{1, "red"}, {2, "blue"}};
constexpr Enum kColorEnum = {"color", false, kColors};

constexpr Attribute kPartAttributes[] = {
    {.number = 1, .kind = Kind::kU16, .name = "number"},
    {.number = 2, .kind = Kind::kString, .name = "note"},
};
constexpr Field kPartFields[] = {
    GENL_FIELD(Part, number, kPartAttributes[0], kRequired, nullptr),
    GENL_FIELD(Part, note, kPartAttributes[1], kOptional, nullptr),
};

extern const AttributeSet kTreeSet;
extern const Layout kTreeLayout;
constexpr Attribute kTreeAttributes[] = {
    {.number = 1, .kind = Kind::kU8, .name = "leaf"},
    {.number = 2, .kind = Kind::kNest, .name = "next", .nested = &kTreeSet},
    {.number = 3, .kind = Kind::kNest, .multi = true, .name = "branches", .nested = &kTreeSet},
};
constexpr AttributeSet kTreeSet = MakeSet<kTreeAttributes>("tree");
constexpr Field kTreeFields[] = {
    GENL_FIELD(Tree, leaf, kTreeAttributes[0], kOptional, nullptr),
    GENL_FIELD(Tree, next, kTreeAttributes[1], kOptional, &kTreeLayout),
    GENL_FIELD(Tree, branches, kTreeAttributes[2], kOptional, &kTreeLayout),
};
constexpr Layout kTreeLayout = MakeLayout<kTreeFields>(kTreeSet);

constexpr Attribute kAttributes[] = {
    {.number = 1, .kind = Kind::kU8, .name = "u8"},
    {.number = 2, .kind = Kind::kU16, .order = ByteOrder::kBig, .name = "be16"},
    {.number = 3, .kind = Kind::kS32, .name = "s32"},
    {.number = 4, .kind = Kind::kUint, .name = "uint"},
    {.number = 5, .kind = Kind::kSint, .name = "sint"},
    {.number = 6, .kind = Kind::kU8, .name = "color", .enumeration = &kColorEnum},
    {.number = 7, .kind = Kind::kFlag, .name = "flag"},
    {.number = 8, .kind = Kind::kString, .name = "string"},
    {.number = 9, .kind = Kind::kBinary, .name = "binary"},
    {.number = 10, .kind = Kind::kArray, .element = Kind::kU32, .name = "array"},
    {.number = 11, .kind = Kind::kNest, .name = "part", .nested = &kPartSet},
    {.number = 12, .kind = Kind::kNest, .multi = true, .name = "parts", .nested = &kPartSet},
    {.number = 13, .kind = Kind::kS16, .multi = true, .name = "numbers"},
    {.number = 14, .kind = Kind::kFlag, .multi = true, .name = "flags"},
    {.number = 15, .kind = Kind::kIndexedArray, .element = Kind::kNest, .name = "indexed", .nested = &kPartSet},
    {.number = 16, .kind = Kind::kIndexedArray, .element = Kind::kU32, .name = "indexed-numbers"},
    {.number = 17, .kind = Kind::kNestTypeValue, .levels = 2, .name = "entries", .nested = &kPartSet},
    {.number = 18, .kind = Kind::kS16, .order = ByteOrder::kBig, .name = "be-s16"},
    {.number = 19, .kind = Kind::kNest, .name = "tree", .nested = &kTreeSet},
    {.number = 20, .kind = Kind::kUnused, .name = "pad"},
};
constexpr Field kFields[] = {
    GENL_FIELD(Everything, u8, kAttributes[0], kOptional, nullptr),
    GENL_FIELD(Everything, be16, kAttributes[1], kOptional, nullptr),
    GENL_FIELD(Everything, s32, kAttributes[2], kOptional, nullptr),
    GENL_FIELD(Everything, uint, kAttributes[3], kOptional, nullptr),
    GENL_FIELD(Everything, sint, kAttributes[4], kOptional, nullptr),
    GENL_FIELD(Everything, color, kAttributes[5], kOptional, nullptr),
    GENL_FIELD(Everything, flag, kAttributes[6], kOptional, nullptr),
    GENL_FIELD(Everything, string, kAttributes[7], kOptional, nullptr),
    GENL_FIELD(Everything, binary, kAttributes[8], kOptional, nullptr),
    GENL_FIELD(Everything, array, kAttributes[9], kOptional, nullptr),
    GENL_FIELD(Everything, part, kAttributes[10], kOptional, &kPartLayout),
    GENL_FIELD(Everything, parts, kAttributes[11], kOptional, &kPartLayout),
    GENL_FIELD(Everything, numbers, kAttributes[12], kOptional, nullptr),
    GENL_FIELD(Everything, flags, kAttributes[13], kOptional, nullptr),
    GENL_FIELD(Everything, indexed, kAttributes[14], kOptional, &kPartLayout),
    GENL_FIELD(Everything, indexed_numbers, kAttributes[15], kOptional, nullptr),
    WithValueAt(GENL_FIELD(Everything, entries, kAttributes[16], kOptional, &kPartLayout), offsetof(Entry, value)),
    GENL_FIELD(Everything, be_s16, kAttributes[17], kOptional, nullptr),
    GENL_FIELD(Everything, tree, kAttributes[18], kOptional, &kTreeLayout),
};

constexpr Attribute kRequiredAttributes[] = {
    {.number = 1, .kind = Kind::kString, .name = "label"},
    {.number = 2, .kind = Kind::kU32, .name = "kind"},
    {.number = 3, .kind = Kind::kNest, .name = "part", .nested = &kPartSet},
};
constexpr AttributeSet kRequiredSet = MakeSet<kRequiredAttributes>("required");
constexpr Field kRequiredFields[] = {
    GENL_FIELD(Required, label, kRequiredAttributes[0], kRequired, nullptr),
    GENL_FIELD(Required, kind, kRequiredAttributes[1], kRequired, nullptr),
    GENL_FIELD(Required, part, kRequiredAttributes[2], kRequired, &kPartLayout),
};
// clang-format on

void Append(ByteString& to, const ByteString& bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

}  // namespace

constexpr AttributeSet kPartSet = MakeSet<kPartAttributes>("part");
constexpr AttributeSet kEverythingSet = MakeSet<kAttributes>("everything");
constexpr Layout kPartLayout = MakeLayout<kPartFields>(kPartSet);
constexpr Layout kEverythingLayout = MakeLayout<kFields>(kEverythingSet);
constexpr Layout kRequiredLayout = MakeLayout<kRequiredFields>(kRequiredSet);

ByteString Attr(uint16_t type, const ByteString& payload) {
  const size_t length = NLA_HDRLEN + payload.size();
  ByteString bytes = {uint8_t(length), uint8_t(length >> 8), uint8_t(type), uint8_t(type >> 8)};
  Append(bytes, payload);
  bytes.resize(NLA_ALIGN(bytes.size()));
  return bytes;
}

ByteString Attr(uint16_t type, std::initializer_list<ByteString> nested) {
  return Attr(type | NLA_F_NESTED, Join(nested));
}

ByteString Join(std::initializer_list<ByteString> parts) {
  ByteString bytes;
  for (const ByteString& part : parts) Append(bytes, part);
  return bytes;
}

}  // namespace genl::test
