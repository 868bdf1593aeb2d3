// A kernel for unit tests, in the process: no root, no module, no netlink socket.
//
//   Inventory inventory;                      // a thermo::Service
//   genl::FakeKernel kernel;
//   ASSERT_TRUE(kernel.Add(inventory).ok());
//   absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &kernel});
//
// Clients, dumps, batches and subscriptions work as with a kernel that has the family: requests are
// held to the spec, and refused with the same errors at the same attributes. And what a kernel does
// on bad days, this one does on demand.
#ifndef GENL_TESTING_FAKE_KERNEL_H_
#define GENL_TESTING_FAKE_KERNEL_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "genl/kernel_error.h"
#include "genl/poller.h"
#include "genl/service.h"
#include "genl/switchboard.h"
#include "genl/transport.h"

namespace genl {

// Outlives its clients. Methods of services are called on a thread of the kernel, one at a time; a
// method that makes a request of the same kernel waits for itself. Safe for several threads.
class FakeKernel : public Transport {
 public:
  FakeKernel();
  ~FakeKernel() override;

  // The family comes, as when its module is loaded. The service outlives the kernel, or is removed
  // before. AlreadyExists where the family is there.
  absl::Status Add(Service& service) { return switchboard_.Add(service); }
  // It goes, as when its module is unloaded; clients see Unavailable. When it is added again, it
  // has another number, which they find out, and who has subscribed is told (Restarted).
  void Remove(Service& service) { switchboard_.Remove(service); }

  // Whether clients have CAP_NET_ADMIN, as they have at first.
  void SetAdministrator(bool administrator) { administrator_ = administrator; }

  // Whether it tells what families accept, as it does at first; kernels before 5.8 do not, and
  // clients get Support::kNotSaid.
  void SetTellsPolicies(bool tells) { switchboard_.SetTellsPolicies(tells); }

  // The next request is refused.
  void FailNext(const KernelError& error);
  // The next dump, or the one that is going on, says that objects changed meanwhile: Aborted from
  // the stream, while Collect() starts again.
  void InterruptDump() { switchboard_.InterruptDump(); }
  // All who have subscribed to anything get Overrun.
  void LoseEvents() { switchboard_.LoseEvents(); }
  // Of the next datagram that leaves the kernel only so many bytes arrive.
  void TruncateNext(size_t bytes) { truncate_ = static_cast<ptrdiff_t>(bytes); }
  // The next two datagrams that leave the kernel arrive the other way round.
  void SwapNext() { swap_ = true; }
  // From now on each request waits so long before it is handled.
  void SetDelay(absl::Duration delay) { delay_ = absl::ToInt64Nanoseconds(delay); }

  // Of Transport; for clients.
  absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options,
                              int network_namespace) override;
  absl::StatusOr<uint16_t> ResolveFamily(Socket& socket, const std::string& family) override;
  absl::StatusOr<uint32_t> ResolveGroup(Socket& socket, const Family& family,
                                        const MulticastGroup& group) override;
  absl::Status Join(Socket& socket, const Family& family, const MulticastGroup& group) override;
  absl::Status Leave(Socket& socket, const Family& family, const MulticastGroup& group) override;

 private:
  // The kernel's end of a client's socket.
  struct End {
    uint32_t port = 0;
    int protocol = 0;
  };

  void Run();
  void Receive(int fd);
  Outbox::Result Deliver(uint32_t port, Bytes datagram);
  Outbox::Result Transmit(uint32_t port, Bytes datagram);

  Poller poller_;
  std::mutex lock_;                // of what follows; never held while the switchboard is called
  std::map<int, End> ends_;        // by descriptor
  std::map<uint32_t, int> ports_;  // and the other way
  uint32_t next_port_;
  std::vector<uint8_t> held_;  // back, until the next has gone
  uint32_t held_for_ = 0;
  std::atomic<bool> administrator_ = true;
  std::atomic<ptrdiff_t> truncate_ = -1;
  std::atomic<bool> swap_ = false;
  std::atomic<int64_t> delay_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<uint8_t> buffer_;
  Switchboard switchboard_;
  std::thread thread_;
};

}  // namespace genl

#endif  // GENL_TESTING_FAKE_KERNEL_H_
