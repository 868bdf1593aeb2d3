#include "genl/controller.h"

#include <linux/genetlink.h>

#include <cerrno>

#include "genl/controller_messages.h"
#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/endpoint.h"
#include "genl/family_policy.h"
#include "genl/policy_check.h"
#include "genl/value_check.h"

namespace genl {
namespace {

using Offers = std::vector<std::unique_ptr<Offer>>;

const Framing kFraming(kController, GENL_ID_CTRL);

bool IsDump(const RawMessage& message) {
  return (message.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
}

// As the kernel checks it: of old what asks for families, strictly what asks for policies.
bool ReadRequest(const Operation& operation, Validation validation, const RawMessage& message,
                 controller::Request& request, Complaint& complaint) {
  const Bytes attributes = message.payload.subspan(GENL_HDRLEN);
  RequestPolicy policy;
  policy.Add(operation.request);
  if (!CheckPolicy(policy, validation, attributes, complaint)) return false;
  if (!Decode(*operation.request, attributes, &request).ok()) {
    return complaint.Set(EINVAL, "", nullptr);
  }
  return request.family_id || request.family_name || complaint.Set(EINVAL, "", nullptr);
}

// Whom the request names, by one or the other.
const Offer* FindOffer(const Offers& offers, const controller::Request& request) {
  for (const auto& offer : offers) {
    if (!offer->family().is_generic()) continue;
    const bool wanted = request.family_id ? *request.family_id == offer->id()
                                          : *request.family_name == offer->family().name;
    if (wanted) return offer.get();
  }
  return nullptr;
}

const uint8_t* PlaceOf(uint16_t number, const RawMessage& message) {
  AttributeReader reader(message.payload.subspan(GENL_HDRLEN));
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (raw->number == number) return HeaderOf(*raw);
  }
  return nullptr;
}

void DumpFamilies(const Offers& offers, uint32_t sequence, uint32_t port, Writer& reply) {
  for (const auto& offer : offers) {
    if (!offer->family().is_generic()) continue;
    const Writer::Mark mark = reply.bytes().size();
    EncodeFamily(*offer, CTRL_CMD_NEWFAMILY, sequence, port, reply);
    reply.SetFlags(mark, NLM_F_MULTI);
  }
  const Writer::Mark mark = reply.BeginMessage(NLMSG_DONE, NLM_F_MULTI, port);
  reply.SetSequence(mark, sequence);
  const int32_t error = 0;
  reply.Append(&error, sizeof(error));
  reply.FinishMessage(mark);
}

}  // namespace

void EncodeFamily(const Offer& offer, uint8_t command, uint32_t sequence, uint32_t port,
                  Writer& writer) {
  controller::Family family = NewFamilyMessage(PolicyOf(offer), offer.first_group());
  const bool shared = offer.table().scope == PolicyScope::kFamily;
  if (shared && !offer.table().operations.empty()) {
    const RequestPolicy& policy = offer.PolicyOf(offer.table().operations[0]);
    family.max_attribute = policy.empty() ? 0 : policy.last();
  }
  const Writer::Mark mark = kFraming.Begin(writer, command, 0, port);
  writer.SetSequence(mark, sequence);
  // It is too long for no message: a family has at most 256 operations, and few groups.
  (void)Encode(controller::kFamilyLayout, &family, writer);
  writer.FinishMessage(mark);
}

bool AnswerController(const Offers& offers, const RawMessage& message, uint32_t port, Writer& reply,
                      Complaint& complaint) {
  if (message.payload.size() < GENL_HDRLEN) return complaint.Set(EINVAL, "", nullptr);
  if (message.payload[0] != CTRL_CMD_GETFAMILY) return complaint.Set(EOPNOTSUPP, "", nullptr);
  const uint32_t sequence = message.header.nlmsg_seq;
  if (IsDump(message)) {
    DumpFamilies(offers, sequence, port, reply);
    return true;
  }
  controller::Request request;
  if (!ReadRequest(controller::kGetFamily, Validation::kLiberal, message, request, complaint)) {
    return false;
  }
  const Offer* const offer = FindOffer(offers, request);
  if (offer == nullptr) return complaint.Set(ENOENT, "", nullptr);
  EncodeFamily(*offer, CTRL_CMD_NEWFAMILY, sequence, port, reply);
  return true;
}

bool AsksForPolicy(const RawMessage& message) {
  return IsDump(message) && message.payload.size() >= GENL_HDRLEN &&
         message.payload[0] == CTRL_CMD_GETPOLICY;
}

// In the order of ctrl_dumppolicy_start() of the kernel's net/netlink/genetlink.c.
std::unique_ptr<ObjectSource> PolicyObjects(const Offers& offers, const RawMessage& message,
                                            Complaint& complaint) {
  controller::Request request;
  if (!ReadRequest(controller::kGetPolicy, Validation::kStrict, message, request, complaint)) {
    return nullptr;
  }
  const Offer* const offer = FindOffer(offers, request);
  if (offer == nullptr) {
    complaint.Set(ENOENT, "", nullptr);
    return nullptr;
  }
  const FamilyPolicy policy = PolicyOf(*offer, request.operation);
  if (request.operation && policy.operations.empty()) {
    complaint.Set(ENOENT, "", PlaceOf(CTRL_ATTR_OP, message));
    return nullptr;
  }
  if (policy.sets.empty()) {
    complaint.Set(ENODATA, "", nullptr);
    return nullptr;
  }
  return Objects<controller::Policy>(PolicyMessages(policy)).TakeSource();
}

}  // namespace genl
