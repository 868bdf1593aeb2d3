#include "genl/json/test_tables.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_replace.h"
#include "genl/json/values.h"

namespace genl {
namespace {

constexpr EnumEntry kSeverityEntries[] = {{0, "notice"}, {1, "warning"}, {2, "critical"}};
constexpr Enum kSeverity = {"severity", false, kSeverityEntries};

constexpr EnumEntry kFeatureEntries[] = {{1, "calibrated"}, {2, "latching"}, {4, "redundant"}};
constexpr Enum kFeature = {"feature", true, kFeatureEntries};

constexpr EnumEntry kPhaseEntries[] = {{~uint64_t{0}, "before"}, {0, "now"}, {1, "after"}};
constexpr Enum kPhase = {"phase", false, kPhaseEntries};

constexpr EnumEntry kStateEntries[] = {{1, "up"}, {uint64_t{1} << 63, "last"}};
constexpr Enum kState = {"state", true, kStateEntries};

constexpr Attribute kPointAttributes[] = {
    {.number = 1,
     .kind = Kind::kU32,
     .name = "severity",
     .enumeration = &kSeverity,
     .limits = &kLimits<Range<uint64_t>(0, 2)>},
    {.number = 2,
     .kind = Kind::kS32,
     .name = "temperature",
     .limits = &kLimits<Range<int64_t>(-300, 2000)>},
    {.number = 3, .kind = Kind::kNest, .name = "inner", .nested = &kEverything},
};
constexpr AttributeSet kPoint = MakeSet<kPointAttributes>("point");

constexpr Attribute kEverythingAttributes[] = {
    {.number = 1, .kind = Kind::kU8, .name = "u8"},
    {.number = 2, .kind = Kind::kU16, .order = ByteOrder::kBig, .name = "port"},
    {.number = 3, .kind = Kind::kU32, .name = "id", .limits = &kLimits<Range<uint64_t>(1, 1000)>},
    {.number = 4, .kind = Kind::kU64, .name = "u64"},
    {.number = 5, .kind = Kind::kS8, .name = "s8"},
    {.number = 6, .kind = Kind::kS64, .name = "s64"},
    {.number = 7, .kind = Kind::kUint, .name = "uint"},
    {.number = 8, .kind = Kind::kSint, .name = "sint"},
    {.number = 9, .kind = Kind::kString, .name = "label", .limits = &kLimits<Length(1, 31)>},
    {.number = 10, .kind = Kind::kBinary, .name = "serial", .limits = &kLimits<Length(4, 4)>},
    {.number = 11, .kind = Kind::kFlag, .name = "muted"},
    {.number = 12, .kind = Kind::kU32, .name = "severity", .enumeration = &kSeverity},
    {.number = 13,
     .kind = Kind::kU32,
     .name = "features",
     .enumeration = &kFeature,
     .limits = &kLimits<Mask(7)>},
    {.number = 14, .kind = Kind::kU32, .display = Display::kHex, .name = "handle"},
    {.number = 15, .kind = Kind::kBinary, .display = Display::kMac, .name = "mac"},
    {.number = 16,
     .kind = Kind::kU32,
     .order = ByteOrder::kBig,
     .display = Display::kIpv4,
     .name = "bus-address"},
    {.number = 17, .kind = Kind::kBinary, .display = Display::kIpv4OrV6, .name = "address"},
    {.number = 18, .kind = Kind::kBinary, .display = Display::kUuid, .name = "uuid"},
    {.number = 19, .kind = Kind::kNest, .name = "point", .nested = &kPoint},
    {.number = 20, .kind = Kind::kNest, .multi = true, .name = "threshold", .nested = &kPoint},
    {.number = 21, .kind = Kind::kU32, .multi = true, .name = "ids"},
    {.number = 22, .kind = Kind::kArray, .element = Kind::kU16, .name = "samples"},
    {.number = 23, .kind = Kind::kIndexedArray, .element = Kind::kU32, .name = "queues"},
    {.number = 24,
     .kind = Kind::kIndexedArray,
     .element = Kind::kNest,
     .name = "points",
     .nested = &kPoint},
    {.number = 25,
     .kind = Kind::kNestTypeValue,
     .levels = 2,
     .name = "policy",
     .nested = &kPoint,
     .level_names = "policy-id attr-id"},
    {.number = 26, .kind = Kind::kUnused, .name = "pad"},
    {.number = 27, .kind = Kind::kBinary, .display = Display::kIpv6, .name = "gateway"},
    {.number = 28, .kind = Kind::kString, .multi = true, .name = "names"},
    {.number = 29, .kind = Kind::kBitfield32, .name = "change", .enumeration = &kFeature},
    {.number = 30, .kind = Kind::kBitfield32, .name = "bits"},
    {.number = 31, .kind = Kind::kBinary, .display = Display::kFddi, .name = "station"},
    {.number = 32, .kind = Kind::kU64, .order = ByteOrder::kBig, .name = "be64"},
    {.number = 33, .kind = Kind::kU64, .display = Display::kHex, .name = "cookie"},
    {.number = 34, .kind = Kind::kS8, .name = "phase", .enumeration = &kPhase},
    {.number = 35, .kind = Kind::kU64, .name = "states", .enumeration = &kState},
    {.number = 36, .kind = Kind::kBinary, .multi = true, .display = Display::kMac, .name = "ports"},
    {.number = 37,
     .kind = Kind::kArray,
     .element = Kind::kU8,
     .name = "severities",
     .enumeration = &kSeverity},
    {.number = 38,
     .kind = Kind::kIndexedArray,
     .element = Kind::kU32,
     .order = ByteOrder::kBig,
     .display = Display::kIpv4,
     .name = "servers"},
};

}  // namespace

constexpr AttributeSet kEverything = MakeSet<kEverythingAttributes>("everything");

std::vector<uint8_t> FromHex(absl::string_view text) {
  const auto bytes = ParseHex(absl::StrReplaceAll(text, {{" ", ""}}));
  if (!bytes) {
    std::fprintf(stderr, "not hexadecimal: %s\n", std::string(text).c_str());
    std::abort();
  }
  return *bytes;
}

}  // namespace genl
