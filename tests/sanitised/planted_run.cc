// Runs into one bug of module planted: planted_run BUG, by its number.
#include <cstdlib>
#include <iostream>

#include "tests/sanitised/planted.genl.h"

int main(int argc, char** argv) {
  absl::StatusOr<planted::Client> client = planted::Client::Connect();
  if (!client.ok() || argc != 2) return std::cerr << client.status() << "\n", 1;
  const absl::Status status = client->Run({.bug = static_cast<planted::Bug>(std::atoi(argv[1]))});
  if (!status.ok()) return std::cerr << status << "\n", 1;
}
