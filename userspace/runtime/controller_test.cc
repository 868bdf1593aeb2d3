#include "genl/controller.h"

#include <linux/genetlink.h>

#include <cerrno>

#include "genl/controller_messages.h"
#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/test_message.h"
#include "gmock/gmock.h"

namespace genl::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Operation kGet = {"get", 7, &kEverythingLayout, 7, &kEverythingLayout};
constexpr Operation kSet = {"set", 8, &kPartLayout};
constexpr Operation kPoke = {"poke", 9};
constexpr ServedOperation kOperations[] = {
    {&kGet, false, nullptr},
    {&kGet, true, nullptr, Permission::kUnsAdmin},
    {&kSet, false, nullptr, Permission::kAdmin},
    {&kPoke, false, nullptr, Permission::kAnyone, Validation::kLiberal},
};
constexpr ServedGroup kGroups[] = {{{"changes"}}, {{"alarms"}}};
constexpr ServiceTable kThing = {
    .family = {"thing", 3}, .operations = kOperations, .groups = kGroups};
constexpr ServiceTable kShared = {
    .family = {"shared", 1}, .scope = PolicyScope::kFamily, .operations = kOperations};
constexpr ServedOperation kOnlyPoke[] = {kOperations[3]};
constexpr ServiceTable kOld = {.family = {"old", 1}, .operations = kOnlyPoke};
constexpr ServiceTable kRoutes = {.family = {"routes", 0, NETLINK_ROUTE}};

class Offered : public Service {
 public:
  explicit Offered(const ServiceTable& table) : Service(table) {}
};

class ControllerTest : public testing::Test {
 protected:
  ControllerTest() {
    for (Service* service : {&thing_, &routes_, &shared_, &old_}) {
      offers_.push_back(
          std::make_unique<Offer>(*service, static_cast<uint16_t>(0x20 + offers_.size()), 0x40));
    }
  }

  // A message to `nlctrl` with these attributes.
  RawMessage Message(uint8_t command, const ByteString& attributes, uint16_t flags = 0) {
    payload_ = Join({{command, 2, 0, 0}, attributes});
    RawMessage message = {.payload = payload_};
    message.header.nlmsg_type = GENL_ID_CTRL;
    message.header.nlmsg_flags = flags;
    message.header.nlmsg_seq = 5;
    return message;
  }
  static ByteString Named(const std::string& name) {
    ByteString text(name.begin(), name.end());
    text.push_back(0);
    return Attr(CTRL_ATTR_FAMILY_NAME, text);
  }

  // What is answered: messages and their families; null where one is the end of a dump.
  std::vector<std::optional<controller::Family>> Families(const RawMessage& message) {
    reply_.Clear();
    complaint_ = {};
    std::vector<std::optional<controller::Family>> families;
    if (!AnswerController(offers_, message, 77, reply_, complaint_)) return families;
    MessageReader reader(reply_.bytes());
    while (const std::optional<RawMessage> one = reader.Next()) {
      EXPECT_EQ(one->header.nlmsg_seq, 5);
      EXPECT_EQ(one->header.nlmsg_pid, 77);
      families.emplace_back();
      if (one->header.nlmsg_type == NLMSG_DONE) continue;
      EXPECT_TRUE(Decode(controller::kFamilyLayout, one->payload.subspan(GENL_HDRLEN),
                         &families.back().emplace())
                      .ok());
    }
    return families;
  }

  std::vector<controller::Policy> Policies(const ByteString& attributes) {
    complaint_ = {};
    std::vector<controller::Policy> policies;
    const RawMessage message = Message(CTRL_CMD_GETPOLICY, attributes, NLM_F_DUMP);
    EXPECT_TRUE(AsksForPolicy(message));
    const std::unique_ptr<ObjectSource> source = PolicyObjects(offers_, message, complaint_);
    while (source != nullptr) {
      const void* object = *source->Next();
      if (object == nullptr) break;
      policies.push_back(*static_cast<const controller::Policy*>(object));
    }
    return policies;
  }

