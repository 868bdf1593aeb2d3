// The families whose messages a capture has, each with its spec as tables.
#ifndef GENLC_TOOLS_GENLC_FAMILIES_H_
#define GENLC_TOOLS_GENLC_FAMILIES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "family/model/family.h"
#include "family/source/source.h"
#include "tools/genlc/environment.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {

struct DecodedFamily {
  explicit DecodedFamily(std::unique_ptr<const Family> spec)
      : family(std::move(spec)), tables(*family) {}

  std::unique_ptr<const Family> family;
  WireTables tables;
};

// What a message with a command means.
struct Meaning {
  const DecodedFamily* family = nullptr;  // null: no spec is known
  const Operation* operation = nullptr;   // null: the spec has no such command
  const Message* message = nullptr;
};

class Families {
 public:
  explicit Families(Environment& env) : env_(env) {}

  // A spec that the user has named. False after saying what is wrong with it.
  bool Add(const std::string& name);
  // A generic family has this number from now on.
  void Learn(uint16_t number, const std::string& name) { names_[number] = name; }
  // The name of a generic family; empty: not known.
  std::string NameOf(uint16_t number) const;

  // Where the capture does not say the protocol: that of the first spec that was named.
  int DefaultProtocol() const;

  // `number` is that of the family in generic netlink, else of the message.
  Meaning Find(int protocol, uint16_t number, uint32_t command, bool is_request);

 private:
  // Loads the spec once, if there is one on GENLC_SPEC_PATH; null: there is none.
  const DecodedFamily* ByName(const std::string& name);
  // Those that share a protocol of classic netlink.
  std::vector<const DecodedFamily*> OfProtocol(int protocol);

  Environment& env_;
  SourceManager sources_;
  std::map<std::string, std::unique_ptr<DecodedFamily>> families_;  // null: there is no spec
  std::vector<const DecodedFamily*> named_;                         // by the user
  std::map<uint16_t, std::string> names_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_FAMILIES_H_
