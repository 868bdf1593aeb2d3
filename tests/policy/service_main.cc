// The service of a family on the fake kernel: what it refuses and how it says it has to be what the
// newest kernel and a generated module do. Compiled for each family, `FAMILY`, with its header.
#include "genl/testing/fake_kernel.h"
#include "tests/policy/torture.h"

namespace genlc::policy {
namespace {

#ifdef ECHOES
// Sends back what it gets.
class Tried : public torture::Service {
  absl::StatusOr<torture::EchoReply> Echo(const torture::EchoRequest& request,
                                          genl::Caller&) override {
    return torture::EchoReply{.id = request.id,
                              .urgent = request.urgent,
                              .label = request.label,
                              .port = *request.port,
                              .depth = *request.depth,
                              .numbers = request.numbers,
                              .bytes = request.bytes,
                              .lists = request.lists,
                              .tree = request.tree,
                              .leaf = request.leaf,
                              .leaves = request.leaves,
                              .knot = request.knot,
                              .table = request.table};
  }
};
#else
// Refuses what is right with EOPNOTSUPP.
class Tried : public FAMILY::Service {};
#endif

int Main(int argc, char** argv) {
  Tried service;
  genl::FakeKernel kernel;
  if (!kernel.Add(service).ok()) return 1;
  return TortureMain(argc, argv, {.names_missing = true, .explains_start = true},
                     [&](const Family& family) { return Peer::Connect(family, kernel); });
}

}  // namespace
}  // namespace genlc::policy

int main(int argc, char** argv) { return genlc::policy::Main(argc, argv); }
