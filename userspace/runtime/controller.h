// The family of families, `nlctrl`: what is offered, and by which numbers.
#ifndef GENL_CONTROLLER_H_
#define GENL_CONTROLLER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "genl/complaint.h"
#include "genl/message.h"
#include "genl/offer.h"
#include "genl/writer.h"

namespace genl {

// Of its group `notify`, as in every kernel.
inline constexpr uint32_t kRegistrationsGroup = 0x10;

// Appends a message of `command` (CTRL_CMD_*) with name, numbers, operations and groups of a
// family.
void EncodeFamily(const Offer& offer, uint8_t command, uint32_t sequence, uint32_t port,
                  Writer& writer);

// Answers CTRL_CMD_GETFAMILY by name or number, and its dump, in `reply`. False: see `complaint`.
bool AnswerController(const std::vector<std::unique_ptr<Offer>>& offers, const RawMessage& message,
                      uint32_t port, Writer& reply, Complaint& complaint);

}  // namespace genl

#endif  // GENL_CONTROLLER_H_
