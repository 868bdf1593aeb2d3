// How single values are declared, read from an attribute and put into one.
#ifndef GENLC_KERNEL_GENERATOR_VALUES_H_
#define GENLC_KERNEL_GENERATOR_VALUES_H_

#include <string>
#include <vector>

#include "kernel/generator/plan.h"

namespace genlc::kernel {

// The type of an integer attribute or of the elements of an integer list or C array:
// "u32", "__be16", "enum thermo_kind".
std::string IntegerType(const Attribute& attribute);

// A C expression for the integer in the attribute `attr`, as it travels or in host order.
std::string GetInteger(const Attribute& attribute, absl::string_view attr);
std::string GetHostInteger(const Attribute& attribute, absl::string_view attr);

// Statements that read the value of `attr` into `place`, or where that points to; not of
// nests, flags and C arrays.
std::string ReadInto(const Member& member, absl::string_view place, int depth,
                     bool is_pointer = false);

// A constant of the attribute's type and byte order.
std::string IntegerConstant(const Attribute& attribute, Integer value);

// What a declaration of one value begins with: `const char *`, `u32 `.
std::string ValueDeclaration(const Member& member);

// GENLC_ADMIN: who may read an attribute or listen to a group.
std::string AudienceName(Audience audience);

// The arguments of a struct's encoder, with `audience` where it asks for one.
std::vector<std::string> PutArguments(const Composite& composite,
                                      std::vector<std::string> arguments,
                                      absl::string_view audience);

// The call that puts one value, `value`, into an attribute of number `type`. Its result
// is 0 or an error.
std::string PutValue(const Member& member, absl::string_view type, absl::string_view value);

// The bytes that such an attribute takes.
std::string SizeOfValue(const Member& member, absl::string_view value);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_VALUES_H_
