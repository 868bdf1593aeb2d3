// The queue in memory: what answers the requests of the family `jobs`.
#ifndef FAMILY_EXAMPLES_PEERS_JOB_QUEUE_H_
#define FAMILY_EXAMPLES_PEERS_JOB_QUEUE_H_

#include <cerrno>
#include <cstdint>
#include <map>
#include <vector>

#include "family/examples/peers/jobs.service.h"

class JobQueue : public jobs::Service {
 public:
  absl::StatusOr<jobs::SubmitReply> Submit(const jobs::SubmitRequest& request,
                                           genl::Caller&) override {
    jobs::GetReply& job = jobs_[++last_id_];
    job = {.id = last_id_, .text = request.text, .state = jobs::State::kWaiting};
    if (absl::Status told = Tell(job); !told.ok()) return told;
    return jobs::SubmitReply{.id = job.id};
  }

  absl::StatusOr<jobs::TakeReply> Take(genl::Caller& caller) override {
    for (auto& [id, job] : jobs_) {
      if (job.state != jobs::State::kWaiting) continue;
      job.state = jobs::State::kRunning;
      job.worker = caller.port();
      if (absl::Status told = Tell(job); !told.ok()) return told;
      return jobs::TakeReply{.id = id, .text = job.text};
    }
    return genl::Refuse({.error = ENOENT, .message = "no job is waiting"});
  }

  absl::Status Finish(const jobs::FinishRequest& request, genl::Caller& caller) override {
    const auto job = jobs_.find(request.id);
    if (job == jobs_.end()) return NoSuchJob(caller.PathOf(&request.id));
    if (job->second.state != jobs::State::kRunning || job->second.worker != caller.port()) {
      return genl::Refuse({.error = EPERM, .message = "this socket has not taken the job"});
    }
    job->second.state = jobs::State::kDone;
    job->second.result = request.result;
    return Tell(job->second);
  }

  absl::StatusOr<jobs::GetReply> Get(const jobs::GetRequest& request,
                                     genl::Caller& caller) override {
    const auto job = jobs_.find(request.id);
    if (job == jobs_.end()) return NoSuchJob(caller.PathOf(&request.id));
    return job->second;
  }

  genl::Objects<jobs::GetReply> GetDump(genl::Caller&) override {
    std::vector<jobs::GetReply> all;
    for (const auto& [id, job] : jobs_) all.push_back(job);
    return all;
  }

 private:
  static absl::Status NoSuchJob(const std::string& path) {
    return genl::Refuse({.error = ENOENT, .message = "no such job", .attribute = path});
  }

  absl::Status Tell(const jobs::GetReply& job) { return Multicast(jobs::JobNtf{job}); }

  std::map<uint32_t, jobs::GetReply> jobs_;
  uint32_t last_id_ = 0;
};

#endif  // FAMILY_EXAMPLES_PEERS_JOB_QUEUE_H_
