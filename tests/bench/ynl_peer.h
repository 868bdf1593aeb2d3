/* What the benchmark calls in the shared object with YNL's C. Each returns how many values it has
 * read, 0 where it failed.
 */
#ifndef TESTS_BENCH_YNL_PEER_H_
#define TESTS_BENCH_YNL_PEER_H_

#include <linux/netlink.h>
#include <stddef.h>

struct ynl_peer {
  size_t (*request)(void);
  size_t (*dump_families)(void);
  size_t (*dump_links)(void);
  int (*listen)(void); /* 0 where it failed */
  size_t (*notifications)(void);
  size_t (*encode_request)(void); /* its length */
  size_t (*decode_family)(const struct nlmsghdr *message);
  size_t (*decode_link)(const struct nlmsghdr *message);
};

/* Null where a socket cannot be opened. */
typedef const struct ynl_peer *ynl_peer_open(void);

#endif /* TESTS_BENCH_YNL_PEER_H_ */
