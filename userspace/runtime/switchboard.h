// Brings the messages of clients to services, and what these say to clients. Knows no socket: a
// FakeKernel and a Server have those.
#ifndef GENL_SWITCHBOARD_H_
#define GENL_SWITCHBOARD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "genl/caller.h"
#include "genl/message.h"
#include "genl/offer.h"
#include "genl/outbox.h"
#include "genl/served_dump.h"
#include "genl/service.h"
#include "genl/writer.h"

namespace genl {

// A client asks for the messages of a group, or no more for them, where it has no setsockopt() to
// say so: messages of these types (linux/netlink.h reserves all below NLMSG_MIN_TYPE), whose
// payload is the number of the group.
inline constexpr uint16_t kJoinType = NLMSG_MIN_TYPE - 2;
inline constexpr uint16_t kLeaveType = NLMSG_MIN_TYPE - 1;

// Safe for several threads. One request is handled at a time; its handler may send events.
class Switchboard {
 public:
  explicit Switchboard(Outbox::Deliver deliver) : deliver_(std::move(deliver)) {}
  ~Switchboard();

  // Offers a service, which outlives the switchboard or is removed before. AlreadyExists where one
  // of the same family is offered. A generic family gets a number that none had before, and who
  // listens for registrations is told.
  absl::Status Add(Service& service);
  void Remove(Service& service);

  // Handles the messages of a datagram. `protocol` is that of the client's socket.
  void Take(const Sender& sender, int protocol, Bytes datagram);

  // Says more to those who had no room for it: what waits, and the next objects of dumps.
  enum class Progress {
    kIdle,     // there is nothing more to say
    kBlocked,  // until a client reads
    kMore,
  };
  Progress Pump();

  // NotFound where no such service is offered.
  absl::StatusOr<uint16_t> FindFamily(absl::string_view name);
  absl::StatusOr<uint32_t> FindGroup(absl::string_view family, absl::string_view group);
  // PermissionDenied where the group is for administrators.
  absl::Status Join(const Sender& sender, int protocol, uint32_t group);
  void Leave(uint32_t port, int protocol, uint32_t group);
  // The client is gone.
  void Forget(uint32_t port);

  absl::Status Multicast(const Service& service, size_t event, const void* value);
  absl::Status Unicast(const Service& service, size_t event, uint32_t port, const void* value);

  // Faults, where a test wants them: the next dump says that it was interrupted; the next request
  // is refused; all who listen to a group are told that they missed something.
  void InterruptDump();
  void FailNext(Complaint complaint);
  void LoseEvents();
  // Whether CTRL_CMD_GETPOLICY is answered, as it is at first.
  void SetTellsPolicies(bool tells);

 private:
  // Below are the kernel's own families and groups.
  static constexpr uint16_t kFirstId = 0x20;
  static constexpr uint32_t kFirstGroup = 0x20;

  class Call;
  // What waits for a client: datagrams, and objects of a dump behind them.
  struct Client {
    Outbox outbox;
    std::unique_ptr<ServedDump> dump;
    const Service* dumped = nullptr;  // whose it is; null: of `nlctrl`
    bool gone = false;
  };
  struct Membership {
    int protocol;
    uint32_t group;
    auto operator<=>(const Membership&) const = default;
  };

  void Handle(const Sender& sender, int protocol, const RawMessage& message);
  bool Answer(const Sender& sender, int protocol, const RawMessage& message, Complaint& complaint);
  bool AnswerController(const Sender& sender, const RawMessage& message, Complaint& complaint);
  bool Control(const Sender& sender, int protocol, const RawMessage& message, Complaint& complaint);
  bool Serve(const Sender& sender, Offer& offer, const RawMessage& message, Complaint& complaint);
  bool IsDumping(uint32_t port) const;
  void Acknowledge(uint32_t port, const RawMessage& message, const Complaint& complaint);
  Offer* Find(int protocol, uint16_t type);
  Offer* Find(const Service& service);
  Outbox::Result Send(uint32_t port, Bytes datagram);
  void SendToGroup(const Membership& membership, Bytes datagram);
  void Announce(uint8_t command, const Offer& offer);
  absl::Status EncodeEvent(const Offer& offer, size_t event, const void* value, Permission reader);
  Progress PumpClient(uint32_t port, Client& client);

  std::recursive_mutex lock_;
  const Outbox::Deliver deliver_;
  std::vector<std::unique_ptr<Offer>> offers_;
  uint16_t next_id_ = kFirstId;
  uint32_t next_group_ = kFirstGroup;
  std::map<uint32_t, Client> clients_;  // those that wait for something
  std::map<Membership, std::vector<uint32_t>> members_;
  bool dumping_ = false;  // what is answered now ends as a dump does
  bool interrupt_ = false;
  bool tells_policies_ = true;
  std::unique_ptr<Complaint> failure_;
  Writer reply_;
  Writer event_;
  Writer acknowledgement_;
};

}  // namespace genl

#endif  // GENL_SWITCHBOARD_H_
