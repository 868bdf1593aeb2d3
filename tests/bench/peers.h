// Several ways to talk netlink, each of which does the same work: reads the same attributes into
// memory that it uses again, as far as its library lets it.
#ifndef TESTS_BENCH_PEERS_H_
#define TESTS_BENCH_PEERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bench {

enum Work {
  kRequest,            // the family `nlctrl` by its name, with an acknowledgement
  kRequestWithoutAck,  // the same, where the reply is the end
  kDumpFamilies,
  kDumpLinks,
  kNotifications,  // kTogether of a neighbour, which wait in the socket
  kBatch,          // kTogether requests for the limits of MPTCP
  kWorks,
};

inline constexpr size_t kTogether = 16;

// The same without a kernel: bytes to values, and values to bytes.
enum Piece {
  kEncodeRequest,  // for the family `nlctrl` by its name
  kDecodeFamily,   // the reply
  kDecodeLink,     // of a bridge
  kPieces,
};

using Message = std::vector<uint8_t>;

// Its sockets are opened in the network namespace of the thread that makes it.
struct Peer {
  std::string name;
  // As Contestant::run; null: the library cannot do it.
  std::array<std::function<size_t()>, kWorks> run = {};
  // As Contestant::run, of a message that Record() has got.
  std::array<std::function<size_t(Message& message)>, kPieces> codec = {};
  // Opens the socket for notifications, in the network namespace of the calling thread.
  std::function<void()> listen = {};
};

// Sends prebuilt bytes and receives; looks at nothing but the headers that say how a dump ends.
Peer MakeFloor();
Peer MakeGenlc();
Peer MakeGenlcView();     // reads what hand-written programs do
Peer MakeGenlcByValue();  // as the short methods of a client: a new reply each time
Peer MakeLibnl();
Peer MakeLibmnl();
// What YNL generates in C, in the shared object `path` (see ynl_peer.c).
Peer MakeYnl(const char* path);

// What the kernel is asked, or answers, of `br0` in the network namespace of the calling thread.
Message Record(Piece piece);

// Ends the program, with `what` and errno, where something did not go as it must.
void Check(bool good, const char* what);

// What hand-written programs read a family into.
struct Family {
  struct Operation {
    uint32_t id;
    uint32_t flags;
  };
  struct Group {
    uint32_t id;
    std::string name;
  };

  // Keeps the memory of the lists.
  void Clear() {
    operations.clear();
    groups.clear();
  }

  uint16_t id = 0;
  std::string name;
  uint32_t version = 0;
  uint32_t header_size = 0;
  uint32_t max_attribute = 0;
  std::vector<Operation> operations;
  std::vector<Group> groups;
};

// Of a link they read what `ip link` shows: a dozen of some sixty attributes.
struct Link {
  int32_t index = 0;
  uint32_t flags = 0;
  std::string name;
  uint8_t address[32] = {};
  uint8_t broadcast[32] = {};
  uint32_t mtu = 0;
  uint32_t queue_length = 0;
  uint32_t group = 0;
  uint8_t state = 0;
  uint8_t mode = 0;
  std::string discipline;
  uint8_t statistics[192] = {};  // struct rtnl_link_stats64
};

struct NeighbourEntry {
  int32_t index = 0;
  uint16_t state = 0;
  uint8_t address[16] = {};
  uint8_t link_address[32] = {};
  uint32_t probes = 0;
  uint8_t cache_info[16] = {};
};

}  // namespace bench

#endif  // TESTS_BENCH_PEERS_H_
