// The kernel's own files, made from the kernel's own specs: the text of uAPI headers, and
// the tokens of what the in-tree style generates. See @reference for where both come from.
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "family/codegen/output.h"
#include "gtest/gtest.h"
#include "kernel/generator/in_tree_backend.h"
#include "kernel/generator/test_family.h"
#include "kernel/generator/uapi_header.h"

namespace genlc::kernel {
namespace {

struct KernelFamily {
  const char* spec;
  const char* source = nullptr;  // of the generated files, without .c and .h
  // What the names of callbacks begin with, where the kernel tells its generator.
  const char* callbacks = nullptr;
};

void PrintTo(const KernelFamily& family, std::ostream* out) { *out << family.spec; }

constexpr KernelFamily kFamilies[] = {
    {"binder", "drivers/android/binder_netlink"},
    {"dev-energymodel", "kernel/power/em_netlink_autogen"},
    {"dpll", "drivers/dpll/dpll_nl"},
    {"drm_ras", "drivers/gpu/drm/drm_ras_nl"},
    {"handshake", "net/handshake/genl"},
    {"lockd", "fs/lockd/netlink"},
    {"net_shaper", "net/shaper/shaper_nl_gen"},
    {"netdev", "net/core/netdev-genl-gen"},
    {"nfsd", "fs/nfsd/netlink"},
    {"ovpn", "drivers/net/ovpn/netlink-gen"},
    {"psp", "net/psp/psp-nl-gen"},
    {"sunrpc_cache", "net/sunrpc/netlink"},
};

// Of other levels, those of which the kernel generates something.
constexpr KernelFamily kLegacyHeaders[] = {
    {"ethtool"}, {"fou"}, {"mptcp_pm"}, {"team"}, {"wireguard"}};
constexpr KernelFamily kLegacyFamilies[] = {
    {"devlink", "net/devlink/netlink_gen"},
    {"fou", "net/ipv4/fou_nl"},
    {"mptcp_pm", "net/mptcp/mptcp_pm_gen"},
    {"team", "drivers/net/team/team_nl"},
    {"wireguard", "drivers/net/wireguard/generated/netlink", "wg"},
};

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The text behind the banner: from the first directive on.
std::string Body(const std::string& text) {
  const size_t start = text.find("\n#");
  return start == std::string::npos ? "" : text.substr(start + 1);
}

// What the compiler sees, and the directives. The header that a source includes first is
// its own, whatever its name.
std::vector<std::string> Tokens(const std::string& text) {
  const std::regex comment(R"(/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)");
  std::string code = std::regex_replace(Body(text), comment, " ");
  code = std::regex_replace(code, std::regex("#include \"[^\"]*\""), "#include OWN");
  const std::regex token(R"("[^"]*"|\w+|[^\s\w])");
  return {std::sregex_token_iterator(code.begin(), code.end(), token), {}};
}

class KernelFamilyTest : public testing::TestWithParam<KernelFamily> {
 protected:
  void SetUp() override {
    const std::string path =
        absl::StrCat(Variable("GENLC_KERNEL_SPECS"), "/", GetParam().spec, ".yaml");
    if (!std::ifstream(path)) GTEST_SKIP() << "no specs to compare with: run tools/setup";
    loaded_ = FamilyFromFile(path);
    ASSERT_EQ(loaded_->errors(), "");
  }

  std::string Reference(const std::string& path) {
    return ReadFile(absl::StrCat(Variable("GENLC_REFERENCE"), "/", path));
  }

  std::unique_ptr<TestFamily> loaded_;
};

class UapiHeaderTest : public KernelFamilyTest {};

class InTreeTest : public KernelFamilyTest {
 protected:
  static std::string WithCallbacks(const std::string& text) {
    if (GetParam().callbacks == nullptr) return text;
    return std::regex_replace(text, std::regex(R"(\w+_nl_(\w+_(doit|dumpit)))"),
                              absl::StrCat(GetParam().callbacks, "_$1"));
  }
};

TEST_P(UapiHeaderTest, GoodTextIsTheKernelsOwn) {
  // Installed headers have lost one word of their guard.
  const std::string expected = Reference("uapi/" + loaded_->family->uapi_header);
  if (expected.empty()) GTEST_SKIP() << "no uAPI headers to compare with: run tools/setup";
  EXPECT_EQ(absl::StrReplaceAll(Body(UapiHeader(*loaded_->family, "--uapi_out")),
                                {{"_UAPI_LINUX_", "_LINUX_"}}),
            Body(expected));
}

TEST_P(InTreeTest, GoodTokensAreTheKernelsOwn) {
  OutputFiles files;
  ASSERT_TRUE(InTreeBackend().Generate(*loaded_->family, files, loaded_->reporter));
  ASSERT_EQ(files.files().size(), 2u);
  for (const auto& [path, file] : files.files()) {
    const std::string extension = path.substr(path.size() - 2);
    const std::string expected = Reference(absl::StrCat("linux/", GetParam().source, extension));
    if (expected.empty()) GTEST_SKIP() << "no kernel source to compare with: run tools/setup";
    const std::vector<std::string> tokens = Tokens(expected);
    EXPECT_GT(tokens.size(), 40u);
    EXPECT_EQ(Tokens(WithCallbacks(file.text)), tokens) << path;
  }
}

std::string TestName(const testing::TestParamInfo<KernelFamily>& info) {
  return absl::StrReplaceAll(info.param.spec, {{"-", "_"}});
}

INSTANTIATE_TEST_SUITE_P(Genetlink, UapiHeaderTest, testing::ValuesIn(kFamilies), TestName);
INSTANTIATE_TEST_SUITE_P(Legacy, UapiHeaderTest, testing::ValuesIn(kLegacyHeaders), TestName);
INSTANTIATE_TEST_SUITE_P(Genetlink, InTreeTest, testing::ValuesIn(kFamilies), TestName);
INSTANTIATE_TEST_SUITE_P(Legacy, InTreeTest, testing::ValuesIn(kLegacyFamilies), TestName);

}  // namespace
}  // namespace genlc::kernel