  Offered thing_{kThing}, routes_{kRoutes}, shared_{kShared}, old_{kOld};
  std::vector<std::unique_ptr<Offer>> offers_;
  ByteString payload_;
  Writer reply_;
  Complaint complaint_;
};

TEST_F(ControllerTest, GoodFamilyByItsName) {
  const auto families = Families(Message(CTRL_CMD_GETFAMILY, Named("thing")));
  ASSERT_THAT(families, SizeIs(1));
  const controller::Family& thing = *families[0];
  EXPECT_EQ(thing.name, "thing");
  EXPECT_EQ(thing.id, 0x20);
  EXPECT_EQ(thing.version, 3);
  EXPECT_EQ(thing.max_attribute, 0);
  ASSERT_THAT(thing.groups, SizeIs(2));
  EXPECT_EQ(thing.groups[1].name, "alarms");
  EXPECT_EQ(thing.groups[1].id, 0x41);
}

TEST_F(ControllerTest, GoodBothSidesOfACommandAreOneEntry) {
  const auto families = Families(Message(CTRL_CMD_GETFAMILY, Named("thing")));
  ASSERT_THAT(families[0]->operations, SizeIs(3));
  EXPECT_EQ(families[0]->operations[0].id, 7);
  EXPECT_EQ(families[0]->operations[0].flags,
            GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP | GENL_CMD_CAP_HASPOL | GENL_UNS_ADMIN_PERM);
  EXPECT_EQ(families[0]->operations[1].flags,
            GENL_CMD_CAP_DO | GENL_CMD_CAP_HASPOL | GENL_ADMIN_PERM);
  EXPECT_EQ(families[0]->operations[2].flags, GENL_CMD_CAP_DO);  // without a policy
}

TEST_F(ControllerTest, GoodFamilyByItsNumber) {
  const auto families = Families(Message(CTRL_CMD_GETFAMILY, Attr(CTRL_ATTR_FAMILY_ID, {0x22, 0})));
  ASSERT_THAT(families, SizeIs(1));
  EXPECT_EQ(families[0]->name, "shared");
  EXPECT_EQ(families[0]->max_attribute, 19);
}

TEST_F(ControllerTest, GoodDumpHasTheGenericFamiliesAndAnEnd) {
  const auto families = Families(Message(CTRL_CMD_GETFAMILY, {}, NLM_F_DUMP));
  ASSERT_THAT(families, SizeIs(4));
  EXPECT_EQ(families[0]->name, "thing");
  EXPECT_EQ(families[1]->name, "shared");
  EXPECT_EQ(families[2]->name, "old");
  EXPECT_EQ(families[3], std::nullopt);
}

TEST_F(ControllerTest, BadQuestions) {
  EXPECT_THAT(Families(Message(CTRL_CMD_GETFAMILY, Named("nothing"))), IsEmpty());
  EXPECT_EQ(complaint_.error, ENOENT);
  EXPECT_THAT(Families(Message(CTRL_CMD_GETFAMILY, Named("routes"))), IsEmpty());
  EXPECT_EQ(complaint_.error, ENOENT);
  EXPECT_THAT(Families(Message(CTRL_CMD_GETFAMILY, {})), IsEmpty());
  EXPECT_EQ(complaint_.error, EINVAL);
  EXPECT_THAT(Families(Message(CTRL_CMD_GETFAMILY, Named("a-name-too-long-for-it"))), IsEmpty());
  EXPECT_EQ(complaint_.error, EINVAL);
  EXPECT_THAT(Families(Message(CTRL_CMD_NEWFAMILY, Named("thing"))), IsEmpty());
  EXPECT_EQ(complaint_.error, EOPNOTSUPP);
  EXPECT_THAT(Families(Message(CTRL_CMD_GETPOLICY, Named("thing"))), IsEmpty());
  EXPECT_EQ(complaint_.error, EOPNOTSUPP);  // it is a dump only
  RawMessage cut = Message(CTRL_CMD_GETFAMILY, {});
  cut.payload = cut.payload.subspan(0, 3);
  EXPECT_THAT(Families(cut), IsEmpty());
  EXPECT_EQ(complaint_.error, EINVAL);
}

