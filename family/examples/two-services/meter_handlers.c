// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * Counters in memory. Requests come one after the other, as the family is not
 * `parallel-ops`, so that nothing needs a lock.
 */
#include <linux/overflow.h>

#include "meter_nl.h"

static u64 meter_total[METER_OUTLET_MAX + 1];

int meter_count(struct genl_info *info, const struct meter_count_req *req,
		struct genlc_reply *reply)
{
	u64 *total = &meter_total[req->outlet];
	struct meter_count_rsp rsp = {
		.to = req->from,
		.from = METER_FAMILY_NAME,
		.outlet = req->outlet,
		.units = req->units,
	};
	int err;

	if (strcmp(req->to, METER_FAMILY_NAME))
		return genlc_refuse_attr(info, METER_A_READING_TO, -EXDEV,
					 "this is the meter");
	if (check_add_overflow(*total, req->units, &rsp.total))
		return genlc_refuse_attr(info, METER_A_READING_UNITS,
					 -EOVERFLOW, "more than it can count to");
	err = meter_count_reply(reply, &rsp, GFP_KERNEL);
	if (err)
		return err;
	*total = rsp.total;
	meter_counted_ntf_send(genl_info_net(info), &rsp, GFP_KERNEL);
	return 0;
}

int meter_start(void)
{
	return 0;
}

void meter_stop(void)
{
}
