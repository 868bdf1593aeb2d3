// What the tests in the VM have in common.
#ifndef FAMILY_EXAMPLES_HELLO_VM_H_
#define FAMILY_EXAMPLES_HELLO_VM_H_

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "family/examples/hello/hello.genl.h"
#include "gtest/gtest.h"

namespace hello {

// The program of the example, in the VM.
inline constexpr char kMain[] = "/family/examples/hello/hello_main";

inline void SetParameter(const std::string& name, int value) {
  std::ofstream file("/sys/module/hello/parameters/" + name);
  file << value << std::flush;
  EXPECT_TRUE(file.good()) << name;
}

// Of `answers`, each after a pause of so many milliseconds.
inline void SetConversations(int answers, int pause_ms) {
  SetParameter("answers", answers);
  SetParameter("pause_ms", pause_ms);
}

// The port ids of those that are being answered.
inline std::vector<uint32_t> Conversations(Client& client) {
  std::vector<uint32_t> ports;
  const auto objects = client.ConversationsDump().Collect();
  EXPECT_TRUE(objects.ok()) << objects.status();
  if (!objects.ok()) return ports;
  for (const ConversationsReply& talk : *objects) ports.push_back(talk.port);
  std::sort(ports.begin(), ports.end());
  return ports;
}

}  // namespace hello

#endif  // FAMILY_EXAMPLES_HELLO_VM_H_
