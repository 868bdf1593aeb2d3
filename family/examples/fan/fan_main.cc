#include <iostream>

#include "fan.genl.h"

int main() {
  absl::StatusOr<fan::Client> client = fan::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  absl::StatusOr<fan::GetReply> reply = client->Get({.id = 1});
  if (!reply.ok()) return std::cerr << reply.status() << "\n", 1;
  std::cout << reply->rpm << " rpm\n";
}
