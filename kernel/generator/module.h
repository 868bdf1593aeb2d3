// The files of a kernel module that is not part of the kernel's source.
#ifndef GENLC_KERNEL_GENERATOR_MODULE_H_
#define GENLC_KERNEL_GENERATOR_MODULE_H_

#include <string>

#include "kernel/generator/plan.h"

namespace genlc::kernel {

// thermo_nl.c
std::string ModuleSource(const Plan& plan);

// thermo_handlers.c, to begin with: every operation is refused.
std::string HandlersSkeleton(const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_MODULE_H_
