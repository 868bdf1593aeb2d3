// SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause
/* /proc/rival shows whether the module has been started and not stopped. */
#include <linux/proc_fs.h>

#include "rival_nl.h"

int rival_ask(struct genl_info *info, const struct rival_ask_req *req,
	      struct genlc_reply *reply)
{
	const struct rival_ask_rsp rsp = { .number = req->number };

	return rival_ask_reply(reply, &rsp, GFP_KERNEL);
}

int rival_start(void)
{
	return proc_mkdir("rival", NULL) ? 0 : -ENOMEM;
}

void rival_stop(void)
{
	remove_proc_entry("rival", NULL);
}
