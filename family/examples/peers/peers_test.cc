// Processes that talk to each other and to no kernel module; one of them dies now and then. Runs
// anywhere, as anybody.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "family/examples/peers/job_queue.h"
#include "family/examples/peers/jobs.genl.h"
#include "genl/peer_transport.h"
#include "genl/server.h"
#include "gmock/gmock.h"

namespace {

using testing::HasSubstr;

// Nothing waits for this long unless it is wrong.
constexpr absl::Duration kPatience = absl::Seconds(20);

// A program of the example: beside the test, or in a VM among the commands.
std::string PathOf(const std::string& program) {
  const std::string beside = "family/examples/peers/" + program;
  return access(beside.c_str(), X_OK) == 0 ? beside : program;
}

// A process that prints to us; it is killed with this object.
class Process {
 public:
  Process(const std::string& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), PathOf(program));
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    id_ = fork();
    if (id_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(ends[1], STDERR_FILENO);
      std::vector<char*> words;
      for (std::string& argument : arguments) words.push_back(argument.data());
      words.push_back(nullptr);
      execvp(words[0], words.data());
      _exit(127);
    }
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
  }
  Process(Process&&) = delete;
  ~Process() {
    Kill();
    std::fclose(output_);
  }

  // The next line without its end; empty where there is none any more.
  std::string Line() {
    char line[512];
    if (std::fgets(line, sizeof(line), output_) == nullptr) return "";
    std::string text = line;
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }

  // Everything that it prints until it ends of itself.
  std::string Output() {
    std::string all;
    for (std::string line = Line(); !line.empty(); line = Line()) absl::StrAppend(&all, line, "\n");
    return all;
  }

  void Signal(int signal) { kill(id_, signal); }
  void Kill() {
    if (id_ <= 0) return;
    Signal(SIGKILL);
    waitpid(id_, nullptr, 0);
    id_ = -1;
  }

 private:
  pid_t id_ = -1;
  std::FILE* output_ = nullptr;
};

class PeersTest : public testing::Test {
 protected:
  void SetUp() override { StartServer(0); }

  // On the port of the one before where there was one.
  void StartServer(uint32_t port) {
    server_.emplace("jobs_server", std::vector<std::string>{absl::StrCat(port)});
    const std::string line = server_->Line();
    ASSERT_THAT(line, testing::StartsWith("port "));
    port_ = std::strtoul(line.c_str() + 5, nullptr, 10);
    if (!peer_) peer_.emplace(port_);
  }

  jobs::Client Connect(absl::Duration timeout = kPatience) {
    absl::StatusOr<jobs::Client> client =
        jobs::Client::Connect({.timeout = timeout, .transport = &*peer_});
    EXPECT_TRUE(client.ok()) << client.status();
    return *std::move(client);
  }

  // A program that talks to the server.
  Process Client(const std::string& command, const std::string& text = "") {
    return Process("jobs_client", {absl::StrCat(port_), command, text});
  }

  jobs::GetReply NextJob(jobs::Events& events) {
    const absl::StatusOr<jobs::Event> event = events.Next(kPatience);
    EXPECT_TRUE(event.ok()) << event.status();
    if (!event.ok() || !std::holds_alternative<jobs::JobNtf>(*event)) return {};
    return std::get<jobs::JobNtf>(*event);
  }

  std::optional<Process> server_;
  uint32_t port_ = 0;
  std::optional<genl::PeerTransport> peer_;
};

TEST_F(PeersTest, GoodProgramsDoEachOthersJobs) {
  EXPECT_EQ(Client("submit", "sweep").Output(), "1\n");
  EXPECT_EQ(Client("submit", "water").Output(), "2\n");
  EXPECT_EQ(Client("list").Output(), "1 waiting: sweep\n2 waiting: water\n");
  EXPECT_EQ(Client("work").Output(), "");
  EXPECT_EQ(Client("list").Output(), "1 done: sweep -> 5\n2 done: water -> 5\n");
}

TEST_F(PeersTest, GoodWhoListensIsTold) {
  jobs::Client client = Connect();
  absl::StatusOr<jobs::Events> events = client.Subscribe({{jobs::Group::kProgress}});
  ASSERT_TRUE(events.ok()) << events.status();
  Client("submit", "sweep").Output();
  Client("work").Output();
  EXPECT_EQ(NextJob(*events).state, jobs::State::kWaiting);
  EXPECT_EQ(NextJob(*events).state, jobs::State::kRunning);
  EXPECT_EQ(NextJob(*events).result, 5);
}

TEST_F(PeersTest, BadRequestsAreRefusedAsByAKernel) {
  jobs::Client client = Connect();
  const auto empty = genl::GetKernelError(client.Submit({.text = ""}).status());
  ASSERT_TRUE(empty.has_value());
  EXPECT_EQ(*empty, (genl::KernelError{.error = ERANGE,
                                       .message = "length of attribute is out of range",
                                       .attribute = "text"}));
  const auto unknown = genl::GetKernelError(client.Get({.id = 7}).status());
  ASSERT_TRUE(unknown.has_value());
  EXPECT_EQ(*unknown,
            (genl::KernelError{.error = ENOENT, .message = "no such job", .attribute = "id"}));
}

// The port id of a socket is what the server knows its clients by.
TEST_F(PeersTest, BadJobOfAnotherWorker) {
  jobs::Client one = Connect();
  jobs::Client other = Connect();
  ASSERT_TRUE(one.Submit({.text = "sweep"}).ok());
  const absl::StatusOr<jobs::TakeReply> job = one.Take();
  ASSERT_TRUE(job.ok()) << job.status();
  EXPECT_TRUE(absl::IsPermissionDenied(other.Finish({.id = job->id, .result = 1})));
  EXPECT_EQ(one.Finish({.id = job->id, .result = 1}), absl::OkStatus());
}

