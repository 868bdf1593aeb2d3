// The requests of a family, made at random from its spec.
//
//   const Requests requests("thermo.yaml");  // and thermo.genlc.yaml beside it
//   for (const Requests::Kind& kind : requests.kinds()) Send(requests.Make(kind, seed));
#ifndef GENLC_TESTS_SANITISED_REQUESTS_H_
#define GENLC_TESTS_SANITISED_REQUESTS_H_

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "family/model/family.h"
#include "family/source/source.h"
#include "genl/table.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {

// Before the fixed header and the attributes.
inline constexpr size_t kHeadersSize = NLMSG_HDRLEN + GENL_HDRLEN;

class Requests {
 public:
  // An operation, used one way.
  struct Kind {
    std::string name;  // "sensor-get dump"
    uint8_t command = 0;
    bool dump = false;
    const Message* message = nullptr;
    genl::MessageTable table;
  };

  // The file of a spec, with its profile beside it. Ends the program where they are wrong.
  explicit Requests(const std::string& spec);

  const Family& family() const { return *family_; }
  const std::vector<Kind>& kinds() const { return kinds_; }

  // A whole message that obeys the spec, without the numbers that the kernel gives: type of the
  // family and sequence. Where it can be had, all that is required is there.
  std::vector<uint8_t> Make(const Kind& kind, uint64_t seed) const;

 private:
  void Add(const Operation& operation, const Exchange& exchange, bool dump);

  SourceManager sources_;
  std::unique_ptr<const Family> family_;
  std::unique_ptr<const WireTables> tables_;
  std::deque<OwnedSet> rows_;
  std::vector<Kind> kinds_;
};

}  // namespace genlc

#endif  // GENLC_TESTS_SANITISED_REQUESTS_H_
