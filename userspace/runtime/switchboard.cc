#include "genl/switchboard.h"

#include <linux/genetlink.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/controller.h"
#include "genl/controller_messages.h"
#include "genl/decode.h"
#include "genl/endpoint.h"
#include "genl/liberal.h"
#include "genl/policy_check.h"

namespace genl {
namespace {

using Guard = std::lock_guard<std::recursive_mutex>;

// Of an operation that takes neither header nor attributes.
constexpr AttributeSet kNoAttributes = {};
constexpr Layout kNothing = {.set = &kNoAttributes};

bool IsDump(const nlmsghdr& header) { return (header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP; }

bool IsForGroup(const nlmsghdr& header) {
  return header.nlmsg_type == kJoinType || header.nlmsg_type == kLeaveType;
}

// Who hears how a request has ended.
uint32_t AcknowledgedPort(const Sender& sender, const RawMessage& message) {
  if (!IsForGroup(message.header) || message.payload.size() < 2 * sizeof(uint32_t)) {
    return sender.port;
  }
  return LoadBytes<uint32_t>(message.payload.data() + sizeof(uint32_t));
}

// What may be told to it; of the two rights of a kernel, a service knows one.
Permission PermissionOf(const Sender& sender) {
  return sender.administrator ? Permission::kAdmin : Permission::kAnyone;
}

Bytes Whole(const RawMessage& message) {
  return Bytes(message.payload.data() - NLMSG_HDRLEN, message.payload.size() + NLMSG_HDRLEN);
}

}  // namespace

// One request on its way through a method.
class Switchboard::Call : public ServiceCall {
 public:
  Call(Switchboard& switchboard, const Sender& sender, Offer& offer, const ServedOperation& row,
       const RawMessage& message, Bytes payload)
      : switchboard_(switchboard),
        sender_(sender),
        offer_(offer),
        row_(row),
        message_(message),
        payload_(payload),
        caller_(sender, static_cast<RequestFlags>(message.header.nlmsg_flags & kModifiers),
                row.operation->request) {}

  Caller& caller() override { return caller_; }

  absl::Status Read(void* request) override {
    const Layout& layout = *row_.operation->request;
    absl::Status status = Decode(layout, payload_, request);
    if (!status.ok() && row_.validation == Validation::kLiberal) {
      Writer tidy;
      Tidy(layout, payload_, tidy);
      status = Decode(layout, tidy.bytes(), request);
    }
    if (!status.ok()) return absl::InvalidArgumentError(status.message());
    offer_.ApplyDefaults(layout, request);
    caller_.set_request(request);
    return status;
  }

  absl::Status Reply(const void* reply) override {
    Writer& writer = switchboard_.reply_;
    const Operation& operation = *row_.operation;
    const Writer::Mark mark =
        offer_.framing().Begin(writer, operation.reply_command, 0, sender_.port);
    writer.SetSequence(mark, message_.header.nlmsg_seq);
    const absl::Status status =
        EncodeFor(offer_.Telling(PermissionOf(sender_)), *operation.reply, reply, writer);
    writer.FinishMessage(mark);
    return status.ok() ? status
                       : Refuse({.error = EMSGSIZE, .message = std::string(status.message())});
  }

  void Stream(std::unique_ptr<ObjectSource> source, const Generation* generation) override {
    Client& client = switchboard_.clients_[sender_.port];
    client.dumped = &offer_.service();
    client.dump = std::make_unique<ServedDump>(*row_.operation, offer_.framing(), message_.header,
                                               sender_.port, offer_.Telling(PermissionOf(sender_)),
                                               std::move(source), generation);
  }

 private:
  // The flags that only some requests have; those of a dump are not among them.
  static constexpr uint16_t kModifiers =
      NLM_F_REPLACE | NLM_F_EXCL | NLM_F_CREATE | NLM_F_APPEND | NLM_F_ECHO;

