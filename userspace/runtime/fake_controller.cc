#include "genl/fake_controller.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cerrno>

#include "genl/encode.h"
#include "genl/family_policy.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

// Below are the kernel's own.
constexpr uint32_t kFirstGroup = 0x20;

template <typename Message>
ByteString Attributes(const Operation& operation, const Message& message) {
  Writer writer;
  EXPECT_TRUE(Encode(*operation.reply, &message, writer).ok());
  return ByteString(writer.bytes().begin(), writer.bytes().end());
}

}  // namespace

bool IsForController(const FakeRequest& request) {
  return request.command == CTRL_CMD_GETFAMILY || request.command == CTRL_CMD_GETPOLICY;
}

std::vector<ByteString> TellPolicy(const FakeRequest& request, const FamilyPolicy& policy) {
  std::vector<ByteString> messages;
  if (request.command == CTRL_CMD_GETPOLICY) {
    if (policy.sets.empty()) return {Ack(request, ENODATA)};
    for (const controller::Policy& message : PolicyMessages(policy)) {
      messages.push_back(Reply(request, Attributes(controller::kGetPolicy, message), NLM_F_MULTI));
    }
    messages.push_back(Done(request));
    return messages;
  }
  const bool dump = (request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
  const controller::Family family = NewFamilyMessage(policy, kFirstGroup);
  return {ReplyAs(CTRL_CMD_NEWFAMILY, request, Attributes(controller::kGetFamily, family)),
          dump ? Done(request) : Ack(request)};
}

}  // namespace genl::test
