// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* By netlink: the same handlers for generic netlink and a protocol of its own. */

#include <linux/string.h>

#include "slate.h"
#include "slate_generic_nl.h"

int slate_generic_get(struct genl_info *info, struct genlc_reply *reply)
{
	const struct slate_generic_get_rsp rsp = { .number = slate_get() };

	return slate_generic_get_reply(reply, &rsp, GFP_KERNEL);
}

int slate_generic_set(struct genl_info *info,
		      const struct slate_generic_set_req *req)
{
	slate_set(req->number);
	return 0;
}

int slate_generic_read(struct genl_info *info,
		       const struct slate_generic_read_req *req,
		       struct genlc_reply *reply)
{
	struct slate_generic_read_rsp rsp = { .data.len = req->size };
	int err;

	if (!slate_holds(req->offset, req->size))
		return genlc_refuse_attr(info, SLATE_GENERIC_A_SLATE_OFFSET,
					 -ERANGE, "beyond the end");
	rsp.data.data = slate_hold() + req->offset;
	err = slate_generic_read_reply(reply, &rsp, GFP_KERNEL);
	slate_release();
	return err;
}

int slate_generic_write(struct genl_info *info,
			const struct slate_generic_write_req *req)
{
	if (!slate_holds(req->offset, req->data.len))
		return genlc_refuse_attr(info, SLATE_GENERIC_A_SLATE_OFFSET,
					 -ERANGE, "beyond the end");
	memcpy(slate_hold() + req->offset, req->data.data, req->data.len);
	slate_release();
	slate_changed();
	return 0;
}

static int slate_generic_tell(struct notifier_block *listener,
			      unsigned long tell, void *number)
{
	const struct slate_generic_get_rsp event = { .number = *(u32 *)number };

	if (tell & SLATE_TELL_GENERIC)
		slate_generic_changed_ntf_send(&init_net, &event, GFP_KERNEL);
	return NOTIFY_OK;
}

static struct notifier_block slate_generic_listener = {
	.notifier_call = slate_generic_tell,
};

int slate_generic_start(void)
{
	slate_listen(&slate_generic_listener);
	return 0;
}

void slate_generic_stop(void)
{
	slate_ignore(&slate_generic_listener);
}
