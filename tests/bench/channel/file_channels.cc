#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/bench/channel/channel.h"
#include "tests/bench/channel/module/slate_ioctl.h"

namespace channel {
namespace {

constexpr char kDevice[] = "/dev/slate";

class File {
 public:
  explicit File(const std::string& path) : fd_(open(path.c_str(), O_RDWR | O_CLOEXEC)) {
    if (fd_ < 0) Fail("cannot open " + path);
  }
  File(const File&) = delete;
  ~File() { close(fd_); }

  int fd() const { return fd_; }

  // As many bytes as one call transfers.
  size_t ReadSome(void* to, size_t size, size_t offset) const {
    const ssize_t done = pread(fd_, to, size, static_cast<off_t>(offset));
    if (done <= 0) Fail("cannot read");
    return static_cast<size_t>(done);
  }
  size_t WriteSome(const void* from, size_t size, size_t offset) const {
    const ssize_t done = pwrite(fd_, from, size, static_cast<off_t>(offset));
    if (done <= 0) Fail("cannot write");
    return static_cast<size_t>(done);
  }

  // All of it.
  void Read(std::span<uint8_t> to) const {
    for (size_t done = 0; done < to.size();) {
      done += ReadSome(to.data() + done, to.size() - done, done);
    }
  }
  void Write(std::span<const uint8_t> from) const {
    for (size_t done = 0; done < from.size();) {
      done += WriteSome(from.data() + done, from.size() - done, done);
    }
  }

  void Poll(short events) const {
    pollfd file = {.fd = fd_, .events = events, .revents = 0};
    if (poll(&file, 1, -1) != 1) Fail("cannot poll");
  }

  void Control(unsigned long command, void* argument) const {
    if (ioctl(fd_, command, argument) < 0) Fail("ioctl() failed");
  }

 private:
  int fd_;
};

// read() and write() on a character device.
class DeviceChannel : public Channel {
 public:
  DeviceChannel() : Channel("read and write", SLATE_TELL_DEVICE), file_(kDevice) {}

  uint32_t Get() override {
    uint32_t number = 0;
    file_.ReadSome(&number, sizeof number, 0);
    return number;
  }
  void Set(uint32_t number) override { file_.WriteSome(&number, sizeof number, 0); }
  void Read(std::span<uint8_t> to) override { file_.Read(to); }
  void Write(std::span<const uint8_t> from) override { file_.Write(from); }
  void Listen() override { Get(); }
  uint32_t Wait() override {
    file_.Poll(POLLIN);
    return Get();
  }

 private:
  File file_;
};

// The number as text in a file, the data as bytes in another.
class TextChannel : public Channel {
 public:
  // `event` is what poll() has to be asked for.
  TextChannel(std::string name, const std::string& folder, uint32_t tell, short event)
      : Channel(std::move(name), tell),
        number_(folder + "/number"),
        data_(folder + "/data"),
        event_(event) {}

  uint32_t Get() override {
    char text[16];
    uint32_t number = 0;
    const size_t size = number_.ReadSome(text, sizeof text, 0);
    if (std::from_chars(text, text + size, number).ec != std::errc()) Fail("not a number");
    return number;
  }
  void Set(uint32_t number) override {
    char text[16];
    number_.WriteSome(text, std::to_chars(text, text + sizeof text, number).ptr - text, 0);
  }
  void Read(std::span<uint8_t> to) override { data_.Read(to); }
  void Write(std::span<const uint8_t> from) override { data_.Write(from); }
  void Listen() override { Get(); }
  uint32_t Wait() override {
    number_.Poll(event_);
    return Get();
  }

 private:
  File number_;
  File data_;
  short event_;
};

class IoctlChannel : public Channel {
 public:
  IoctlChannel() : Channel("ioctl", SLATE_TELL_DEVICE), file_(kDevice) {}

  uint32_t Get() override {
    uint32_t number = 0;
    file_.Control(SLATE_GET, &number);
    return number;
  }
  void Set(uint32_t number) override { file_.Control(SLATE_SET, &number); }
  void Read(std::span<uint8_t> to) override { Transfer(SLATE_READ, to.data(), to.size()); }
  void Write(std::span<const uint8_t> from) override {
    Transfer(SLATE_WRITE, from.data(), from.size());
  }
  void Listen() override {
    uint32_t number = 0;
    file_.ReadSome(&number, sizeof number, 0);
  }
  uint32_t Wait() override {
    uint32_t number = 0;
    file_.Control(SLATE_WAIT, &number);
    return number;
  }

 private:
  void Transfer(unsigned long command, const void* data, size_t size) {
    slate_transfer transfer = {.data = reinterpret_cast<uintptr_t>(data),
                               .offset = 0,
                               .size = static_cast<uint32_t>(size)};
    file_.Control(command, &transfer);
  }

  File file_;
};

class MemoryChannel : public Channel {
 public:
  MemoryChannel() : Channel("mmap", 0) {
    const File file(kDevice);
    void* const data = mmap(nullptr, SLATE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file.fd(), 0);
    if (data == MAP_FAILED) Fail("cannot map");
    data_ = static_cast<uint8_t*>(data);
  }
  ~MemoryChannel() override { munmap(data_, SLATE_BYTES); }

  uint32_t Get() override { return Number().load(std::memory_order_acquire); }
  void Set(uint32_t number) override { Number().store(number, std::memory_order_release); }
  void Read(std::span<uint8_t> to) override { std::memcpy(to.data(), data_, to.size()); }
  void Write(std::span<const uint8_t> from) override {
    std::memcpy(data_, from.data(), from.size());
  }

 private:
  std::atomic_ref<uint32_t> Number() const {
    return std::atomic_ref(*reinterpret_cast<uint32_t*>(data_));
  }

  uint8_t* data_;
};

}  // namespace

std::vector<std::unique_ptr<Channel>> ByFiles() {
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(std::make_unique<IoctlChannel>());
  channels.push_back(std::make_unique<DeviceChannel>());
  channels.push_back(
      std::make_unique<TextChannel>("procfs", "/proc/slate", SLATE_TELL_PROCFS, POLLIN));
  // These two are always readable.
  channels.push_back(
      std::make_unique<TextChannel>("sysfs", "/sys/kernel/slate", SLATE_TELL_SYSFS, POLLPRI));
  channels.push_back(
      std::make_unique<TextChannel>("sysctl", "/proc/sys/slate", SLATE_TELL_SYSCTL, POLLPRI));
  channels.push_back(std::make_unique<MemoryChannel>());
  return channels;
}

std::vector<std::unique_ptr<Channel>> All() {
  std::vector<std::unique_ptr<Channel>> channels = ByNetlink();
  for (std::unique_ptr<Channel>& channel : ByFiles()) channels.push_back(std::move(channel));
  return channels;
}

void Tell(uint32_t whom) {
  const File file("/sys/module/slate/parameters/tell");
  const std::string text = std::to_string(whom);
  file.WriteSome(text.data(), text.size(), 0);
}

void Fail(const std::string& what) {
  std::fprintf(stderr, "%s: %s\n", what.c_str(), std::strerror(errno));
  std::exit(2);
}

}  // namespace channel
