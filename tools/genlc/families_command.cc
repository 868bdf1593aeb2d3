// genlc families: what the running kernel has.
#include <linux/genetlink.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/dynamic/exchange.h"
#include "genl/json/json.h"
#include "genl/kernel_error.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/live_flags.h"
#include "tools/genlc/reply_format.h"
#include "tools/genlc/request_text.h"

namespace genlc {
namespace {

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
        "may call it, and its multicast groups.",
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
      absl::Status ok = genl::AppendJson(kFamily, message.payload, printer.style(), json);
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
  ReplyFlags output_;
  NetworkNamespace namespace_;
};

}  // namespace

std::unique_ptr<Command> MakeFamiliesCommand() { return std::make_unique<FamiliesCommand>(); }

}  // namespace genlc
