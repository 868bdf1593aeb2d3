// One conversation with the kernel at a time, and those that wait for the next.
#ifndef GENL_LANE_H_
#define GENL_LANE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "genl/endpoint.h"
#include "genl/message.h"
#include "genl/socket.h"
#include "genl/writer.h"

namespace genl {

// A socket, the number of the last request on it, and memory for requests.
struct Lane {
  explicit Lane(Socket opened) : socket(std::move(opened)) {}

  uint32_t NextSequence() { return ++sequence; }
  // Whether the message answers the last request. What is left of an earlier one, which ran out of
  // time, is of no interest any more.
  bool IsAnswered(const nlmsghdr& header) const {
    return header.nlmsg_seq == sequence && header.nlmsg_pid == socket.port();
  }

  Socket socket;
  uint32_t sequence = 0;
  Writer writer;
};

// The lanes of a client. Whoever talks to the kernel takes one, so that threads do not wait for
// each other, and requests can be made between two objects of a dump.
class Lanes {
 public:
  // Opens a lane where all are taken.
  absl::StatusOr<std::unique_ptr<Lane>> Take(const Endpoint& endpoint);
  // For the next. A lane on which the kernel still talks, as after a dump that was left early, is
  // dropped instead.
  void Keep(std::unique_ptr<Lane> lane);

 private:
  // More threads than that at once cost a socket each time.
  static constexpr size_t kMostIdle = 8;

  std::mutex lock_;
  std::vector<std::unique_ptr<Lane>> idle_;
};

}  // namespace genl

#endif  // GENL_LANE_H_