// First the sets of each operation, then the attributes of each set.
TEST_F(ControllerTest, GoodPoliciesOfAFamily) {
  const std::vector<controller::Policy> policies = Policies(Named("thing"));
  ASSERT_GT(policies.size(), 2);
  EXPECT_EQ(policies[0].family_id, 0x20);
  ASSERT_THAT(policies[0].operations, SizeIs(1));
  EXPECT_EQ(policies[0].operations[0].command, 7);
  EXPECT_EQ(policies[0].operations[0].value.of_do, 0);
  EXPECT_EQ(policies[0].operations[0].value.of_dump, 0);
  EXPECT_EQ(policies[1].operations[0].command, 8);
  EXPECT_EQ(policies[1].operations[0].value.of_do, 1);
  EXPECT_EQ(policies[1].operations[0].value.of_dump, std::nullopt);
  ASSERT_THAT(policies[2].attributes, SizeIs(1));
  EXPECT_EQ(policies[2].attributes[0].set, 0);
  EXPECT_EQ(policies[2].attributes[0].attribute, 1);
  EXPECT_EQ(policies[2].attributes[0].value.max, 255);
}

TEST_F(ControllerTest, GoodOperationsOfASharedPolicyTellOneSet) {
  const std::vector<controller::Policy> policies = Policies(Named("shared"));
  EXPECT_EQ(policies[0].operations[0].value.of_do, 0);
  EXPECT_EQ(policies[1].operations[0].value.of_do, 0);
  EXPECT_EQ(policies[2].operations[0].value.of_do, 0);
}

TEST_F(ControllerTest, GoodPoliciesOfOneOperation) {
  const ByteString set = Join({Named("thing"), Attr(CTRL_ATTR_OP, {8, 0, 0, 0})});
  const std::vector<controller::Policy> policies = Policies(set);
  ASSERT_THAT(policies, SizeIs(3));
  EXPECT_EQ(policies[0].operations[0].command, 8);
  EXPECT_EQ(policies[0].operations[0].value.of_do, 0);
  EXPECT_EQ(policies[1].attributes[0].value.type, NL_ATTR_TYPE_U16);
  EXPECT_EQ(policies[2].attributes[0].value.type, NL_ATTR_TYPE_NUL_STRING);
}

TEST_F(ControllerTest, BadPoliciesThatAreNotThere) {
  const ByteString none = Join({Named("thing"), Attr(CTRL_ATTR_OP, {10, 0, 0, 0})});
  EXPECT_THAT(Policies(none), IsEmpty());
  EXPECT_EQ(complaint_.error, ENOENT);
  EXPECT_EQ(complaint_.place, payload_.data() + GENL_HDRLEN + Named("thing").size());
  EXPECT_THAT(Policies(Join({Named("thing"), Attr(CTRL_ATTR_OP, {9, 0, 0, 0})})), IsEmpty());
  EXPECT_EQ(complaint_.error, ENODATA);
  EXPECT_THAT(Policies(Named("old")), IsEmpty());
  EXPECT_EQ(complaint_.error, ENODATA);
  EXPECT_THAT(Policies(Named("nothing")), IsEmpty());
  EXPECT_EQ(complaint_.error, ENOENT);
  EXPECT_THAT(Policies({}), IsEmpty());
  EXPECT_EQ(complaint_.error, EINVAL);
  EXPECT_THAT(Policies(Join({Named("thing"), Attr(CTRL_ATTR_VERSION, {1, 0, 0, 0})})), IsEmpty());
  EXPECT_EQ(complaint_.text, "Unsupported attribute");
}

}  // namespace
}  // namespace genl::test
