#include "tests/bench/neighbour.h"

#include <net/if.h>
#include <sched.h>
#include <sys/socket.h>

#include "absl/strings/str_cat.h"
#include "tests/bench/peers.h"
#include "tests/families/rt-link.genl.h"
#include "tests/families/rt-neigh.genl.h"

namespace bench {
namespace {

using genl::RequestFlags;

void Must(const absl::Status& status) { Check(status.ok(), status.ToString().c_str()); }

}  // namespace

void EnterNewNamespace() { Check(unshare(CLONE_NEWNET) == 0, "a network namespace (as root)"); }

void MakeLinks(size_t first, size_t end) {
  absl::StatusOr<rt_link::Client> client = rt_link::Client::Connect();
  Must(client.status());
  genl::Batch batch = client->NewBatch();
  for (size_t i = first; i < end; ++i) {
    batch.Add(
        rt_link::operation::kNewlink,
        {.ifname = absl::StrCat("br", i), .linkinfo = rt_link::LinkinfoAttrs{.kind = "bridge"}},
        RequestFlags::kCreate);
  }
  Must(batch.Send());
}

struct Neighbour::State {
  explicit State(rt_neigh::Client connected) : client(std::move(connected)) {}

  rt_neigh::Client client;
  rt_neigh::NewneighRequest entry;
};

Neighbour::Neighbour() {
  EnterNewNamespace();
  MakeLinks(0, 1);
  const int index = static_cast<int>(if_nametoindex("br0"));
  absl::StatusOr<rt_link::Client> links = rt_link::Client::Connect();
  Must(links.status());
  const rt_link::IfinfoFlags up = rt_link::IfinfoFlags::kUp;
  Must(links->Newlink({.header = {.ifi_index = index, .ifi_flags = up, .ifi_change = 1}}));
  absl::StatusOr<rt_neigh::Client> client = rt_neigh::Client::Connect();
  Must(client.status());
  state_ = std::make_unique<State>(*std::move(client));
  state_->entry = {.header = {.ndm_family = AF_INET,
                              .ndm_ifindex = index,
                              .ndm_state = rt_neigh::NudState::kPermanent},
                   .dst = std::vector<uint8_t>{192, 0, 2, 7},
                   .lladdr = std::vector<uint8_t>{2, 0, 0, 0, 0, 0}};
}

Neighbour::~Neighbour() = default;

void Neighbour::Change(size_t count) {
  genl::Batch batch = state_->client.NewBatch();
  for (size_t i = 0; i < count; ++i) {
    ++state_->entry.lladdr->back();
    batch.Add(rt_neigh::operation::kNewneigh, state_->entry,
              RequestFlags::kCreate | RequestFlags::kReplace);
  }
  Must(batch.Send());
}

}  // namespace bench
