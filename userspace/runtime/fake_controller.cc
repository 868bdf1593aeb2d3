#include "genl/fake_controller.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cerrno>
#include <string>

namespace genl::test {
namespace {

ByteString Number(uint64_t value, size_t width) {
  ByteString bytes;
  for (size_t i = 0; i < width; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
  return bytes;
}

ByteString U32(uint16_t type, uint64_t value) { return Attr(type, Number(value, 4)); }
ByteString U64(uint16_t type, uint64_t value) { return Attr(type, Number(value, 8)); }

ByteString Text(uint16_t type, const std::string& text) {
  ByteString bytes(text.begin(), text.end());
  bytes.push_back(0);
  return Attr(type, bytes);
}

ByteString Family(const FamilyPolicy& policy) {
  ByteString operations;
  ByteString groups;
  uint16_t count = 0;
  for (const OperationPolicy& operation : policy.operations) {
    operations = Join({operations, Attr(++count, {U32(CTRL_ATTR_OP_ID, operation.command),
                                                  U32(CTRL_ATTR_OP_FLAGS, operation.flags)})});
  }
  count = 0;
  for (const std::string& group : policy.groups) {
    groups = Join({groups, Attr(++count, {U32(CTRL_ATTR_MCAST_GRP_ID, 16u + count),
                                          Text(CTRL_ATTR_MCAST_GRP_NAME, group)})});
  }
  ByteString family =
      Join({Text(CTRL_ATTR_FAMILY_NAME, policy.name),
            Attr(CTRL_ATTR_FAMILY_ID, Number(policy.id, 2)), U32(CTRL_ATTR_VERSION, policy.version),
            U32(CTRL_ATTR_HDRSIZE, policy.header_size), U32(CTRL_ATTR_MAXATTR, 0)});
  if (!policy.operations.empty()) family = Join({family, Attr(CTRL_ATTR_OPS, {operations})});
  if (!policy.groups.empty()) family = Join({family, Attr(CTRL_ATTR_MCAST_GROUPS, {groups})});
  return family;
}

ByteString Limit(const AttributePolicy& attribute) {
  const Limits& limits = attribute.limits;
  const bool is_signed =
      (attribute.type >= PolicyType::kS8 && attribute.type <= PolicyType::kS64) ||
      attribute.type == PolicyType::kSint;
  switch (limits.type) {
    case Limits::Type::kNone: return {};
    case Limits::Type::kRange:
      if (is_signed) {
        return Join({U64(NL_POLICY_TYPE_ATTR_MIN_VALUE_S, limits.low),
                     U64(NL_POLICY_TYPE_ATTR_MAX_VALUE_S, limits.high)});
      }
      return Join({U64(NL_POLICY_TYPE_ATTR_MIN_VALUE_U, limits.low),
                   U64(NL_POLICY_TYPE_ATTR_MAX_VALUE_U, limits.high)});
    case Limits::Type::kMask:
      if (attribute.type == PolicyType::kBitfield32) {
        return U32(NL_POLICY_TYPE_ATTR_BITFIELD32_MASK, limits.high);
      }
      return U64(NL_POLICY_TYPE_ATTR_MASK, limits.high);
    case Limits::Type::kLength: break;
  }
  ByteString length;
  if (limits.low != 0) length = U32(NL_POLICY_TYPE_ATTR_MIN_LENGTH, limits.low);
  if (limits.high == Limits::kNoMaximum) return length;
  return Join({length, U32(NL_POLICY_TYPE_ATTR_MAX_LENGTH, limits.high)});
}

ByteString Attribute(uint16_t set, const AttributePolicy& attribute) {
  ByteString entry = Join(
      {Limit(attribute), U32(NL_POLICY_TYPE_ATTR_TYPE, static_cast<uint32_t>(attribute.type))});
  if (attribute.nested) {
    entry = Join({entry, U32(NL_POLICY_TYPE_ATTR_POLICY_IDX, *attribute.nested),
                  U32(NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE, 1)});
  }
  return Attr(CTRL_ATTR_POLICY, {Attr(set, {Attr(attribute.number, {entry})})});
}

// The order of the kernel: the sets of the operations, then the attributes of each set.
std::vector<ByteString> Policies(const FakeRequest& request, const FamilyPolicy& policy) {
  std::vector<ByteString> messages;
  const auto add = [&](const ByteString& attributes) {
    messages.push_back(Reply(
        request, Join({Attr(CTRL_ATTR_FAMILY_ID, Number(policy.id, 2)), attributes}), NLM_F_MULTI));
  };
  for (const OperationPolicy& operation : policy.operations) {
    ByteString sets;
    if (operation.do_set) sets = U32(CTRL_ATTR_POLICY_DO, *operation.do_set);
    if (operation.dump_set) sets = Join({sets, U32(CTRL_ATTR_POLICY_DUMP, *operation.dump_set)});
    if (sets.empty()) continue;
    add(Attr(CTRL_ATTR_OP_POLICY, {Attr(static_cast<uint16_t>(operation.command), {sets})}));
  }
  for (size_t i = 0; i < policy.sets.size(); ++i) {
    for (const AttributePolicy& attribute : policy.sets[i]) {
      add(Attribute(static_cast<uint16_t>(i), attribute));
    }
  }
  messages.push_back(Done(request));
  return messages;
}

}  // namespace

bool IsForController(const FakeRequest& request) {
  return request.command == CTRL_CMD_GETFAMILY || request.command == CTRL_CMD_GETPOLICY;
}

std::vector<ByteString> TellPolicy(const FakeRequest& request, const FamilyPolicy& policy) {
  if (request.command == CTRL_CMD_GETPOLICY) {
    if (policy.sets.empty()) return {Ack(request, ENODATA)};
    return Policies(request, policy);
  }
  const bool dump = (request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
  return {ReplyAs(CTRL_CMD_NEWFAMILY, request, Family(policy)),
          dump ? Done(request) : Ack(request)};
}

}  // namespace genl::test
