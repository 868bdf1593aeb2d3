#include "tests/policy/rules.h"

#include <cerrno>
#include <cstring>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "tests/vm/running_kernel.h"

namespace genlc::policy {
namespace {

constexpr char kFailed[] = "Attribute failed policy validation";
constexpr char kOutOfRange[] = "integer out of range";
constexpr char kWrongLength[] = "invalid attribute length";
constexpr char kWrongSize[] = "binary attribute size out of range";
constexpr char kWrongLengthForModule[] = "length of attribute is out of range";
constexpr char kUnexpectedNest[] = "NLA_F_NESTED not expected";
constexpr char kRest[] = "bytes leftover after parsing attributes";

// Who finds that a rule is broken: the core with the policy, before any code of the module
// decodes the request, or that code.
enum class By { kCore, kDecoder };

// What becomes of a rule where validation is liberal.
enum class Liberal {
  kSame,     // holds there, too
  kIgnored,  // does not hold
  kFailed,   // holds, and is told as a length that failed the policy
};

// Whether the kernel names an attribute.
enum class Names { kAttribute, kNothing };

struct Row {
  Rule rule;
  int error;
  const char* text;
  By by;
  Liberal liberal;
  Names names = Names::kAttribute;
};

constexpr Row kRows[] = {
    {Rule::kNone, 0, "", By::kCore, Liberal::kSame},
    {Rule::kRange, ERANGE, kOutOfRange, By::kCore, Liberal::kSame},
    {Rule::kUnknownBit, EINVAL, "reserved bit set", By::kCore, Liberal::kSame},
    {Rule::kUnknownValue, EINVAL, "value is not in the enumeration", By::kDecoder, Liberal::kSame},
    {Rule::kIntegerTooShort, EINVAL, kWrongLength, By::kCore, Liberal::kFailed},
    {Rule::kIntegerTooLong, EINVAL, kWrongLength, By::kCore, Liberal::kIgnored},
    {Rule::kVaryingLength, EINVAL, kWrongLength, By::kCore, Liberal::kSame},
    {Rule::kPayloadOfFlag, ERANGE, kFailed, By::kCore, Liberal::kSame},
    {Rule::kUnterminated, EINVAL, kFailed, By::kCore, Liberal::kSame},
    {Rule::kStringBytes, ERANGE, kFailed, By::kCore, Liberal::kSame},
    {Rule::kStringTooShort, ERANGE, kWrongLengthForModule, By::kDecoder, Liberal::kSame},
    {Rule::kLength, ERANGE, kWrongSize, By::kCore, Liberal::kSame},
    {Rule::kTooLong, ERANGE, kFailed, By::kCore, Liberal::kSame},
    {Rule::kLengthForDecoder, ERANGE, kWrongLengthForModule, By::kDecoder, Liberal::kSame},
    {Rule::kBits, EINVAL, kFailed, By::kCore, Liberal::kSame},
    {Rule::kLengthOfBitfield, ERANGE, kFailed, By::kCore, Liberal::kSame},
    {Rule::kNestFlagMissing, EINVAL, "NLA_F_NESTED is missing", By::kCore, Liberal::kIgnored},
    {Rule::kNestFlagUnexpected, EINVAL, kUnexpectedNest, By::kCore, Liberal::kIgnored},
    {Rule::kNestTooShort, ERANGE, kFailed, By::kCore, Liberal::kSame},
    {Rule::kElementTooShort, ERANGE, "Array element too short", By::kCore, Liberal::kSame},
    {Rule::kLeftover, EINVAL, kRest, By::kCore, Liberal::kIgnored, Names::kNothing},
    {Rule::kLeftoverInArray, EINVAL, kRest, By::kDecoder, Liberal::kSame},
    {Rule::kUnknownAttribute, EINVAL, "Unknown attribute type", By::kCore, Liberal::kIgnored},
    {Rule::kUnsupported, EINVAL, "Unsupported attribute", By::kCore, Liberal::kIgnored},
    {Rule::kForeign, EINVAL, "attribute is not part of this request", By::kDecoder,
     Liberal::kIgnored},
    {Rule::kNoAttributes, EINVAL, kFailed, By::kCore, Liberal::kSame},
    {Rule::kNoNest, EINVAL, kUnexpectedNest, By::kCore, Liberal::kSame},
    {Rule::kMissing, EINVAL, "required attribute missing", By::kDecoder, Liberal::kSame},
    {Rule::kTooDeep, EINVAL, "allowed policy recursion depth exceeded", By::kCore, Liberal::kSame,
     Names::kNothing},
    {Rule::kNotAlone, EINVAL, "exactly one attribute expected", By::kDecoder, Liberal::kSame},
};

constexpr bool InOrder() {
  for (size_t i = 0; i < std::size(kRows); ++i) {
    if (static_cast<size_t>(kRows[i].rule) != i) return false;
  }
  return std::size(kRows) == static_cast<size_t>(Rule::kNotAlone) + 1;
}
static_assert(InOrder(), "a rule finds its row by its number");

// `threshold[1]` of `threshold[1].severity`; empty for an attribute of the message itself.
absl::string_view Around(absl::string_view path) {
  const size_t dot = path.rfind('.');
  return dot == absl::string_view::npos ? "" : path.substr(0, dot);
}

Verdict InWords(const Row& row, absl::string_view path, const Kernel& kernel) {
  Verdict verdict{.error = row.error, .text = row.text};
  if (row.names == Names::kNothing) return verdict;
  if (row.rule != Rule::kMissing) {
    verdict.attribute = std::string(path);
  } else if (kernel.names_missing) {
    verdict.missing = std::string(path);
  } else {
    verdict.attribute = std::string(Around(path));
  }
  return verdict;
}

}  // namespace

Kernel RunningKernel() {
  return {.names_missing = RunningKernelNamesMissingAttributes(),
          .explains_start = RunningKernelIsAtLeast(6, 6)};
}

Verdict Expect(Rule rule, absl::string_view path, const Context& context) {
  const Row& row = kRows[static_cast<size_t>(rule)];
  Verdict verdict = row.error == 0 ? Verdict() : InWords(row, path, context.kernel);
  const bool liberal = context.validation != Validation::kStrict && !context.decoded;
  if (liberal && row.liberal == Liberal::kIgnored) return {};
  if (liberal && row.liberal == Liberal::kFailed) {
    verdict.error = ERANGE;
    verdict.text = kFailed;
  }
  // The end of a dump has no place for an attribute.
  const bool by_module =
      row.by == By::kDecoder || context.decoded || context.validation == Validation::kModule;
  if (context.dump && by_module && !context.kernel.explains_start) {
    verdict.attribute.clear();
    verdict.missing.clear();
  }
  return verdict;
}

std::string Describe(const Verdict& verdict) {
  if (verdict.error == 0) return "accepted";
  std::string text = absl::StrCat("-", strerrorname_np(verdict.error), " `", verdict.text, "`");
  if (!verdict.attribute.empty()) absl::StrAppend(&text, ", attribute `", verdict.attribute, "`");
  if (!verdict.missing.empty()) absl::StrAppend(&text, ", missing `", verdict.missing, "`");
  return text;
}

}  // namespace genlc::policy
