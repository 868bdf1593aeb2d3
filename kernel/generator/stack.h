// What may stand on the kernel's stack, of which a module has a small part: CONFIG_FRAME_WARN
// allows a function 2048 bytes on 64 bits.
#ifndef GENLC_KERNEL_GENERATOR_STACK_H_
#define GENLC_KERNEL_GENERATOR_STACK_H_

#include <cstddef>
#include <string>
#include <vector>

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// Bytes that the struct of a request or of a nest in one takes at most, on 64 bits.
size_t LargestSize(const Composite& composite);

// Whether a callback allocates its request.
bool IsLargeRequest(const Composite* request);

// Whether the decoders of lists see in allocated memory that their elements can be decoded.
bool IsLargeElement(const Composite& element);

// `err = ` whether an element can be decoded, into the variable at `scratch` if it is small.
std::string ElementCheck(const Composite& element, absl::string_view scratch, int depth);

// The function that does so, X_check(), and its head.
std::string ElementCheckHead(const Composite& element, absl::string_view qualifiers,
                             absl::string_view tail);
void EmitElementCheck(Printer& p, const Composite& element, absl::string_view qualifiers);

// A callback that allocates a request for the one of the name `inner`, and frees it behind it.
// The inner one has the same parameters and `req`.
void EmitAllocation(Printer& p, const Composite& request, absl::string_view outer,
                    absl::string_view inner, const std::vector<std::string>& parameters,
                    const std::vector<std::string>& arguments);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_STACK_H_
