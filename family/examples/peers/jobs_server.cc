// Serves a queue of jobs until it is killed: jobs_server [PORT]
//
// Without PORT it takes one that is free. It prints its port when clients may come.
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "family/examples/peers/job_queue.h"
#include "genl/server.h"

namespace {

absl::Status Serve(uint32_t port) {
  JobQueue queue;
  absl::StatusOr<std::unique_ptr<genl::Server>> server = genl::Server::Listen({.port = port});
  if (!server.ok()) return server.status();
  if (absl::Status added = (*server)->Add(queue); !added.ok()) return added;
  std::printf("port %u\n", (*server)->port());
  std::fflush(stdout);
  return (*server)->Run();
}

}  // namespace

int main(int argc, char** argv) {
  const absl::Status status = Serve(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 0);
  std::fprintf(stderr, "jobs_server: %s\n", status.ToString().c_str());
  return 1;
}
