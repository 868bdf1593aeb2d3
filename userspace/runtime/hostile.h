// What no kernel should send, and system calls that fail: for the tests of all exchanges.
#ifndef GENL_HOSTILE_H_
#define GENL_HOSTILE_H_

#include <functional>
#include <ostream>
#include <variant>
#include <vector>

#include "genl/fake_kernel.h"
#include "genl/test_message.h"

namespace genl::test {

using Datagrams = std::vector<ByteString>;

// What a good answer, object or event says.
ByteString GoodAttributes();
extern const Everything kGood;

// A value, or words of the error.
using Outcome = std::variant<Everything, const char*>;

// Attributes of a message that is well otherwise.
struct HostileAttributes {
  const char* name;
  ByteString bytes;
  Outcome outcome;
};
const std::vector<HostileAttributes>& AllHostileAttributes();

struct HostileReply {
  const char* name;
  // The answer; to a dump it is followed by an end.
  std::function<Datagrams(const FakeRequest&)> answer;
  Outcome outcome;
  // Of a dump, where that is something else.
  std::variant<std::monostate, Everything, const char*> of_dump = {};
  // Nobody can say what stood in the datagram: whoever waits on the same socket gets the error,
  // too.
  bool loses_others = false;
};
// In the messages, and all that the attributes can do.
std::vector<HostileReply> AllHostileReplies();

inline std::ostream& operator<<(std::ostream& out, const HostileReply& r) { return out << r.name; }
inline std::ostream& operator<<(std::ostream& out, const HostileAttributes& a) {
  return out << a.name;
}

// With what the next calls of this thread fail, the first first; 0: that call does not. They are
// forgotten when they have failed.
struct Failures {
  std::vector<int> receive = {};
  std::vector<int> send = {};
  std::vector<int> poll = {};

  bool empty() const { return receive.empty() && send.empty() && poll.empty(); }
};
Failures& FailuresOfThisThread();

}  // namespace genl::test

#endif  // GENL_HOSTILE_H_
