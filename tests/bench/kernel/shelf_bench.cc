// What the generated side of a module costs beside the same module written by hand: runs as root in
// a VM where both are loaded, and where a nanosecond is an instruction.
//
//   shelf_bench [LIMIT]     ends with status 1 where a ratio is above LIMIT (1.03: 3 % more)
//
// For each operation both answer in turn, many times; what counts is from the system call that
// sends the request to the one that has received the answer. Before, both have to give the same
// answers, byte for byte.
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/kernel/shelf.h"

namespace {

constexpr int kSamples = 15;
constexpr size_t kBufferSize = 1 << 15;  // what libnl and iproute2 read with

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "shelf_bench: %s: %s\n", what.c_str(), std::strerror(errno));
  std::exit(2);
}

// A message under construction.
class Message {
 public:
  Message(uint16_t type, uint16_t flags, uint8_t command) : bytes_(NLMSG_HDRLEN, '\0') {
    header()->nlmsg_type = type;
    header()->nlmsg_flags = NLM_F_REQUEST | flags;
    const genlmsghdr generic = {.cmd = command, .version = 1, .reserved = 0};
    Append(&generic, sizeof generic);
  }

  Message& Put(uint16_t type, const void* data, size_t size) {
    const nlattr attribute = {.nla_len = static_cast<uint16_t>(NLA_HDRLEN + size),
                              .nla_type = type};
    Append(&attribute, sizeof attribute);
    Append(data, size);
    return *this;
  }
  Message& Put32(uint16_t type, uint32_t value) { return Put(type, &value, sizeof value); }
  Message& PutText(uint16_t type, const char* text) {
    return Put(type, text, std::strlen(text) + 1);
  }

  // A nest of what `fill` puts.
  Message& Nest(uint16_t type, const std::function<void()>& fill) {
    const size_t start = bytes_.size();
    Put(NLA_F_NESTED | type, nullptr, 0);
    fill();
    reinterpret_cast<nlattr*>(bytes_.data() + start)->nla_len = bytes_.size() - start;
    return *this;
  }

  const std::string& bytes() {
    header()->nlmsg_len = bytes_.size();
    return bytes_;
  }

 private:
  nlmsghdr* header() { return reinterpret_cast<nlmsghdr*>(bytes_.data()); }

  void Append(const void* data, size_t size) {
    if (size != 0) bytes_.append(static_cast<const char*>(data), size);
    bytes_.resize(NLMSG_ALIGN(bytes_.size()));
  }

  std::string bytes_;
};

class Socket {
 public:
  Socket() : fd_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC)) {
    const sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_pad = 0, .nl_pid = 0, .nl_groups = 0};
    if (fd_ < 0 || bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
      Fail("cannot open a netlink socket");
    }
  }
  Socket(const Socket&) = delete;
  ~Socket() { close(fd_); }

  void Join(int group) {
    if (setsockopt(fd_, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) < 0) {
      Fail("cannot join a group");
    }
  }

  void Send(const std::string& bytes) {
    if (send(fd_, bytes.data(), bytes.size(), 0) < 0) Fail("cannot send");
  }

  // The size of the datagram that is then in buffer().
  size_t Receive() {
    const ssize_t size = recv(fd_, buffer_, sizeof buffer_, 0);
    if (size < 0) Fail("cannot receive");
    return size;
  }

  const char* buffer() const { return buffer_; }
  uint16_t type() const { return reinterpret_cast<const nlmsghdr*>(buffer_)->nlmsg_type; }

 private:
  int fd_;
  alignas(NLMSG_ALIGNTO) char buffer_[kBufferSize];
};

// An attribute among those at `data`, or null.
const nlattr* Find(const char* data, size_t size, uint16_t type) {
  while (size >= NLA_HDRLEN) {
    const auto* attribute = reinterpret_cast<const nlattr*>(data);
    if ((attribute->nla_type & NLA_TYPE_MASK) == type) return attribute;
    const size_t length = std::min<size_t>(NLA_ALIGN(attribute->nla_len), size);
    data += length;
    size -= length;
  }
  return nullptr;
}

