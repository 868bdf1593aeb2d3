// Binary structures: members at fixed places, each converted to and from host byte order.
#ifndef GENL_STRUCTURE_H_
#define GENL_STRUCTURE_H_

#include <cstdint>

#include "genl/fault.h"
#include "genl/layout.h"
#include "genl/reader.h"

namespace genl {

// Fills `*value`, a struct of this layout. Bytes that are not there count as zero, what stands
// behind the structure is left alone: kernels let structures grow at their end.
void DecodeStructure(const StructLayout& layout, Bytes bytes, void* value);

// Writes the members of `*value` to `to`, as many bytes as the structure has, which are zero
// before: padding stays so. False where an integer does not fit in its bytes.
bool EncodeStructure(const StructLayout& layout, const void* value, uint8_t* to, Fault& fault);

}  // namespace genl

#endif  // GENL_STRUCTURE_H_
