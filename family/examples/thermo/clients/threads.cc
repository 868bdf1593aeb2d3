// Eight threads share one client.
#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "family/examples/thermo/thermo.genl.h"

int main() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&client, &right, label = "thread " + std::to_string(i)] {
      const auto made = client->SensorNew({.label = label, .kind = thermo::Kind::kInfrared});
      if (!made.ok()) return;
      // Its memory is used again.
      thermo::SensorGetReply sensor;
      for (int j = 0; j < 100; ++j) {
        const absl::Status status =
            client->Do(thermo::operation::kSensorGet, {.id = made->id}, &sensor);
        right += status.ok() && sensor.label == label;
      }
      client->SensorDel({.id = made->id}).IgnoreError();
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::cout << right << " right answers\n";
}
