#include "family/model/build.h"

#include "absl/strings/str_cat.h"
#include "family/model/builder.h"

namespace genlc {
namespace {

// Most specs of the kernel have it, and it lets both sides use the header.
constexpr absl::string_view kDefaultLicense =
    "((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)";

void SetProperties(const RawFamily& raw, Reporter& reporter, Family& family) {
  family.name = raw.name.value;
  family.c_name = CLower(raw.name.value);
  family.doc = ValueOr(raw.doc, "");
  family.license = raw.license.empty() ? std::string(kDefaultLicense) : raw.license;
  family.source_path = raw.span.file->path();
  family.level = raw.level;
  family.span = raw.name.span;
  family.places = PlacesOf(raw);
  family.operations_places = PlacesOf(raw.operations);
  if (raw.kernel_family) family.kernel_places = PlacesOf(*raw.kernel_family);
  family.uapi_header =
      ValueOr(raw.uapi_header, absl::StrCat("linux/", family.c_name, ".h"));
  family.c_family_name = CUpper(ValueOr(raw.c_family_name, raw.name.value + "-FAMILY-NAME"));
  family.c_version_name = CUpper(ValueOr(raw.c_version_name, raw.name.value + "-FAMILY-VERSION"));
  family.max_by_define = ValueOr(raw.max_by_define, false);
  const std::string policy = ValueOr(raw.kernel_policy, "split");
  family.kernel_policy = policy == "global"   ? KernelPolicy::kGlobal
                         : policy == "per-op" ? KernelPolicy::kPerOperation
                                              : KernelPolicy::kSplit;
  if (raw.version) {
    // genl_family.version is an unsigned int, genlmsghdr.version one byte.
    if (raw.version->value < 1 || raw.version->value > 255) {
      reporter.Report(kNumberOutOfRange, raw.version->span, "version", raw.version->value, 1, 255);
    } else {
      family.version = static_cast<uint32_t>(raw.version->value);
    }
  }
  if (raw.protonum) {
    // MAX_LINKS of include/uapi/linux/netlink.h.
    if (raw.protonum->value < 0 || raw.protonum->value > 31) {
      reporter.Report(kNumberOutOfRange, raw.protonum->span, "protonum", raw.protonum->value, 0,
                      31);
    } else {
      family.protocol_number = static_cast<int>(raw.protonum->value);
    }
  }
  if (raw.kernel_family) {
    family.sock_priv = ValueOr(raw.kernel_family->sock_priv, "");
    if (raw.kernel_family->headers) {
      for (const RawText& header : *raw.kernel_family->headers) {
        family.kernel_headers.push_back(header.value);
      }
    }
  }
  family.module.name = family.c_name;
  family.module.license = "GPL";
}

}  // namespace

std::unique_ptr<Family> BuildFamily(const RawFamily& raw, const RawProfile* profile,
                                    Reporter& reporter) {
  auto family = std::make_unique<Family>();
  SetProperties(raw, reporter, *family);
  Builder builder{raw, *family, reporter};
  builder.BuildDefinitions();
  builder.BuildSets();
  builder.BuildSubMessages();
  builder.BuildGroups();
  builder.BuildOperations();
  if (profile != nullptr) ApplyProfile(*profile, *family, reporter);
  return family;
}

}  // namespace genlc
