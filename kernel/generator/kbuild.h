// What builds, configures and packages a module: Kbuild, Makefile, Kconfig, dkms.conf.
#ifndef GENLC_KERNEL_GENERATOR_KBUILD_H_
#define GENLC_KERNEL_GENERATOR_KBUILD_H_

#include "family/codegen/output.h"
#include "family/model/family.h"

namespace genlc::kernel {

void AddBuildFiles(const Family& family, OutputFiles& files);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_KBUILD_H_
