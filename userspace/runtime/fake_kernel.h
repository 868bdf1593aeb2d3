// A kernel for the library's own tests: answers the bytes that a function says, also wrong ones and
// in the wrong order, which no service would send. Tests of programs use the fake kernel of
// userspace/testing: it has services, which answer as a kernel does.
//
//   FakeKernel kernel([](const FakeRequest& r) {
//     return std::vector<ByteString>{Ack(r), ...};   // one element, one datagram
//   });
//   Client::Connect(kFamily, {.transport = &kernel});
#ifndef GENL_FAKE_KERNEL_H_
#define GENL_FAKE_KERNEL_H_

#include <linux/netlink.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "genl/test_message.h"
#include "genl/transport.h"

namespace genl::test {

inline constexpr uint16_t kFakeFamilyId = 0x20;

struct FakeRequest {
  nlmsghdr header = {};
  bool generic = true;  // else of classic netlink
  uint16_t command = 0;
  ByteString attributes;  // a fixed header, if the family has one, and the attributes
};

// The parts of answers.
ByteString Message(uint16_t type, uint16_t flags, uint32_t sequence, uint32_t port,
                   const ByteString& payload);
// A message of the family, in answer to `request`: of the same command, or of another.
ByteString Reply(const FakeRequest& request, const ByteString& attributes, uint16_t flags = 0);
ByteString ReplyAs(uint16_t command, const FakeRequest& request, const ByteString& attributes,
                   uint16_t flags = 0);
// `error` is an errno, positive; 0 acknowledges.
ByteString Ack(const FakeRequest& request, int error = 0, const ByteString& extack = {});
// The end of a dump.
ByteString Done(const FakeRequest& request, int error = 0, const ByteString& extack = {});
// Of a generic family; of a classic one an event is a Message() of its command.
ByteString Event(uint8_t command, const ByteString& attributes);

class FakeKernel : public Transport {
 public:
  using Handler = std::function<std::vector<ByteString>(const FakeRequest&)>;

  explicit FakeKernel(Handler handler) : handler_(std::move(handler)) {}
  ~FakeKernel() override;

  absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options,
                              int network_namespace) override;
  absl::StatusOr<uint16_t> ResolveFamily(Socket& socket, const std::string& family) override;
  absl::StatusOr<uint32_t> ResolveGroup(Socket& socket, const Family& family,
                                        const MulticastGroup& group) override;
  absl::Status Join(Socket& socket, const Family& family, const MulticastGroup& group) override;
  absl::Status Leave(Socket& socket, const Family& family, const MulticastGroup& group) override;

  // Sends to the socket that joined a group last.
  void Tell(const ByteString& datagram);
  // The family goes, or comes with this number; 0: it is gone. Requests by another number are
  // refused as the kernel does it.
  void SetFamilyId(uint16_t id) { family_id_ = id; }
  // What was joined last stands last; the kernel's own groups are left out.
  const std::vector<std::string>& groups() const { return groups_; }
  // How often somebody asked for the number of a family.
  int resolutions() const { return resolutions_; }
  int sockets() const { return static_cast<int>(ends_.size()); }

 private:
  void Serve(int fd, uint32_t port, bool generic);
  void Answer(int fd, const FakeRequest& request);

  const Handler handler_;
  std::mutex handling_;  // one request at a time
  std::mutex opening_;
  std::vector<int> ends_;  // of the sockets, whose ports are kFirstPort and following
  std::vector<std::thread> threads_;
  std::atomic<uint16_t> family_id_ = kFakeFamilyId;
  std::atomic<uint32_t> listener_ = 0;  // the port of the socket that joined a group last
  std::atomic<int> resolutions_ = 0;
  std::vector<std::string> groups_;
};

}  // namespace genl::test

#endif  // GENL_FAKE_KERNEL_H_
