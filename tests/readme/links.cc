#include <iostream>

#include "rt-link.genl.h"

int main() {
  absl::StatusOr<rt_link::Client> client = rt_link::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;

  const rt_link::LinkinfoBridgeAttrs bridge = {.stp_state = 1};
  const absl::Status made = client->Newlink(
      {.ifname = "br7", .linkinfo = rt_link::LinkinfoAttrs{.kind = "bridge", .data = bridge}},
      genl::RequestFlags::kCreate | genl::RequestFlags::kExclusive);
  if (!made.ok()) return std::cerr << made << "\n", 1;

  genl::Dump<rt_link::GetlinkReply> links = client->GetlinkDump();
  for (const rt_link::GetlinkReply& link : links) {
    std::cout << link.header.ifi_index << ": " << link.ifname.value_or("") << "\n";
  }
  if (!links.status().ok()) return std::cerr << links.status() << "\n", 1;
}
