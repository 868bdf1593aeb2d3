// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* What vintage does. genlc has written this file once; it is yours. */

#include "vintage_nl.h"

/* Before the first request can arrive; an error keeps the module out. */
int vintage_start(void)
{
	return 0;
}

/* After the last. */
void vintage_stop(void)
{
}

/* echo: Everything there and back. */
int vintage_echo(struct genl_info *info, const struct vintage_echo_req *req,
		 struct genlc_reply *reply)
{
	return -EOPNOTSUPP;
}

int vintage_echo_dump(struct genlc_dump *dump,
		      const struct vintage_echo_dump_req *req)
{
	return -EOPNOTSUPP;
}

/* move: Says where it was, and has nothing else to say. */
int vintage_move(struct genl_info *info, const struct vintage_move_req *req,
		 struct genlc_reply *reply)
{
	return -EOPNOTSUPP;
}
