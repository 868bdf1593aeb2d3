// genlc families: what the running kernel has.
#include <linux/genetlink.h>

#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/dynamic/exchange.h"
#include "genl/json/json.h"
#include "genl/kernel_error.h"
#include "genl/reader.h"
#include "genl/writer.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/live_flags.h"
#include "tools/genlc/reply_format.h"
#include "tools/genlc/request_text.h"
#include "tools/genlc/spec_path.h"

namespace genlc {
namespace {

// Not the kernel's: the spec that is found for the family.
constexpr uint16_t kSpecNumber = genl::kMaxAttributeNumber;

// The controller's answer; it is the one family that needs no spec.
// A row an attribute.
// clang-format off
constexpr genl::EnumEntry kAbilityEntries[] = {
    {GENL_ADMIN_PERM, "admin-perm"},
    {GENL_CMD_CAP_DO, "do"},
    {GENL_CMD_CAP_DUMP, "dump"},
    {GENL_CMD_CAP_HASPOL, "has-policy"},
    {GENL_UNS_ADMIN_PERM, "uns-admin-perm"},
};
constexpr genl::Enum kAbilities = {"ability", true, kAbilityEntries};

constexpr genl::Attribute kOperationAttributes[] = {
    {.number = CTRL_ATTR_OP_ID, .kind = genl::Kind::kU32, .name = "id"},
    {.number = CTRL_ATTR_OP_FLAGS, .kind = genl::Kind::kU32, .name = "flags",
     .enumeration = &kAbilities},
};
constexpr genl::AttributeSet kOperation = genl::MakeSet<kOperationAttributes>("operation");

constexpr genl::Attribute kGroupAttributes[] = {
    {.number = CTRL_ATTR_MCAST_GRP_NAME, .kind = genl::Kind::kString, .name = "name"},
    {.number = CTRL_ATTR_MCAST_GRP_ID, .kind = genl::Kind::kU32, .name = "id"},
};
constexpr genl::AttributeSet kGroup = genl::MakeSet<kGroupAttributes>("group");

constexpr genl::Attribute kFamilyAttributes[] = {
    {.number = CTRL_ATTR_FAMILY_ID, .kind = genl::Kind::kU16, .name = "id"},
    {.number = CTRL_ATTR_FAMILY_NAME, .kind = genl::Kind::kString, .name = "name"},
    {.number = CTRL_ATTR_VERSION, .kind = genl::Kind::kU32, .name = "version"},
    {.number = CTRL_ATTR_HDRSIZE, .kind = genl::Kind::kU32, .name = "header-size"},
    {.number = CTRL_ATTR_MAXATTR, .kind = genl::Kind::kU32, .name = "max-attribute"},
    {.number = CTRL_ATTR_OPS, .kind = genl::Kind::kIndexedArray, .element = genl::Kind::kNest,
     .name = "operations", .nested = &kOperation},
    {.number = CTRL_ATTR_MCAST_GROUPS, .kind = genl::Kind::kIndexedArray,
     .element = genl::Kind::kNest, .name = "groups", .nested = &kGroup},
    {.number = kSpecNumber, .kind = genl::Kind::kString, .name = "spec"},
};
constexpr genl::AttributeSet kFamily = genl::MakeSet<kFamilyAttributes>("family");
// clang-format on

const Manual kManual = {
    .name = "families",
    .purpose = "list the generic netlink families of the running kernel",
    .arguments = "[NAME]",
    .max_arguments = 1,
    .description =
        "Prints one JSON object a line for each family that is registered: its number, "
        "version, header size, the numbers of its operations with what each can do and who "
        "may call it, its multicast groups, and the file of its spec, where `genlc do` finds one "
        "by "
        "the family's name.",
    .wrong_input = "there is no family of that name, or the kernel cannot be asked",
    .examples = {{"all families of this kernel", "genlc families"},
                 {"one of them", "genlc families nlctrl --pretty"}},
};

class FamiliesCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {output_.format(), output_.pretty(), namespace_.flag()};
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    genl::Writer writer;
    genl::RawRequest request{.family = {"nlctrl", 2},
                             .operation = "getfamily",
                             .command = CTRL_CMD_GETFAMILY,
                             .dump = arguments.empty(),
                             .set = &kFamily};
    absl::Status status;
    if (!arguments.empty()) {
      status = genl::FromArguments(kFamily, {absl::StrCat("name=", arguments[0])}, writer);
    }
    request.payload = writer.bytes();
    ReplyPrinter printer = output_.printer(env);
    std::string text;
    const auto print = [&](const genl::FamilyMessage& message) {
      std::string json;
      const genl::Writer known = WithSpec(message.payload, env);
      absl::Status ok = genl::AppendJson(kFamily, known.bytes(), printer.style(), json);
      text.append(printer.Add(json));
      return ok;
    };
    if (status.ok()) status = genl::Exchange(request, namespace_.Options(env), print);
    if (status.ok()) {
      env.Out(absl::StrCat(text, printer.End()));
      return ExitStatus::kDone;
    }
    const bool absent = genl::GetKernelError(status) && absl::IsNotFound(status);
    env.Err(absl::StrCat("genlc families: ",
                         absent ? absl::StrCat("the kernel has no family `", arguments[0],
                                               "`; is its module loaded?")
                                : std::string(status.message()),
                         "\n", absent ? "" : Advice(status)));
    return ExitStatus::kWrongInput;
  }

 private:
  // What the kernel said of a family, and where its spec is.
  static genl::Writer WithSpec(genl::Bytes family, Environment& env) {
    genl::Writer known;
    known.Append(family.data(), family.size());
    genl::AttributeReader reader(family);
    while (const std::optional<genl::RawAttribute> attribute = reader.Next()) {
      if (attribute->number != CTRL_ATTR_FAMILY_NAME) continue;
      const auto* name = reinterpret_cast<const char*>(attribute->payload.data());
      const absl::StatusOr<std::string> spec =
          FindSpec(std::string(name, strnlen(name, attribute->payload.size())), env);
      if (!spec.ok()) continue;
      const auto* path = reinterpret_cast<const uint8_t*>(spec->c_str());
      // A path is shorter than an attribute can be.
      static_cast<void>(known.Put(kSpecNumber, {path, spec->size() + 1}));
    }
    return known;
  }

  ReplyFlags output_;
  NetworkNamespace namespace_;
};

}  // namespace

std::unique_ptr<Command> MakeFamiliesCommand() { return std::make_unique<FamiliesCommand>(); }

}  // namespace genlc
