#include <algorithm>
#include <cstring>
#include <optional>
#include <variant>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "tests/bench/channel/channel.h"
#include "tests/bench/channel/module/slate-generic.genl.h"
#include "tests/bench/channel/module/slate-own.genl.h"
#include "tests/bench/channel/module/slate_ioctl.h"

namespace channel {
namespace {

// The two families are made of one spec, but are types of their own.
struct Generic {
  using Client = slate_generic::Client;
  using Events = slate_generic::Events;
  using Event = slate_generic::Event;
  using ChangedNtf = slate_generic::ChangedNtf;
  using ReadReply = slate_generic::ReadReply;
  using WriteRequest = slate_generic::WriteRequest;
  static constexpr auto kChanges = slate_generic::Group::kChanges;
  static constexpr const auto& kRead = slate_generic::operation::kRead;
};

struct Own {
  using Client = slate_own::Client;
  using Events = slate_own::Events;
  using Event = slate_own::Event;
  using ChangedNtf = slate_own::ChangedNtf;
  using ReadReply = slate_own::ReadReply;
  using WriteRequest = slate_own::WriteRequest;
  static constexpr auto kChanges = slate_own::Group::kChanges;
  static constexpr const auto& kRead = slate_own::operation::kRead;
};

void Check(const absl::Status& status) {
  if (!status.ok()) Fail(status.ToString());
}

template <typename T>
T Value(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

template <typename Family>
class NetlinkChannel : public Channel {
 public:
  NetlinkChannel(std::string name, uint32_t tell)
      : Channel(std::move(name), tell), client_(Value(Family::Client::Connect())) {}

  uint32_t Get() override { return Value(client_.Get()).number; }
  void Set(uint32_t number) override { Check(client_.Set({.number = number})); }

  // An attribute is smaller than 64 KiB: what is larger takes several requests.
  void Read(std::span<uint8_t> to) override {
    for (size_t done = 0; done < to.size();) {
      const size_t size = std::min<size_t>(to.size() - done, slate_generic::kChunk);
      Check(client_.Do(Family::kRead,
                       {.offset = static_cast<uint32_t>(done), .size = static_cast<uint32_t>(size)},
                       &part_));
      std::memcpy(to.data() + done, part_.data.data(), size);
      done += size;
    }
  }
  void Write(std::span<const uint8_t> from) override {
    for (size_t done = 0; done < from.size();) {
      const size_t size = std::min<size_t>(from.size() - done, slate_generic::kChunk);
      request_.offset = static_cast<uint32_t>(done);
      request_.data.assign(from.begin() + done, from.begin() + done + size);
      Check(client_.Write(request_));
      done += size;
    }
  }

  void Listen() override { events_ = Value(client_.Subscribe({Family::kChanges})); }
  uint32_t Wait() override {
    Check(events_->Next(absl::InfiniteDuration(), &event_));
    const auto* changed = std::get_if<typename Family::ChangedNtf>(&event_);
    if (changed == nullptr) Fail("events were lost");
    return changed->number;
  }

 private:
  typename Family::Client client_;
  std::optional<typename Family::Events> events_;
  // Their memory is used again.
  typename Family::Event event_;
  typename Family::ReadReply part_;
  typename Family::WriteRequest request_;
};

}  // namespace

std::vector<std::unique_ptr<Channel>> ByNetlink() {
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(
      std::make_unique<NetlinkChannel<Generic>>("generic netlink", SLATE_TELL_GENERIC));
  channels.push_back(std::make_unique<NetlinkChannel<Own>>("own netlink protocol", SLATE_TELL_OWN));
  return channels;
}

}  // namespace channel
