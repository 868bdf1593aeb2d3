// An environment in memory, for tests.
//
//   MemoryFiles files{{"thermo.yaml", spec}};
//   MemoryEnvironment env(files);
//   Run({"check", "thermo.yaml"}, env);   // then look at env.out(), env.err(), files
#ifndef GENLC_TOOLS_GENLC_MEMORY_H_
#define GENLC_TOOLS_GENLC_MEMORY_H_

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/genlc/environment.h"

namespace genlc {

class MemoryFiles : public FileSystem {
 public:
  MemoryFiles(std::initializer_list<std::pair<const std::string, std::string>> files)
      : files_(files) {}

  absl::StatusOr<std::string> Read(const std::string& path) const override;
  absl::StatusOr<std::string> ReadRevision(const std::string& path,
                                           const std::string& revision) const override;
  absl::Status Write(const std::string& path, absl::string_view text) override;
  std::vector<std::string> List(const std::string& directory) const override;
  std::string Identity(const std::string& path) const override;

  const std::map<std::string, std::string>& files() const { return files_; }
  // Paths that Write() has been called with.
  const std::set<std::string>& written() const { return written_; }

  void Put(const std::string& path, const std::string& text) { files_[path] = text; }
  // A revision that has no file is unknown.
  void PutRevision(const std::string& revision, const std::string& path, const std::string& text) {
    revisions_[revision][path] = text;
  }
  void ForgetWrites() { written_.clear(); }
  // From now on this path can be neither read nor written.
  void Forbid(const std::string& path) { forbidden_.insert(path); }

 private:
  std::map<std::string, std::string> files_;
  std::map<std::string, std::map<std::string, std::string>> revisions_;
  std::set<std::string> written_;
  std::set<std::string> forbidden_;
};

class MemoryEnvironment : public Environment {
 public:
  explicit MemoryEnvironment(FileSystem& files) : Environment(files) {}

  void Out(absl::string_view text) override { out_.append(text.data(), text.size()); }
  void Err(absl::string_view text) override { err_.append(text.data(), text.size()); }
  bool color() const override { return false; }
  bool error_terminal() const override { return error_terminal_; }
  std::string Variable(const std::string& name) const override {
    const auto found = variables_.find(name);
    return found != variables_.end() ? found->second : "";
  }
  std::string data_folder() const override { return "/opt/share/genlc"; }
  genl::Transport* kernel() const override { return kernel_; }
  // Nothing takes time: where there is nothing to read, the time is over; without an end of the
  // time the person is tired of it.
  Wake Wait(int fd, genl::Deadline& deadline) override;

  void Set(const std::string& name, const std::string& value) { variables_[name] = value; }
  // `kernel` outlives the environment.
  void set_kernel(genl::Transport* kernel) { kernel_ = kernel; }

  void set_error_terminal() { error_terminal_ = true; }

  const std::string& out() const { return out_; }
  const std::string& err() const { return err_; }

 private:
  std::string out_;
  std::string err_;
  std::map<std::string, std::string> variables_;
  genl::Transport* kernel_ = nullptr;
  bool error_terminal_ = false;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_MEMORY_H_
