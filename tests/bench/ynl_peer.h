/* What the benchmark calls in the shared object with YNL's C. Each returns how many values it has
 * read, 0 where it failed.
 */
#ifndef TESTS_BENCH_YNL_PEER_H_
#define TESTS_BENCH_YNL_PEER_H_

#include <stddef.h>

struct ynl_peer {
  size_t (*request)(void);
  size_t (*dump_families)(void);
  size_t (*dump_links)(void);
  int (*listen)(void); /* 0 where it failed */
  size_t (*notifications)(void);
};

/* Null where a socket cannot be opened. */
typedef const struct ynl_peer *ynl_peer_open(void);

#endif /* TESTS_BENCH_YNL_PEER_H_ */