  Switchboard& switchboard_;
  const Sender& sender_;
  Offer& offer_;
  const ServedOperation& row_;
  const RawMessage& message_;
  const Bytes payload_;
  Caller caller_;
};

Switchboard::~Switchboard() {
  for (const auto& offer : offers_) offer->service().switchboard_ = nullptr;
}

absl::Status Switchboard::Add(Service& service) {
  const Guard guard(lock_);
  const Family& family = service.table().family;
  for (const auto& offer : offers_) {
    if (absl::string_view(offer->family().name) == family.name) {
      return absl::AlreadyExistsError(absl::StrCat("`", family.name, "` is offered already"));
    }
  }
  offers_.push_back(std::make_unique<Offer>(service, next_id_, next_group_));
  ++next_id_;
  next_group_ += static_cast<uint32_t>(service.table().groups.size());
  service.switchboard_ = this;
  if (family.is_generic()) Announce(CTRL_CMD_NEWFAMILY, *offers_.back());
  return absl::OkStatus();
}

void Switchboard::Remove(Service& service) {
  const Guard guard(lock_);
  const auto found = std::find_if(offers_.begin(), offers_.end(),
                                  [&](const auto& offer) { return &offer->service() == &service; });
  if (found == offers_.end()) return;
  const Offer& offer = **found;
  for (auto& [port, client] : clients_) {
    if (client.dump != nullptr && client.dumped == &service) client.dump->Abort(EPROTONOSUPPORT);
  }
  for (size_t i = 0; i < offer.table().groups.size(); ++i) {
    members_.erase({offer.family().protocol, offer.NumberOf(i)});
  }
  service.switchboard_ = nullptr;
  if (offer.family().is_generic()) Announce(CTRL_CMD_DELFAMILY, offer);
  offers_.erase(found);
}

Offer* Switchboard::Find(int protocol, uint16_t type) {
  for (const auto& offer : offers_) {
    const Family& family = offer->family();
    if (family.protocol != protocol) continue;
    if (!family.is_generic() || offer->id() == type) return offer.get();
  }
  return nullptr;
}

Offer* Switchboard::Find(const Service& service) {
  for (const auto& offer : offers_) {
    if (&offer->service() == &service) return offer.get();
  }
  return nullptr;
}

void Switchboard::Take(const Sender& sender, int protocol, Bytes datagram) {
  const Guard guard(lock_);
  MessageReader reader(datagram);
  while (const std::optional<RawMessage> message = reader.Next()) {
    Handle(sender, protocol, *message);
  }
}

// As netlink_rcv_skb() of the kernel: what is no request is at most acknowledged.
void Switchboard::Handle(const Sender& sender, int protocol, const RawMessage& message) {
  Complaint complaint;
  reply_.Clear();
  dumping_ = false;
  const uint16_t flags = message.header.nlmsg_flags;
  const bool request = (flags & NLM_F_REQUEST) != 0;
  const bool done = !request || Answer(sender, protocol, message, complaint);
  if (done && !reply_.bytes().empty()) Send(sender.port, reply_.bytes());
  // The end of a dump says what an acknowledgement would.
  if (!done || (!dumping_ && (flags & NLM_F_ACK) != 0)) {
    Acknowledge(AcknowledgedPort(sender, message), message, complaint);
  }
}

// False where the request is refused; else `complaint` may hold a warning.
bool Switchboard::Answer(const Sender& sender, int protocol, const RawMessage& message,
                         Complaint& complaint) {
  const uint16_t type = message.header.nlmsg_type;
  if (type < NLMSG_MIN_TYPE) return Control(sender, protocol, message, complaint);
  if (protocol == NETLINK_GENERIC && type == GENL_ID_CTRL) {
    return AnswerController(sender, message, complaint);
  }
  if (failure_ != nullptr) {
    complaint = *std::exchange(failure_, nullptr);
    return false;
  }
  Offer* offer = Find(protocol, type);
  if (offer == nullptr)
    return complaint.Set(protocol == NETLINK_GENERIC ? ENOENT : EOPNOTSUPP, "", nullptr);
  return Serve(sender, *offer, message, complaint);
}

bool Switchboard::AnswerController(const Sender& sender, const RawMessage& message,
                                   Complaint& complaint) {
  dumping_ = IsDump(message.header);
  if (!AsksForPolicy(message) || !tells_policies_) {
    return genl::AnswerController(offers_, message, sender.port, reply_, complaint);
  }
  if (IsDumping(sender.port)) return complaint.Set(EBUSY, "", nullptr);
  std::unique_ptr<ObjectSource> policies = PolicyObjects(offers_, message, complaint);
  if (policies == nullptr) return false;
  Client& client = clients_[sender.port];
  client.dumped = nullptr;
  client.dump = std::make_unique<ServedDump>(
      controller::kGetPolicy, Framing(kController, GENL_ID_CTRL), message.header, sender.port,
      Discretion(), std::move(policies), nullptr);
  return true;
}

bool Switchboard::IsDumping(uint32_t port) const {
  const auto client = clients_.find(port);
  return client != clients_.end() && client->second.dump != nullptr;
}

bool Switchboard::Control(const Sender& sender, int protocol, const RawMessage& message,
                          Complaint& complaint) {
  const uint16_t type = message.header.nlmsg_type;
  if (!IsForGroup(message.header)) return true;
  if (message.payload.size() < 2 * sizeof(uint32_t)) return complaint.Set(EINVAL, "", nullptr);
  const uint32_t group = LoadBytes<uint32_t>(message.payload.data());
  if (type == kLeaveType) {
    Leave(sender.port, protocol, group);
    return true;
  }
  const absl::Status joined = Join(sender, protocol, group);
  if (!joined.ok()) complaint = ComplaintOf(joined, nullptr, {}, 0);
  return joined.ok();
}

// In the order of genl_rcv_msg() of the kernel, and then of a generated module.
bool Switchboard::Serve(const Sender& sender, Offer& offer, const RawMessage& message,
                        Complaint& complaint) {
  const std::optional<FamilyMessage> request = offer.framing().Read(message);
  if (!request) return complaint.Set(EINVAL, "", nullptr);
  // The flags of a dump are, in classic netlink, also two of those that say how to make something.
  const bool both = !offer.family().is_generic() && offer.Find(request->command, true) == nullptr;
  const bool dump = IsDump(message.header) && !both;
  const ServedOperation* row = offer.Find(request->command, dump);
  if (row == nullptr) return complaint.Set(EOPNOTSUPP, "", nullptr);
  if (row->permission != Permission::kAnyone && !sender.administrator) {
    return complaint.Set(EPERM, "", nullptr);
  }
  const Layout& layout = row->operation->request != nullptr ? *row->operation->request : kNothing;
  if (request->payload.size() < HeaderSize(layout)) return complaint.Set(EINVAL, "", nullptr);
  const Bytes attributes = request->payload.subspan(HeaderSize(layout));
  const RequestPolicy& policy = offer.PolicyOf(*row);
  const bool strict = row->validation == Validation::kStrict;
  const bool complete = strict && offer.table().scope == PolicyScope::kSide;
  if (!policy.allows_all() && (!CheckPolicy(policy, row->validation, attributes, complaint) ||
                               !CheckRequest(layout, attributes, complete, complaint))) {
    return false;
  }
  if (dump && IsDumping(sender.port)) return complaint.Set(EBUSY, "", nullptr);
  Call call(*this, sender, offer, *row, message, request->payload);
  const absl::Status status = row->serve(offer.service(), call);
  dumping_ = dump;
  const Bytes whole = Whole(message);
  const size_t header = static_cast<size_t>(attributes.data() - whole.data());
  if (!status.ok()) complaint = ComplaintOf(status, row->operation->request, whole, header);
  complaint.text = status.ok() ? call.caller().warning() : complaint.text;
  return status.ok();
}

void Switchboard::Acknowledge(uint32_t port, const RawMessage& message,
                              const Complaint& complaint) {
  Writer& writer = acknowledgement_;
  writer.Clear();
  writer.BeginMessage(NLMSG_ERROR, NLM_F_CAPPED, port);
  writer.SetSequence(0, message.header.nlmsg_seq);
  const int32_t error = -complaint.error;
  writer.Append(&error, sizeof(error));
  writer.Append(&message.header, sizeof(message.header));
  const size_t size = writer.bytes().size();
  EncodeExtAck(complaint, Whole(message), writer);
  if (writer.bytes().size() > size) writer.SetFlags(0, NLM_F_CAPPED | NLM_F_ACK_TLVS);
  writer.FinishMessage(0);
  Send(port, writer.bytes());
}

Outbox::Result Switchboard::Send(uint32_t port, Bytes datagram) {
  const auto client = clients_.find(port);
  if (client != clients_.end() && client->second.gone) return Outbox::Result::kGone;
  if (client == clients_.end() || client->second.outbox.empty()) {
    const Outbox::Result result = deliver_(port, datagram);
    if (result == Outbox::Result::kGone) Forget(port);
    if (result != Outbox::Result::kFull) return result;
  }
  clients_[port].outbox.Add(datagram);
  return Outbox::Result::kSent;
}

Switchboard::Progress Switchboard::Pump() {
  const Guard guard(lock_);
  Progress progress = Progress::kIdle;
  for (auto it = clients_.begin(); it != clients_.end();) {
    const Progress one = PumpClient(it->first, it->second);
    it = one == Progress::kIdle ? clients_.erase(it) : std::next(it);
    progress = std::max(progress, one);
  }
  return progress;
}

// kIdle where nothing is left for the client.
Switchboard::Progress Switchboard::PumpClient(uint32_t port, Client& client) {
  // Others have their turn, too.
  constexpr int kMostDatagrams = 16;
  for (int i = 0; i < kMostDatagrams; ++i) {
    const Outbox::Result result = client.outbox.Flush(port, deliver_);
    if (result == Outbox::Result::kFull) return Progress::kBlocked;
    if (result == Outbox::Result::kGone) Forget(port);
    if (client.gone) return Progress::kIdle;
    if (client.dump == nullptr) return Progress::kIdle;
    if (client.dumped != nullptr && std::exchange(interrupt_, false)) client.dump->Interrupt();
    const Bytes datagram = client.dump->Next();
    if (deliver_(port, datagram) != Outbox::Result::kSent) client.outbox.Add(datagram);
    if (client.dump->at_end()) client.dump.reset();
  }
  return Progress::kMore;
}

void Switchboard::InterruptDump() {
  const Guard guard(lock_);
  interrupt_ = true;
}

void Switchboard::SetTellsPolicies(bool tells) {
  const Guard guard(lock_);
  tells_policies_ = tells;
}

void Switchboard::FailNext(Complaint complaint) {
  const Guard guard(lock_);
  failure_ = std::make_unique<Complaint>(std::move(complaint));
}

}  // namespace genl