const char* Payload(const nlattr* attribute) {
  return reinterpret_cast<const char*>(attribute) + NLA_HDRLEN;
}

uint32_t Number(const nlattr* attribute, size_t size) {
  uint32_t value = 0;
  std::memcpy(&value, Payload(attribute), size);
  return value;
}

// One of the two modules, and how to ask it.
class Shelf {
 public:
  explicit Shelf(const char* name) {
    Message ask(GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);
    socket_.Send(ask.PutText(CTRL_ATTR_FAMILY_NAME, name).bytes());
    const size_t size = socket_.Receive();
    if (socket_.type() != GENL_ID_CTRL) Fail(std::string("no family ") + name);
    const char* attributes = socket_.buffer() + NLMSG_HDRLEN + GENL_HDRLEN;
    const size_t length = size - NLMSG_HDRLEN - GENL_HDRLEN;
    type_ = Number(Find(attributes, length, CTRL_ATTR_FAMILY_ID), sizeof(uint16_t));
    const nlattr* groups = Find(attributes, length, CTRL_ATTR_MCAST_GROUPS);
    const char* group = Payload(groups) + NLA_HDRLEN;
    group_ = Number(Find(group, groups->nla_len - 2 * NLA_HDRLEN, CTRL_ATTR_MCAST_GRP_ID),
                    sizeof(uint32_t));
    get_ = Message(type_, 0, SHELF_CMD_GET).Put32(SHELF_A_ITEM_ID, 77).bytes();
    dump_ = Message(type_, NLM_F_DUMP, SHELF_CMD_GET).bytes();
    set_ = MakeSet();
  }

  // Each returns what came, without headers.
  std::string Get() {
    socket_.Send(get_);
    return Content(socket_, socket_.Receive());
  }

  void Set() { socket_.Send(set_); }

  std::string SetAndHear() {
    socket_.Send(set_);
    return Content(*listener_, listener_->Receive());
  }

  std::string Dump() {
    std::string content;
    socket_.Send(dump_);
    while (!TakeAll(socket_, socket_.Receive(), content)) continue;
    return content;
  }

  // From now on somebody listens, or nobody does.
  void Listen() {
    listener_ = std::make_unique<Socket>();
    listener_->Join(group_);
  }
  void Ignore() { listener_.reset(); }

  // Whether Dump() returns anything: comparing costs, too.
  void Keep(bool keep) { keep_ = keep; }

 private:
  std::string MakeSet() const {
    const uint64_t price = 1999;
    const char serial[SHELF_SERIAL_LEN] = {1, 2, 3};
    Message set(type_, 0, SHELF_CMD_SET);
    set.Put32(SHELF_A_ITEM_ID, 77)
        .PutText(SHELF_A_ITEM_NAME, "a thing by another name")
        .Put32(SHELF_A_ITEM_STATE, SHELF_STATE_WORN)
        .Put32(SHELF_A_ITEM_MARKS, SHELF_MARK_HEAVY)
        .Put(SHELF_A_ITEM_PRICE, &price, sizeof price)
        .Put32(SHELF_A_ITEM_TEMPERATURE, 21)
        .Put32(SHELF_A_ITEM_ADDRESS, 0x010200c0)
        .Put(SHELF_A_ITEM_SERIAL, serial, sizeof serial)
        .Nest(SHELF_A_ITEM_PLACE, [&] {
          set.Put32(SHELF_A_PLACE_ROW, 5)
              .Put32(SHELF_A_PLACE_COLUMN, 6)
              .PutText(SHELF_A_PLACE_NOTE, "in front of the door");
        });
    for (uint32_t key : {7, 8}) {
      set.Nest(SHELF_A_ITEM_TAG,
               [&] { set.Put32(SHELF_A_TAG_KEY, key).Put32(SHELF_A_TAG_VALUE, key * key); });
    }
    return set.Put(SHELF_A_ITEM_BORROWED, nullptr, 0).bytes();
  }