TEST_F(PeersTest, BadServerThatHasDiedIsUnavailable) {
  jobs::Client client = Connect();
  absl::StatusOr<jobs::Events> events = client.Subscribe({{jobs::Group::kProgress}});
  ASSERT_TRUE(events.ok()) << events.status();
  server_->Kill();
  EXPECT_TRUE(absl::IsUnavailable(client.Submit({.text = "sweep"}).status()));
  const auto another = jobs::Client::Connect({.transport = &*peer_});
  EXPECT_TRUE(absl::IsUnavailable(another.status()));
  // Nobody tells that it has died; who asks learns it.
  EXPECT_TRUE(absl::IsDeadlineExceeded(events->Next(absl::Milliseconds(100)).status()));
  EXPECT_TRUE(absl::IsUnavailable(events->Join(jobs::Group::kProgress)));
}

TEST_F(PeersTest, GoodServerThatComesBackIsFoundByItsPort) {
  jobs::Client client = Connect();
  absl::StatusOr<jobs::Events> events = client.Subscribe({{jobs::Group::kProgress}});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(client.Submit({.text = "sweep"}).ok());
  EXPECT_EQ(NextJob(*events).text, "sweep");
  server_.reset();
  StartServer(port_);
  // It is another process: its queue is empty, and it does not know who listened.
  EXPECT_TRUE(absl::IsNotFound(client.Get({.id = 1}).status()));
  ASSERT_EQ(events->Join(jobs::Group::kProgress), absl::OkStatus());
  ASSERT_TRUE(client.Submit({.text = "water"}).ok());
  EXPECT_EQ(NextJob(*events).text, "water");
}

// As when a module is unloaded and loaded again.
TEST(ServerTest, GoodServiceThatIsOfferedAgainIsRestarted) {
  JobQueue queue;
  const absl::StatusOr<std::unique_ptr<genl::Server>> server = genl::Server::Listen();
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_TRUE((*server)->Add(queue).ok());
  std::thread serving([&] { EXPECT_TRUE((*server)->Run().ok()); });
  const auto pause = [&](auto work) {
    (*server)->Stop();
    serving.join();
    work();
    serving = std::thread([&] { EXPECT_TRUE((*server)->Run().ok()); });
  };

  genl::PeerTransport peer((*server)->port());
  absl::StatusOr<jobs::Client> client = jobs::Client::Connect({.transport = &peer});
  ASSERT_TRUE(client.ok()) << client.status();
  absl::StatusOr<jobs::Events> events = client->Subscribe({{jobs::Group::kProgress}});
  ASSERT_TRUE(events.ok()) << events.status();
  pause([&] { (*server)->Remove(queue); });
  EXPECT_TRUE(absl::IsUnavailable(client->Submit({.text = "sweep"}).status()));
  pause([&] { EXPECT_TRUE((*server)->Add(queue).ok()); });
  EXPECT_TRUE(client->Submit({.text = "sweep"}).ok());
  const absl::StatusOr<jobs::Event> event = events->Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_TRUE(std::holds_alternative<genl::Restarted>(*event));
  (*server)->Stop();
  serving.join();
}

TEST_F(PeersTest, BadServerThatStandsStillMissesTheDeadline) {
  jobs::Client client = Connect(absl::Milliseconds(200));
  server_->Signal(SIGSTOP);
  const absl::Time start = absl::Now();
  EXPECT_TRUE(absl::IsDeadlineExceeded(client.Submit({.text = "sweep"}).status()));
  EXPECT_LT(absl::Now() - start, kPatience);
  server_->Signal(SIGCONT);
  // What was asked has been done all the same; its late answer disturbs nobody.
  jobs::Client patient = Connect();
  EXPECT_EQ(patient.Submit({.text = "water"})->id, 2u);
}

TEST_F(PeersTest, GoodOthersAreServedWhenAListenerDies) {
  jobs::Client client = Connect();
  ASSERT_TRUE(client.Submit({.text = "sweep"}).ok());
  Process listener = Client("watch");
  EXPECT_EQ(listener.Line(), "1 waiting: sweep");
  ASSERT_TRUE(client.Submit({.text = "water"}).ok());
  EXPECT_EQ(listener.Line(), "2 waiting: water");
  listener.Kill();
  for (uint32_t id = 3; id < 100; ++id) {
    const absl::StatusOr<jobs::SubmitReply> reply = client.Submit({.text = "more"});
    ASSERT_TRUE(reply.ok()) << reply.status();
    EXPECT_EQ(reply->id, id);
  }
}

TEST_F(PeersTest, BadWorkerThatGoesLeavesItsJobBehind) {
  jobs::Client client = Connect();
  ASSERT_TRUE(client.Submit({.text = "sweep"}).ok());
  ASSERT_TRUE(Connect().Take().ok());
  const absl::StatusOr<jobs::GetReply> job = client.Get({.id = 1});
  ASSERT_TRUE(job.ok()) << job.status();
  EXPECT_EQ(job->state, jobs::State::kRunning);
  EXPECT_TRUE(absl::IsNotFound(client.Take().status()));
}

TEST_F(PeersTest, GoodListenerNoticesThatTheServerHasDied) {
  ASSERT_TRUE(Connect().Submit({.text = "sweep"}).ok());
  Process listener = Client("watch");
  EXPECT_EQ(listener.Line(), "1 waiting: sweep");
  server_->Kill();
  EXPECT_THAT(listener.Output(), HasSubstr("UNAVAILABLE"));
}

}  // namespace
