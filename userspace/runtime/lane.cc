#include "genl/lane.h"

namespace genl {

absl::StatusOr<std::unique_ptr<Lane>> Lanes::Take(const Endpoint& endpoint) {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    if (!idle_.empty()) {
      std::unique_ptr<Lane> lane = std::move(idle_.back());
      idle_.pop_back();
      return lane;
    }
  }
  absl::StatusOr<Socket> socket = endpoint.Open();
  if (!socket.ok()) return socket.status();
  return std::make_unique<Lane>(*std::move(socket));
}

void Lanes::Keep(std::unique_ptr<Lane> lane) {
  const std::lock_guard<std::mutex> guard(lock_);
  if (idle_.size() < kMostIdle) idle_.push_back(std::move(lane));
}

}  // namespace genl
