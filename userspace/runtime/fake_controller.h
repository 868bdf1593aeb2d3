// The part of a fake kernel that tells which families there are and what they accept.
#ifndef GENL_FAKE_CONTROLLER_H_
#define GENL_FAKE_CONTROLLER_H_

#include <vector>

#include "genl/fake_kernel.h"
#include "genl/policy.h"

namespace genl::test {

// Whether a request is one of those to the kernel's family of families that are answered here. In a
// fake kernel all families have one number, so that others must not use its commands, 3 and 10.
bool IsForController(const FakeRequest& request);

// What a kernel with one family says to it.
std::vector<ByteString> TellPolicy(const FakeRequest& request, const FamilyPolicy& policy);

}  // namespace genl::test

#endif  // GENL_FAKE_CONTROLLER_H_
