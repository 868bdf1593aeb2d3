// The services of the same families, on the fake kernel: what they refuse and how they say it has
// to be what the newest kernel and a generated module do.
#include "family/examples/thermo/thermo.service.h"
#include "genl/testing/fake_kernel.h"
#include "tests/policy/torture.h"
#include "tests/torture/torture.service.h"
#include "tests/torture/vintage.service.h"

namespace genlc::policy {
namespace {

// Sends back what it gets.
class EchoService : public torture::Service {
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

// The others refuse what is right with EOPNOTSUPP.
class Thermo : public thermo::Service {};
class Vintage : public vintage::Service {};

int Main(int argc, char** argv) {
  EchoService echo;
  Thermo thermo;
  Vintage vintage;
  genl::FakeKernel kernel;
  for (genl::Service* service :
       {static_cast<genl::Service*>(&echo), static_cast<genl::Service*>(&thermo),
        static_cast<genl::Service*>(&vintage)}) {
    if (!kernel.Add(*service).ok()) return 1;
  }
  return TortureMain(argc, argv, {.names_missing = true, .explains_start = true},
                     [&](const Family& family) { return Peer::Connect(family, kernel); });
}

}  // namespace
}  // namespace genlc::policy

int main(int argc, char** argv) { return genlc::policy::Main(argc, argv); }
