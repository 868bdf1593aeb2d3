// genlc beside other ways to talk netlink, on the kernel that runs this; see compare.sh.
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <memory>

#include "tests/bench/neighbour.h"
#include "tests/bench/peers.h"
#include "tests/bench/runner.h"

namespace bench {

namespace {

constexpr size_t kLinks = 1000;
// Where instructions are counted: to step through a thousand takes minutes.
constexpr size_t kCountedLinks = 10;

struct Title {
  const char* name;
  size_t messages;
  size_t counted_messages;
};

// Of links, `lo` is one more.
constexpr Title kTitles[kWorks] = {
    {"request nlctrl getfamily, ack", 1, 1},
    {"request nlctrl getfamily, no ack", 1, 1},
    {"dump nlctrl getfamily, whole", 1, 1},
    {"dump rt-link getlink, per link", kLinks + 1, kCountedLinks + 1},
    {"notification of rt-neigh", kTogether, kTogether},
    {"16 mptcp_pm get-limits, each", kTogether, kTogether},
};

// All but the sockets for notifications stay in the namespace with the links.
int Main(const char* ynl, const char* only) {
  EnterNewNamespace();
  MakeLinks(0, kCountedLinks);
  const int links = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  std::vector<Peer> peers = {MakeFloor(),        MakeGenlc(),  MakeGenlcView(),
                             MakeGenlcByValue(), MakeLibmnl(), MakeLibnl()};
  if (ynl != nullptr) peers.push_back(MakeYnl(ynl));

  std::vector<Case> cases;
  std::vector<std::unique_ptr<Neighbour>> neighbours;
  for (int work = 0; work < kWorks; ++work) {
    const Title& title = kTitles[work];
    Case table{.name = title.name,
               .messages = title.messages,
               .counted_messages = title.counted_messages,
               .contestants = {}};
    for (const Peer& peer : peers) {
      if (peer.run[work] == nullptr) continue;
      table.contestants.push_back({peer.name, peer.run[work]});
      if (work != kNotifications) continue;
      neighbours.push_back(std::make_unique<Neighbour>());
      peer.listen();
      Check(setns(links, CLONE_NEWNET) == 0, "setns");
    }
    if (work == kNotifications) {
      table.prepare = [&neighbours](size_t i) { neighbours[i]->Change(kTogether); };
    }
    if (!table.contestants.empty()) cases.push_back(std::move(table));
  }
  PrintTable(cases, only, [] { MakeLinks(kCountedLinks, kLinks); });
  return 0;
}

}  // namespace
}  // namespace bench

// roundtrip [WORK [YNL'S C]]: a part of the names of rows, by default all.
int main(int argc, char** argv) {
  return bench::Main(argc > 2 ? argv[2] : nullptr, argc > 1 ? argv[1] : "");
}
