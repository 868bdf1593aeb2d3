// What is wrong with a request, as the one who refuses it finds it: in its bytes.
#ifndef GENL_COMPLAINT_H_
#define GENL_COMPLAINT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "genl/layout.h"
#include "genl/reader.h"
#include "genl/writer.h"

namespace genl {

struct Complaint {
  int error = 0;  // errno, positive; 0: nothing, or a warning
  std::string text = {};
  const uint8_t* place = nullptr;        // header of the attribute at fault; null: the request
  const Attribute* policy = nullptr;     // whose limits it failed; null: none
  std::optional<uint16_t> missing = {};  // number of an attribute that should be there,
  const uint8_t* nest = nullptr;         // and the header of the nest around it, if it has one

  // Both return false, so that what fails can return them.
  bool Set(int number, absl::string_view words, const uint8_t* where,
           const Attribute* limits = nullptr);
  bool SetMissing(uint16_t number, const uint8_t* around);
};

// Appends the attributes of an extended acknowledgement for the request `message`, headers
// included; nothing where there is nothing to say.
void EncodeExtAck(const Complaint& complaint, Bytes message, Writer& writer);

// What a handler's status says of the request, whose attributes are of the layout and start at
// `header` bytes of `message`. A KernelError is told as it is; of other statuses the code becomes
// the errno that absl::ErrnoToStatus() would have made into it.
Complaint ComplaintOf(const absl::Status& status, const Layout* request, Bytes message,
                      size_t header);

}  // namespace genl

#endif  // GENL_COMPLAINT_H_
