// The C++ back end: a client in `<stem of the spec>.genl.h` and `.genl.cc`.
#ifndef GENLC_USERSPACE_GENERATOR_CPP_BACKEND_H_
#define GENLC_USERSPACE_GENERATOR_CPP_BACKEND_H_

#include <memory>

#include "family/codegen/backend.h"

namespace genlc {

std::unique_ptr<Backend> MakeCppBackend();

}  // namespace genlc

#endif  // GENLC_USERSPACE_GENERATOR_CPP_BACKEND_H_
