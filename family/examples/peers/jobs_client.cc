// Talks to a queue of jobs:
//
//   jobs_client PORT submit TEXT   puts a job in the queue and prints its number
//   jobs_client PORT work          does the jobs that wait, one after the other
//   jobs_client PORT list          prints all jobs
//   jobs_client PORT watch         prints all jobs, and then what becomes of them
#include <cstdio>
#include <cstdlib>
#include <string>
#include <variant>

#include "family/examples/peers/jobs.genl.h"
#include "genl/peer_transport.h"

namespace {

void Print(const jobs::GetReply& job) {
  std::printf("%u %s: %s", job.id, std::string(jobs::Name(job.state)).c_str(), job.text.c_str());
  if (job.result) std::printf(" -> %d", *job.result);
  std::printf("\n");
  std::fflush(stdout);
}

absl::Status Submit(jobs::Client& client, const std::string& text) {
  const absl::StatusOr<jobs::SubmitReply> submitted = client.Submit({.text = text});
  if (submitted.ok()) std::printf("%u\n", submitted->id);
  return submitted.status();
}

// The work is to measure the text.
absl::Status Work(jobs::Client& client) {
  for (;;) {
    const absl::StatusOr<jobs::TakeReply> job = client.Take();
    if (absl::IsNotFound(job.status())) return absl::OkStatus();
    if (!job.ok()) return job.status();
    const absl::Status finished =
        client.Finish({.id = job->id, .result = static_cast<int32_t>(job->text.size())});
    if (!finished.ok()) return finished;
  }
}

absl::Status List(jobs::Client& client) {
  genl::Dump<jobs::GetReply> dump = client.GetDump();
  for (const jobs::GetReply& job : dump) Print(job);
  return dump.status();
}

// A server that dies says nothing. Who hears nothing for a while therefore joins again: that is
// Unavailable where nobody serves, it brings a new server to send, and is nothing new for the old.
absl::Status Watch(jobs::Client& client) {
  absl::StatusOr<jobs::Events> events = client.Subscribe({{jobs::Group::kProgress}});
  if (!events.ok()) return events.status();
  if (absl::Status listed = List(client); !listed.ok()) return listed;
  for (;;) {
    const absl::StatusOr<jobs::Event> event = events->Next(absl::Seconds(1));
    if (absl::IsDeadlineExceeded(event.status())) {
      if (absl::Status joined = events->Join(jobs::Group::kProgress); !joined.ok()) return joined;
      continue;
    }
    if (!event.ok()) return event.status();
    if (const auto* job = std::get_if<jobs::JobNtf>(&*event)) {
      Print(*job);
    } else {
      std::printf("some events are lost\n");
    }
  }
}

absl::Status Run(uint32_t port, const std::string& command, const std::string& text) {
  genl::PeerTransport peer(port);
  absl::StatusOr<jobs::Client> client = jobs::Client::Connect({.transport = &peer});
  if (!client.ok()) return client.status();
  if (command == "submit") return Submit(*client, text);
  if (command == "work") return Work(*client);
  if (command == "list") return List(*client);
  if (command == "watch") return Watch(*client);
  return absl::InvalidArgumentError("say submit TEXT, work, list or watch");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: jobs_client PORT COMMAND [TEXT]\n"), 2;
  const absl::Status status =
      Run(std::strtoul(argv[1], nullptr, 10), argv[2], argc > 3 ? argv[3] : "");
  if (!status.ok()) std::fprintf(stderr, "jobs_client: %s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
