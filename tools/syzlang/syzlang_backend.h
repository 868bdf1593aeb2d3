// --syzlang_out: NAME.txt, a description of the family's requests for the fuzzer syzkaller.
#ifndef GENLC_TOOLS_SYZLANG_SYZLANG_BACKEND_H_
#define GENLC_TOOLS_SYZLANG_SYZLANG_BACKEND_H_

#include "family/codegen/backend.h"

namespace genlc {

// In syzkaller's language (its docs/syscall_descriptions_syntax.md), on top of what its
// sys/linux/socket_netlink*.txt declare: msghdr_netlink, netlink_msg_t, nlattr, nlnest and others.
// Numbers are plain, so that no header of the family has to be found.
class SyzlangBackend : public Backend {
 public:
  absl::string_view name() const override { return "syzlang"; }
  absl::string_view description() const override {
    return "a description of the family's requests for syzkaller";
  }
  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_SYZLANG_SYZLANG_BACKEND_H_
