// rt-rule against `ip rule`: each reads what the other has set.
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/rt-rule.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace rt_rule {
namespace {

using genl::RequestFlags;
using live::Put;
using nlohmann::json;

constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr uint32_t kInvert = 2;  // FIB_RULE_INVERT

const std::map<uint32_t, std::string> kTables = {{253, "default"}, {254, "main"}, {255, "local"}};
const std::map<uint32_t, std::string> kProtocols = {{0, "unspec"}, {2, "kernel"}, {4, "static"}};

// ip has the names from the machine.
std::string IpProtocol(uint8_t number) {
  const protoent* entry = getprotobynumber(number);
  return entry == nullptr ? absl::StrCat("ipproto-", number) : entry->p_name;
}

void PutRange(json& words, const std::string& what, const std::optional<FibRulePortRange>& range) {
  if (!range) return;
  words[what + (range->start == range->end ? "" : "_start")] = range->start;
  if (range->start != range->end) words[what + "_end"] = range->end;
}

// The spec does not list a rule's addresses among what the kernel answers.
json InWordsOfIp(const GetruleReply& rule) {
  json words = {{"priority", rule.priority.value_or(0)},
                {"protocol", live::WordOr(kProtocols, rule.protocol.value())}};
  if (rule.header.flags & kInvert) words["not"] = nullptr;
  if (rule.header.tos) words["tos"] = absl::StrFormat("0x%x", rule.header.tos);
  if (rule.fwmark.value_or(0)) words["fwmark"] = absl::StrFormat("0x%x", *rule.fwmark);
  if (rule.fwmark.value_or(0) && rule.fwmask != UINT32_MAX) {
    words["fwmask"] = absl::StrFormat("0x%x", rule.fwmask.value());
  }
  Put(words, "iif", rule.iifname);
  Put(words, "oif", rule.oifname);
  if (rule.uid_range) words["uid_start"] = rule.uid_range->start;
  if (rule.uid_range) words["uid_end"] = rule.uid_range->end;
  if (rule.ip_proto) words["ipproto"] = IpProtocol(*rule.ip_proto);
  PutRange(words, "sport", rule.sport_range);
  PutRange(words, "dport", rule.dport_range);
  if (rule.header.action == FrAct::kToTbl)
    words["table"] = live::WordOr(kTables, rule.table.value());
  if (rule.suppress_prefixlen.value_or(UINT32_MAX) != UINT32_MAX) {
    words["suppress_prefixlen"] = *rule.suppress_prefixlen;
  }
  Put(words, "goto", rule.goto_);
  if (rule.header.action > FrAct::kGoto) words["action"] = std::string(Name(rule.header.action));
  return words;
}

class RtRuleTest : public live::ClientTest<Client> {
 protected:
  RtRuleTest() : ClientTest({"ip"}) {}

  json Rules(uint8_t family) {
    json rules = json::array();
    for (const GetruleReply& rule :
         live::All(client_->GetruleDump({.header = {.family = family}}))) {
      rules.push_back(InWordsOfIp(rule));
    }
    return rules;
  }
};

json IpRules(const std::string& option) {
  json rules = json::array();
  for (const json& rule : live::ShellJson(absl::StrCat("ip -json -details ", option, " rule"))) {
    rules.push_back(live::Without(rule, {"src", "srclen", "dst", "dstlen"}));
  }
  return rules;
}

NewruleRequest Prohibition() {
  return {.header = {.family = AF_INET, .tos = 0x10, .action = FrAct::kProhibit},
          .iifname = "lo",
          .priority = 3000,
          .fwmark = 0x20,
          .fwmask = 0xff,
          .uid_range = FibRuleUidRange{.start = 100, .end = 200},
          .protocol = 4,
          .ip_proto = IPPROTO_UDP,
          .dport_range = FibRulePortRange{.start = 80, .end = 90}};
}

TEST_F(RtRuleTest, GoodRulesThatIpAdded) {
  live::Shell("ip rule add from 192.0.2.0/24 table 1000 priority 1000 fwmark 0x10/0xff iif lo");
  live::Shell("ip rule add priority 2000 tos 0x10 prohibit");
  live::Shell(
      "ip rule add priority 2001 uidrange 1-2 ipproto 6 dport 80-90 sport 7 lookup main "
      "suppress_prefixlength 0");
  live::Shell("ip rule add not from 10.0.0.0/8 oif lo goto 2001 priority 999");
  live::Shell("ip -6 rule add priority 77 blackhole");
  const json ipv4 = Rules(AF_INET), ipv6 = Rules(AF_INET6);
  EXPECT_EQ(ipv4.size(), 7);
  EXPECT_EQ(ipv4, IpRules("-4"));
  EXPECT_EQ(ipv6.size(), 3);
  EXPECT_EQ(ipv6, IpRules("-6"));
}

TEST_F(RtRuleTest, GoodIpSeesTheAddedRule) {
  const absl::Status status =
      client_->Newrule(Prohibition(), RequestFlags::kCreate | RequestFlags::kExclusive);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(live::ShellJsonObject("ip -json -details rule show priority 3000"),
            (json{{"priority", 3000},
                  {"src", "all"},
                  {"tos", "0x10"},
                  {"fwmark", "0x20"},
                  {"fwmask", "0xff"},
                  {"iif", "lo"},
                  {"uid_start", 100},
                  {"uid_end", 200},
                  {"ipproto", IpProtocol(IPPROTO_UDP)},
                  {"dport_start", 80},
                  {"dport_end", 90},
                  {"action", "prohibit"},
                  {"protocol", "static"}}));
}

TEST_F(RtRuleTest, GoodNotificationsTellOfRules) {
  absl::StatusOr<Events> events = client_->Subscribe({Group::kRtnlgrpIpv4Rule});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(client_->Newrule(Prohibition(), RequestFlags::kCreate).ok());
  const absl::StatusOr<Event> added = events->Next(kPatience);
  ASSERT_TRUE(added.ok()) << added.status();
  ASSERT_TRUE(std::holds_alternative<NewruleNtf>(*added));
  EXPECT_EQ(std::get<NewruleNtf>(*added).priority, 3000);

  const absl::Status deleted = client_->Delrule({.header = {.family = AF_INET}, .priority = 3000});
  ASSERT_TRUE(deleted.ok()) << deleted;
  const absl::StatusOr<Event> gone = events->Next(kPatience);
  ASSERT_TRUE(gone.ok()) << gone.status();
  ASSERT_TRUE(std::holds_alternative<DelruleNtf>(*gone));
  EXPECT_EQ(std::get<DelruleNtf>(*gone).dport_range, (FibRulePortRange{.start = 80, .end = 90}));
  EXPECT_THAT(live::ShellJson("ip -json rule show priority 3000"), testing::SizeIs(0));
}

TEST_F(RtRuleTest, BadRuleTwice) {
  EXPECT_TRUE(client_->Newrule(Prohibition(), RequestFlags::kCreate).ok());
  const absl::Status again =
      client_->Newrule(Prohibition(), RequestFlags::kCreate | RequestFlags::kExclusive);
  EXPECT_TRUE(absl::IsAlreadyExists(again)) << again;
}

TEST_F(RtRuleTest, BadRuleWithoutATable) {
  const absl::Status status = client_->Newrule(
      {.header = {.family = AF_INET, .action = FrAct::kToTbl, .flags = 0x80}, .goto_ = 1});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, EINVAL);
}

}  // namespace
}  // namespace rt_rule