  std::string Content(const Socket& socket, size_t size) const {
    std::string content;
    TakeAll(socket, size, content);
    return content;
  }

  // Adds the attributes of all messages in a datagram; true after the end of a dump.
  bool TakeAll(const Socket& socket, size_t size, std::string& content) const {
    const char* data = socket.buffer();
    while (size >= NLMSG_HDRLEN + GENL_HDRLEN) {
      const auto* header = reinterpret_cast<const nlmsghdr*>(data);
      if (header->nlmsg_type == NLMSG_DONE) return true;
      if (header->nlmsg_type != type_) Fail("the kernel said something else");
      if (keep_) content.append(data + NLMSG_HDRLEN, header->nlmsg_len - NLMSG_HDRLEN);
      const size_t length = std::min<size_t>(NLMSG_ALIGN(header->nlmsg_len), size);
      data += length;
      size -= length;
    }
    return false;
  }

  Socket socket_;
  std::unique_ptr<Socket> listener_;
  uint16_t type_ = 0;
  uint32_t group_ = 0;
  bool keep_ = true;
  std::string get_;
  std::string dump_;
  std::string set_;
};

struct Operation {
  const char* name;
  int times;  // in a sample
  bool listen;
  bool answers;
  std::function<std::string(Shelf&)> run;
};

const Operation kOperations[] = {
    {"get", 200, false, true, [](Shelf& shelf) { return shelf.Get(); }},
    {"set", 200, false, false, [](Shelf& shelf) { return shelf.Set(), std::string(); }},
    {"notification", 200, true, true, [](Shelf& shelf) { return shelf.SetAndHear(); }},
    {"dump of 1000", 2, false, true, [](Shelf& shelf) { return shelf.Dump(); }},
};

int64_t Now() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * int64_t{1000000000} + now.tv_nsec;
}

double Measure(const Operation& operation, Shelf& shelf) {
  const int64_t start = Now();
  for (int i = 0; i < operation.times; ++i) operation.run(shelf);
  return static_cast<double>(Now() - start) / operation.times;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void CheckSame(const Operation& operation, Shelf& generated, Shelf& by_hand) {
  const std::string one = operation.run(generated);
  const std::string other = operation.run(by_hand);
  if (one == other && one.empty() != operation.answers) return;
  errno = 0;
  Fail(std::string("the modules do not answer alike: ") + operation.name);
}

// The ratio of the medians.
double Compare(const Operation& operation, Shelf& generated, Shelf& by_hand) {
  for (Shelf* shelf : {&generated, &by_hand}) {
    shelf->Keep(true);
    if (operation.listen) shelf->Listen();
  }
  CheckSame(operation, generated, by_hand);
  std::vector<double> mine, theirs, ratios;
  for (Shelf* shelf : {&generated, &by_hand}) {
    shelf->Keep(false);
    Measure(operation, *shelf);
  }
  for (int i = 0; i < kSamples; ++i) {
    mine.push_back(Measure(operation, generated));
    theirs.push_back(Measure(operation, by_hand));
    ratios.push_back(mine.back() / theirs.back());
  }
  for (Shelf* shelf : {&generated, &by_hand}) shelf->Ignore();
  const double ratio = Median(mine) / Median(theirs);
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  std::printf("%-14s %10.0f %10.0f %8.3f   %.3f..%.3f\n", operation.name, Median(mine),
              Median(theirs), ratio, *least, *most);
  return ratio;
}

}  // namespace

int main(int argc, char** argv) {
  const double limit = argc > 1 ? std::atof(argv[1]) : 1.03;
  Shelf generated(SHELF_FAMILY_NAME);
  Shelf by_hand("shelf_by_hand");
  std::printf("%-14s %10s %10s %8s   %s\n", "instructions", "generated", "by hand", "ratio",
              "its spread");
  int status = 0;
  for (const Operation& operation : kOperations) {
    if (Compare(operation, generated, by_hand) > limit) status = 1;
  }
  if (status != 0) std::printf("above the limit of %.3f\n", limit);
  return status;
}
