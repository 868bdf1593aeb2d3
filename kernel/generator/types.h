// The generated header: the types of messages, what the author writes and what the
// author calls.
#ifndef GENLC_KERNEL_GENERATOR_TYPES_H_
#define GENLC_KERNEL_GENERATOR_TYPES_H_

#include <string>
#include <vector>

#include "kernel/generator/plan.h"

namespace genlc::kernel {

// A function that the author writes.
struct Handler {
  std::string comment;
  std::string returns;  // "int" or "void"
  std::string name;
  std::vector<std::string> parameters;
};

// Start and stop, hooks and operations, in the order in which they are declared.
std::vector<Handler> Handlers(const Plan& plan);

// thermo_nl.h
std::string ModuleHeader(const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_TYPES_H_
