// The ways to one slate of the kernel: the same read, write and notify by each.
#ifndef TESTS_BENCH_CHANNEL_CHANNEL_H_
#define TESTS_BENCH_CHANNEL_CHANNEL_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace channel {

// One way. What does not work ends the program. For one thread each.
class Channel {
 public:
  // `tell` is a bit of module/slate_ioctl.h; 0: there are no events by this way.
  Channel(std::string name, uint32_t tell) : name_(std::move(name)), tell_(tell) {}
  virtual ~Channel() = default;

  const std::string& name() const { return name_; }
  uint32_t tell() const { return tell_; }

  // The number, which is the first four bytes of the data.
  virtual uint32_t Get() = 0;
  virtual void Set(uint32_t number) = 0;

  // The beginning of the data.
  virtual void Read(std::span<uint8_t> to) = 0;
  virtual void Write(std::span<const uint8_t> from) = 0;

  // Wait() sleeps until there has been a change since Listen() or the Wait() before, and returns
  // the number.
  virtual void Listen() {}
  virtual uint32_t Wait() { return 0; }

 private:
  std::string name_;
  uint32_t tell_;
};

// All of them, in the order of the page.
std::vector<std::unique_ptr<Channel>> All();

// Those by netlink, and those by files.
std::vector<std::unique_ptr<Channel>> ByNetlink();
std::vector<std::unique_ptr<Channel>> ByFiles();

// Who is told of changes from now on: bits of module/slate_ioctl.h.
void Tell(uint32_t whom);

// Ends the program, with the error of the last system call.
[[noreturn]] void Fail(const std::string& what);

}  // namespace channel

#endif  // TESTS_BENCH_CHANNEL_CHANNEL_H_
