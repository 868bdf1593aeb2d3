// What netlink messages say, one after another: a request explains the error that follows.
#ifndef GENLC_TOOLS_GENLC_DIALOGUE_H_
#define GENLC_TOOLS_GENLC_DIALOGUE_H_

#include <linux/netlink.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "genl/reader.h"
#include "tools/capture/capture.h"
#include "tools/genlc/families.h"

namespace genlc {

// A message in words.
struct Spoken {
  nlmsghdr header = {};
  size_t offset = 0;      // of the message in its packet, in bytes
  std::string family;     // empty: not known
  std::string operation;  // "sensor-get"; empty: not known
  std::string type;       // "request", "reply", "ack", "error", "done", "noop", "overrun"
  std::string body;       // JSON; empty: there is none
  int error = 0;          // errno of an error, positive
  std::string text;       // of an error: what the kernel says, and where
  std::string attribute;  // of an error: path of the one at fault
  std::string missing;    // of an error: path of one that should have been there
};

// What is wrong with bytes, and where in the packet they are.
struct Damage {
  size_t offset = 0;
  std::string text;
};

class Dialogue {
 public:
  // `families` outlives it.
  explicit Dialogue(Families& families) : families_(families) {}

  // Appends the messages of a packet, and what is wrong with it.
  void Hear(const Packet& packet, std::vector<Spoken>& messages, std::vector<Damage>& damages);

  // From the attributes of a reply of nlctrl: which number a family has.
  void LearnFamily(genl::Bytes attributes);

 private:
  struct Request {
    Meaning meaning;
    std::string bytes;  // with all headers
    size_t header = 0;  // bytes before the attributes
  };

  Spoken Read(int protocol, genl::Bytes message, bool cut, std::vector<Damage>& damages);
  void ReadBody(int protocol, genl::Bytes message, bool cut, Spoken& spoken,
                std::vector<Damage>& damages);
  void ReadVerdict(int protocol, genl::Bytes message, Spoken& spoken, std::vector<Damage>& damages);
  // That was answered; of one that was not seen, what the error repeats of it.
  std::optional<Request> Answered(int protocol, genl::Bytes message) const;
  std::optional<Request> AsRequest(int protocol, genl::Bytes message) const;

  Families& families_;
  std::map<uint32_t, Request> requests_;  // by sequence number, the last one
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_DIALOGUE_H_
