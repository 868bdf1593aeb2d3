// A dump that a service is making, one datagram after the other.
#ifndef GENL_SERVED_DUMP_H_
#define GENL_SERVED_DUMP_H_

#include <linux/netlink.h>

#include <cstdint>
#include <memory>

#include "genl/complaint.h"
#include "genl/discretion.h"
#include "genl/framing.h"
#include "genl/objects.h"
#include "genl/operation.h"
#include "genl/writer.h"

namespace genl {

class ServedDump {
 public:
  // `request` is the header of the message that asks for it, and `port` where that came from;
  // `discretion` is what its objects are told with.
  ServedDump(const Operation& operation, const Framing& framing, const nlmsghdr& request,
             uint32_t port, const Discretion& discretion, std::unique_ptr<ObjectSource> source,
             const Generation* generation);

  // The next datagram, valid until the next call: objects, as many as fit, and at last the end.
  Bytes Next();
  bool at_end() const { return at_end_; }
  // From now on it tells that something has changed.
  void Interrupt() { interrupted_ = true; }
  // Ends here: the service is gone.
  void Abort(int error) { source_.reset(), failure_ = error; }

 private:
  bool AddObject();
  void AddEnd(const Complaint& complaint);
  uint16_t Flags();

  const Operation& operation_;
  const Framing framing_;
  const uint32_t sequence_;
  const uint32_t port_;
  const Discretion discretion_;
  std::unique_ptr<ObjectSource> source_;
  const Generation* generation_;
  uint32_t seen_ = 0;  // of the generation
  bool interrupted_ = false;
  bool at_end_ = false;
  int failure_ = 0;
  Writer datagram_;
  Writer rest_;  // an object that did not fit any more
};

}  // namespace genl

#endif  // GENL_SERVED_DUMP_H_
