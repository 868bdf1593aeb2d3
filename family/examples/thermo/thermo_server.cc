// The inventory as a process of its own: thermo_server PORT
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "family/examples/thermo/inventory.h"
#include "genl/server.h"

namespace {

absl::Status Serve(uint32_t port) {
  Inventory inventory;
  absl::StatusOr<std::unique_ptr<genl::Server>> server = genl::Server::Listen({.port = port});
  if (!server.ok()) return server.status();
  absl::Status status = (*server)->Add(inventory);
  if (!status.ok()) return status;
  return (*server)->Run();
}

}  // namespace

int main(int argc, char** argv) {
  const int port = argc == 2 ? std::atoi(argv[1]) : 0;
  if (port <= 0) {
    std::fprintf(stderr, "usage: thermo_server PORT\n");
    return 2;
  }
  const absl::Status status = Serve(static_cast<uint32_t>(port));
  std::fprintf(stderr, "thermo_server: %s\n", status.ToString().c_str());
  return 1;
}
