// genlc's encoder and decoder beside others, on messages of the kernel that runs this; see
// compare.sh.
#include "tests/bench/neighbour.h"
#include "tests/bench/peers.h"
#include "tests/bench/runner.h"

namespace bench {
namespace {

constexpr const char* kTitles[kPieces] = {"encode request nlctrl getfamily",
                                          "decode reply of nlctrl getfamily",
                                          "decode rt-link, a bridge"};

int Main(const char* ynl, const char* only) {
  EnterNewNamespace();
  MakeLinks(0, 1);
  std::vector<Peer> peers = {MakeFloor(),        MakeGenlc(),  MakeGenlcView(),
                             MakeGenlcByValue(), MakeLibmnl(), MakeLibnl()};
  if (ynl != nullptr) peers.push_back(MakeYnl(ynl));

  Message messages[kPieces];
  std::vector<Case> cases;
  for (int piece = 0; piece < kPieces; ++piece) {
    Message& message = messages[piece];
    message = Record(static_cast<Piece>(piece));
    Case table{.name = kTitles[piece], .messages = 1, .counted_messages = 1, .contestants = {}};
    for (const Peer& peer : peers) {
      if (peer.codec[piece] == nullptr) continue;
      table.contestants.push_back(
          {peer.name, [run = peer.codec[piece], &message] { return run(message); }});
    }
    cases.push_back(std::move(table));
  }
  PrintTable(cases, only, [] {});
  return 0;
}

}  // namespace
}  // namespace bench

// As roundtrip's.
int main(int argc, char** argv) {
  return bench::Main(argc > 2 ? argv[2] : nullptr, argc > 1 ? argv[1] : "");
}
