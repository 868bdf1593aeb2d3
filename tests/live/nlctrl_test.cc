// nlctrl against genl(8): the families of the running kernel, and the policy of each.
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "genl/flags.h"
#include "gmock/gmock.h"
#include "tests/families/nlctrl.genl.h"
#include "tests/live/machine.h"

namespace nlctrl {
namespace {

// In genl's order.
constexpr std::pair<OpFlags, const char*> kFlags[] = {
    {OpFlags::kAdminPerm, "requires admin permission;"},
    {OpFlags::kCmdCapDo, "can doit;"},
    {OpFlags::kCmdCapDump, "can dumpit;"},
    {OpFlags::kCmdCapHaspol, "has policy"}};

// What genl writes, without its blanks: gtest shows where two texts differ.
std::string Genl(const std::string& arguments) {
  std::string text;
  for (const std::string& line : live::ShellLines("genl ctrl " + arguments)) {
    const absl::string_view words = absl::StripAsciiWhitespace(line);
    if (!words.empty()) absl::StrAppend(&text, words, "\n");
  }
  return text;
}

std::string InWordsOfGenl(OpFlags flags) {
  std::vector<absl::string_view> words;
  for (const auto& [flag, word] : kFlags) {
    if (genl::Has(flags, flag)) words.push_back(word);
  }
  return absl::StrJoin(words, " ");
}

std::string InWordsOfGenl(const GetfamilyReply& family) {
  std::string text =
      absl::StrFormat("Name: %s\nID: 0x%x  Version: 0x%x  header size: %d  max attribs: %d\n",
                      family.family_name.value(), family.family_id.value(), family.version.value(),
                      family.hdrsize.value(), family.maxattr.value());
  int number = 0;
  if (!family.ops.empty()) absl::StrAppend(&text, "commands supported:\n");
  for (const OpAttrs& op : family.ops) {
    absl::StrAppendFormat(&text, "#%d:  ID-0x%x\n", ++number, op.id.value());
    // genl takes the family's version for the controller's, whose first did not know flags.
    if (family.version == 1) continue;
    absl::StrAppendFormat(&text, "Capabilities (0x%x):\n%s\n", uint32_t(op.flags.value()),
                          InWordsOfGenl(op.flags.value()));
  }
  number = 0;
  if (!family.mcast_groups.empty()) absl::StrAppend(&text, "multicast groups:\n");
  for (const McastGroupAttrs& group : family.mcast_groups) {
    absl::StrAppendFormat(&text, "#%d:  ID-0x%x  name: %s\n", ++number, group.id.value(),
                          group.name.value());
  }
  return text;
}

// genl writes all of a message in one line; the kernel puts one thing into a message.
std::string InWordsOfGenl(const CtrlAttrsOpPolicyEntry& entry) {
  std::string text = absl::StrFormat("op %d policies:", entry.op_id);
  if (entry.value.do_) absl::StrAppendFormat(&text, " do=%d", *entry.value.do_);
  if (entry.value.dump) absl::StrAppendFormat(&text, " dump=%d", *entry.value.dump);
  return text;
}

std::string TypeInWordsOfGenl(AttrType type) {
  // Too new for the genl of many distributions.
  if (type == AttrType::kSint || type == AttrType::kUint) return "unknown";
  std::string name = absl::AsciiStrToUpper(Name(type));
  for (char& letter : name) letter = letter == '-' ? '_' : letter;
  return name;
}

std::string InWordsOfGenl(const CtrlAttrsPolicyEntry& entry) {
  const PolicyAttrs& policy = entry.value;
  std::string text = absl::StrFormat("policy[%d]:attr[%d]: type=%s", entry.policy_id, entry.attr_id,
                                     TypeInWordsOfGenl(policy.type.value()));
  if (policy.policy_idx) absl::StrAppendFormat(&text, " policy:%d", *policy.policy_idx);
  if (policy.policy_maxtype) absl::StrAppendFormat(&text, " maxattr:%d", *policy.policy_maxtype);
  if (policy.min_value_s) {
    absl::StrAppendFormat(&text, " range:[%d,%d]", *policy.min_value_s, policy.max_value_s.value());
  }
  if (policy.min_value_u) {
    absl::StrAppendFormat(&text, " range:[%d,%d]", *policy.min_value_u, policy.max_value_u.value());
  }
  if (policy.min_length) absl::StrAppendFormat(&text, " min len:%d", *policy.min_length);
  if (policy.max_length) absl::StrAppendFormat(&text, " max len:%d", *policy.max_length);
  return text;
}

std::string InWordsOfGenl(const GetpolicyReply& reply) {
  std::string text;
  const auto add = [&](const auto& entry) {
    absl::StrAppendFormat(&text, "ID: 0x%x  %s\n", reply.family_id.value(), InWordsOfGenl(entry));
  };
  for (const CtrlAttrsOpPolicyEntry& entry : reply.op_policy) add(entry);
  for (const CtrlAttrsPolicyEntry& entry : reply.policy) add(entry);
  return text;
}

class NlctrlTest : public live::ClientTest<Client> {
 protected:
  NlctrlTest() : ClientTest({"genl"}) {}
};

TEST_F(NlctrlTest, GoodAllFamiliesWithOperationsAndGroups) {
  std::string text;
  for (const GetfamilyReply& family : live::All(client_->GetfamilyDump())) {
    text += InWordsOfGenl(family);
  }
  EXPECT_EQ(text, Genl("list"));
}

TEST_F(NlctrlTest, GoodOneFamilyByName) {
  const absl::StatusOr<GetfamilyReply> family = client_->Getfamily({.family_name = "nlctrl"});
  ASSERT_TRUE(family.ok()) << family.status();
  EXPECT_EQ(InWordsOfGenl(*family), Genl("get name nlctrl"));
}

TEST_F(NlctrlTest, GoodPolicyOfEveryFamily) {
  int with_policy = 0;
  for (const GetfamilyReply& family : live::All(client_->GetfamilyDump())) {
    SCOPED_TRACE(family.family_name.value());
    genl::Dump<GetpolicyReply> dump = client_->GetpolicyDump({.family_id = family.family_id});
    std::string text;
    for (const GetpolicyReply& reply : dump) text += InWordsOfGenl(reply);
    // The kernel's answer for a family without policies.
    if (absl::IsUnavailable(dump.status())) continue;
    EXPECT_TRUE(dump.status().ok()) << dump.status();
    EXPECT_EQ(text, Genl("policy name " + *family.family_name));
    ++with_policy;
  }
  EXPECT_GE(with_policy, 3);
}

}  // namespace
}  // namespace nlctrl
