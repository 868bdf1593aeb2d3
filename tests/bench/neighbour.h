// Where notifications come from: a network namespace in which the only neighbour of a bridge
// changes its address.
#ifndef TESTS_BENCH_NEIGHBOUR_H_
#define TESTS_BENCH_NEIGHBOUR_H_

#include <cstddef>
#include <memory>

namespace bench {

// A network namespace with nothing but `lo` in it, which the calling thread enters.
void EnterNewNamespace();
// Makes the bridges `br<first>` and those after it, before `br<end>`, in the network namespace of
// the calling thread.
void MakeLinks(size_t first, size_t end);

class Neighbour {
 public:
  // In a new network namespace, in which the calling thread is from then on.
  Neighbour();
  ~Neighbour();

  // Makes `count` notifications.
  void Change(size_t count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bench

#endif  // TESTS_BENCH_NEIGHBOUR_H_
