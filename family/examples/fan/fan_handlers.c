// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
#include "fan_nl.h"

static const u32 fan_rpm[] = { 900, 1250, 1800 };

int fan_get(struct genl_info *info, const struct fan_get_req *req,
	    struct genlc_reply *reply)
{
	struct fan_get_rsp rsp = {};

	if (req->id >= ARRAY_SIZE(fan_rpm))
		return genlc_refuse_attr(info, FAN_A_ID, -ENOENT, "no such fan");
	rsp.rpm = fan_rpm[req->id];
	return fan_get_reply(reply, &rsp, GFP_KERNEL);
}

int fan_start(void)
{
	return 0;
}

void fan_stop(void)
{
}
