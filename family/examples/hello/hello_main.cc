// Says hello to the kernel, and prints each answer when it comes.
#include <iostream>

#include "family/examples/hello/hello.genl.h"

int main() {
  absl::StatusOr<hello::Client> client = hello::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  absl::StatusOr<hello::Events> answers = client->Subscribe();
  if (!answers.ok()) return std::cerr << answers.status() << "\n", 1;

  const absl::Status begun = answers->Do(hello::operation::kSay, {.text = "Hello you!"});
  if (!begun.ok()) return std::cerr << begun << "\n", 1;

  for (bool last = false; !last;) {
    const absl::StatusOr<hello::Event> event = answers->Next(absl::InfiniteDuration());
    if (!event.ok()) return std::cerr << event.status() << "\n", 1;
    const hello::Answer* answer = std::get_if<hello::Answer>(&*event);
    if (answer == nullptr) return std::cerr << "an answer has been lost\n", 1;
    std::cout << answer->number << ": " << answer->text << std::endl;
    last = answer->last;
  }
}
