// The family of families, `nlctrl`: what is offered, by which numbers, and what it accepts.
#ifndef GENL_CONTROLLER_H_
#define GENL_CONTROLLER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "genl/complaint.h"
#include "genl/message.h"
#include "genl/objects.h"
#include "genl/offer.h"
#include "genl/writer.h"

namespace genl {

// Of its group `notify`, as in every kernel.
inline constexpr uint32_t kRegistrationsGroup = 0x10;

// Appends a message of `command` (CTRL_CMD_*) with name, numbers, operations and groups of a
// family.
void EncodeFamily(const Offer& offer, uint8_t command, uint32_t sequence, uint32_t port,
                  Writer& writer);

// Answers CTRL_CMD_GETFAMILY by name or number, and its dump, in `reply`; other commands are not
// supported. False: see `complaint`.
bool AnswerController(const std::vector<std::unique_ptr<Offer>>& offers, const RawMessage& message,
                      uint32_t port, Writer& reply, Complaint& complaint);

// Whether a message asks for the dump CTRL_CMD_GETPOLICY.
bool AsksForPolicy(const RawMessage& message);
// Its objects, messages of controller::kGetPolicy: those of one family, or of one operation. Null:
// see `complaint`.
std::unique_ptr<ObjectSource> PolicyObjects(const std::vector<std::unique_ptr<Offer>>& offers,
                                            const RawMessage& message, Complaint& complaint);

}  // namespace genl

#endif  // GENL_CONTROLLER_H_
