// A daemon's loop: requests in flight and events, on one epoll descriptor.
#include <sys/epoll.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <variant>

#include "family/examples/thermo/thermo.genl.h"

namespace {

constexpr int kSensors = 500;
// At times the loop looks for requests that are late.
constexpr int kTickMilliseconds = 100;

class Daemon {
 public:
  Daemon(thermo::Client& client, thermo::Events events)
      : calls_(client.NewCalls()), events_(std::move(events)) {}

  // Makes sensors and removes them, until it has heard of all that are gone.
  absl::Status Run() {
    for (int i = 0; i < kSensors; ++i) Create("probe " + std::to_string(i));
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    Watch(epoll, calls_.fd());
    Watch(epoll, events_.fd());
    absl::Status status;
    while (status.ok() && (calls_.in_flight() > 0 || heard_ < removed_)) {
      epoll_event ready[2];
      epoll_wait(epoll, ready, 2, kTickMilliseconds);
      // Each does what there is to be done, without waiting.
      status = calls_.Process();
      status.Update(TakeEvents());
    }
    close(epoll);
    std::cout << removed_ << " made, heard of and removed\n";
    return status;
  }

 private:
  static void Watch(int epoll, int fd) {
    epoll_event event = {.events = EPOLLIN, .data = {.fd = fd}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }

  void Create(const std::string& label) {
    const auto started = calls_.Start(thermo::operation::kSensorNew,
                                      {.label = label, .kind = thermo::Kind::kThermistor},
                                      [this](absl::StatusOr<thermo::SensorNewReply> sensor) {
                                        if (sensor.ok()) return Remove(sensor->id);
                                        std::cerr << sensor.status() << "\n";
                                      });
    if (!started.ok()) std::cerr << started.status() << "\n";
  }

  void Remove(uint32_t id) {
    const auto started = calls_.Start(thermo::operation::kSensorDel, {.id = id},
                                      [this](absl::Status status) { removed_ += status.ok(); });
    if (!started.ok()) std::cerr << started.status() << "\n";
  }

  absl::Status TakeEvents() {
    for (;;) {
      const absl::StatusOr<thermo::Event> event = events_.Next(absl::ZeroDuration());
      if (absl::IsDeadlineExceeded(event.status())) return absl::OkStatus();
      if (!event.ok()) return event.status();
      if (std::holds_alternative<thermo::SensorDelNtf>(*event)) ++heard_;
      // Those that were lost are not waited for.
      if (std::holds_alternative<genl::Overrun>(*event)) heard_ = kSensors;
    }
  }

  genl::Calls calls_;
  thermo::Events events_;
  int removed_ = 0;
  int heard_ = 0;
};

}  // namespace

int main() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  absl::StatusOr<thermo::Events> events = client->Subscribe({thermo::Group::kChanges});
  if (!events.ok()) return std::cerr << events.status() << "\n", 1;
  const absl::Status status = Daemon(*client, *std::move(events)).Run();
  if (!status.ok()) return std::cerr << status << "\n", 1;
}
