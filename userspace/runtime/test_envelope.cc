#include "genl/test_envelope.h"

namespace genl::test {
namespace {

// A row a member.
// clang-format off
constexpr EnumEntry kModes[] = {{1, "slow"}, {2, "fast"}};
constexpr Enum kModeEnum = {"mode", false, kModes};

constexpr StructMember kInnerMembers[] = {
    {.offset = 0, .size = 4, .kind = Kind::kU32, .order = ByteOrder::kBig, .name = "be32"},
    {.offset = 4, .size = 8, .kind = Kind::kU64, .name = "u64"},
};
constexpr Structure kInnerStructure = {"inner", 12, kInnerMembers};
constexpr StructField kInnerFields[] = {
    GENL_STRUCT_FIELD(Inner, be32, kInnerMembers[0], nullptr),
    GENL_STRUCT_FIELD(Inner, u64, kInnerMembers[1], nullptr),
};
constexpr StructLayout kInnerStruct = {&kInnerStructure, kInnerFields};

constexpr StructMember kRateMembers[] = {
    {.offset = 0, .size = 1, .kind = Kind::kU8, .name = "level"},
    {.offset = 1, .size = 2, .kind = Kind::kU16, .order = ByteOrder::kBig, .name = "be16"},
    {.offset = 3, .size = 1, .kind = Kind::kU8, .name = "mode", .enumeration = &kModeEnum},
    {.offset = 4, .size = 4, .kind = Kind::kS32, .name = "s32"},
    {.offset = 8, .size = 3, .kind = Kind::kBinary, .display = Display::kMac, .name = "key"},
    {.offset = 11, .size = 1, .kind = Kind::kUnused, .name = "pad"},
    {.offset = 12, .size = 4, .kind = Kind::kString, .name = "name"},
    {.offset = 16, .size = 12, .kind = Kind::kStruct, .name = "inner", .nested = &kInnerStructure},
    {.offset = 28, .size = 2, .kind = Kind::kS16, .order = ByteOrder::kBig, .name = "be-s16"},
};
constexpr StructField kRateFields[] = {
    GENL_STRUCT_FIELD(Rate, level, kRateMembers[0], nullptr),
    GENL_STRUCT_FIELD(Rate, be16, kRateMembers[1], nullptr),
    GENL_STRUCT_FIELD(Rate, mode, kRateMembers[2], nullptr),
    GENL_STRUCT_FIELD(Rate, s32, kRateMembers[3], nullptr),
    GENL_STRUCT_FIELD(Rate, key, kRateMembers[4], nullptr),
    GENL_STRUCT_FIELD(Rate, name, kRateMembers[6], nullptr),
    GENL_STRUCT_FIELD(Rate, inner, kRateMembers[7], &kInnerStruct),
    GENL_STRUCT_FIELD(Rate, be_s16, kRateMembers[8], nullptr),
};
constexpr Layout kRateLayout = WithHeader({}, kRateStruct, 0);

constexpr StructMember kHeadMembers[] = {
    {.offset = 0, .size = 1, .kind = Kind::kU8, .name = "family"},
    {.offset = 1, .size = 2, .kind = Kind::kU16, .order = ByteOrder::kBig, .name = "index"},
};
constexpr StructField kHeadFields[] = {
    GENL_STRUCT_FIELD(Head, family, kHeadMembers[0], nullptr),
    GENL_STRUCT_FIELD(Head, be_index, kHeadMembers[1], nullptr),
};
}  // namespace

constexpr Structure kHeadStructure = {"head", 3, kHeadMembers};

namespace {

constexpr StructLayout kHeadStruct = {&kHeadStructure, kHeadFields};

constexpr Attribute kNetemAttributes[] = {
    {.number = 1, .kind = Kind::kU32, .name = "loss"},
};
constexpr AttributeSet kNetemSet = MakeSet<kNetemAttributes>("netem");
constexpr Field kNetemFields[] = {
    GENL_FIELD(Netem, loss, kNetemAttributes[0], kOptional, nullptr),
};
constexpr Layout kNetemLayout = WithHeader(MakeLayout<kNetemFields>(kNetemSet), kHeadStruct, offsetof(Netem, header));

extern const AttributeSet kWrapSet;
extern const Layout kWrapLayout;
constexpr Format kFormats[] = {
    {.value = "part", .set = &kPartSet},
    {.value = "rate", .header = &kRateStructure},
    {.value = "other", .set = &kPartSet},
    {.value = "netem", .header = &kHeadStructure, .set = &kNetemSet},
    {.value = "none"},
    {.value = "wrap", .set = &kWrapSet},
};
constexpr SubMessage kOptions = {"options", kFormats};
constexpr const Layout* kAlternatives[] = {nullptr, &kPartLayout, &kRateLayout, &kNetemLayout, &kWrapLayout};
constexpr uint16_t kOfFormat[] = {1, 2, 1, 3, 0, 4};
constexpr VariantLayout kOptionsVariant = {kAlternatives, kOfFormat};

constexpr Format kModeFormats[] = {{.value = "slow"}, {.value = "fast", .set = &kPartSet}};
constexpr SubMessage kByMode = {"by-mode", kModeFormats};
constexpr const Layout* kModeAlternatives[] = {nullptr, &kPartLayout};
constexpr uint16_t kOfModeFormat[] = {0, 1};
constexpr VariantLayout kByModeVariant = {kModeAlternatives, kOfModeFormat};

constexpr Attribute kWrapAttributes[] = {
    {.number = 1, .kind = Kind::kString, .name = "kind"},
    {.number = 2, .kind = Kind::kSubMessage, .name = "options", .sub_message = &kOptions, .selector = "kind"},
};
constexpr AttributeSet kWrapSet = MakeSet<kWrapAttributes>("wrap");
constexpr Field kWrapFields[] = {
    GENL_FIELD(Wrap, kind, kWrapAttributes[0], kOptional, nullptr),
    WithVariant(GENL_FIELD(Wrap, options, kWrapAttributes[1], kOptional, nullptr), kOptionsVariant),
};
constexpr Layout kWrapLayout = MakeLayout<kWrapFields>(kWrapSet);

constexpr Attribute kStatsAttributes[] = {
    {.number = 1, .kind = Kind::kSubMessage, .name = "app", .sub_message = &kOptions, .selector = "kind"},
    {.number = 2, .kind = Kind::kSubMessage, .name = "by-mode", .sub_message = &kByMode, .selector = "mode"},
};
constexpr AttributeSet kStatsSet = MakeSet<kStatsAttributes>("stats");
constexpr Field kStatsFields[] = {
    WithVariant(GENL_FIELD(Stats, app, kStatsAttributes[0], kOptional, nullptr), kOptionsVariant),
    WithVariant(GENL_FIELD(Stats, by_mode, kStatsAttributes[1], kOptional, nullptr), kByModeVariant),
};
constexpr Layout kStatsLayout = MakeLayout<kStatsFields>(kStatsSet);

constexpr Attribute kAttributes[] = {
    {.number = 1, .kind = Kind::kString, .name = "kind"},
    {.number = 2, .kind = Kind::kU32, .order = ByteOrder::kBig, .name = "mode", .enumeration = &kModeEnum},
    {.number = 3, .kind = Kind::kStruct, .name = "rate", .structure = &kRateStructure},
    {.number = 4, .kind = Kind::kStruct, .multi = true, .name = "rates", .structure = &kRateStructure},
    {.number = 5, .kind = Kind::kIndexedArray, .element = Kind::kStruct, .name = "indexed", .structure = &kRateStructure},
    {.number = 6, .kind = Kind::kSubMessage, .name = "options", .sub_message = &kOptions, .selector = "kind"},
    {.number = 7, .kind = Kind::kSubMessage, .multi = true, .name = "many", .sub_message = &kOptions, .selector = "kind"},
    {.number = 8, .kind = Kind::kNest, .name = "stats", .nested = &kStatsSet},
};
constexpr Field kFields[] = {
    GENL_FIELD(Envelope, kind, kAttributes[0], kOptional, nullptr),
    GENL_FIELD(Envelope, mode, kAttributes[1], kOptional, nullptr),
    GENL_FIELD(Envelope, rate, kAttributes[2], kOptional, &kRateLayout),
    GENL_FIELD(Envelope, rates, kAttributes[3], kOptional, &kRateLayout),
    GENL_FIELD(Envelope, indexed, kAttributes[4], kOptional, &kRateLayout),
    WithVariant(GENL_FIELD(Envelope, options, kAttributes[5], kOptional, nullptr), kOptionsVariant),
    WithVariant(GENL_FIELD(Envelope, many, kAttributes[6], kOptional, nullptr), kOptionsVariant),
    GENL_FIELD(Envelope, stats, kAttributes[7], kOptional, &kStatsLayout),
};
// clang-format on

}  // namespace

constexpr Structure kRateStructure = {"rate", 30, kRateMembers};
constexpr StructLayout kRateStruct = {&kRateStructure, kRateFields};
constexpr AttributeSet kEnvelopeSet = MakeSet<kAttributes>("envelope");
constexpr Layout kEnvelopeLayout =
    WithHeader(MakeLayout<kFields>(kEnvelopeSet), kHeadStruct, offsetof(Envelope, header));
constexpr Layout kHeadLayout = WithHeader({}, kHeadStruct, 0);

}  // namespace genl::test
