// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* A grid that dumps show in part, operations that do little, and a gate. */

#include <linux/atomic.h>

#include "torture.h"

#define TORTURE_COLORS		3
#define TORTURE_PAYLOAD_MAX	65000
#define TORTURE_COUNT		3000

static const u8 torture_payload[TORTURE_PAYLOAD_MAX];

/* The grid */

static struct torture_cell_rsp torture_cell_at(u32 row, u32 column)
{
	return (struct torture_cell_rsp) {
		.row = row,
		.column = column,
		.color = (row + column) % TORTURE_COLORS,
	};
}

int torture_cell(struct genl_info *info, const struct torture_cell_req *req,
		 struct genlc_reply *reply)
{
	struct torture_cell_rsp rsp = torture_cell_at(req->row, req->column);

	return torture_cell_reply(reply, &rsp, GFP_KERNEL);
}

static int torture_cell_dump_row(struct genlc_dump *dump,
				 const struct torture_cell_dump_req *req)
{
	struct torture_cell_rsp rsp;
	int err = 0;

	for (; !err && dump->inner < req->columns; dump->inner++) {
		rsp = torture_cell_at(dump->cursor, dump->inner);
		if (req->has.color && rsp.color != req->color)
			continue;
		if (req->has.size) {
			rsp.payload.data = torture_payload;
			rsp.payload.len = req->size;
		}
		err = torture_cell_dump_put(dump, &rsp);
	}
	return err;
}

int torture_cell_dump(struct genlc_dump *dump,
		      const struct torture_cell_dump_req *req)
{
	int err;

	for (; dump->cursor < req->rows; dump->cursor++) {
		err = torture_cell_dump_row(dump, req);
		if (err)
			return err;
		dump->inner = 0;
	}
	return 0;
}

/* Does not look at errors: the dump goes on where the message was full. */
int torture_count_dump(struct genlc_dump *dump)
{
	struct torture_count_rsp rsp;

	for (; dump->cursor < TORTURE_COUNT; dump->cursor++) {
		rsp.row = dump->cursor;
		torture_count_dump_put(dump, &rsp);
	}
	return 0;
}

/* Operations that do little */

int torture_poke(struct genl_info *info)
{
	return 0;
}

int torture_answer(struct genl_info *info)
{
	return torture_bell_unicast(genl_info_net(info), info->snd_portid,
				    GFP_KERNEL);
}

/* By now everything is there. */
int torture_demand(struct genl_info *info, const struct torture_demand_req *req)
{
	if (!req->label || !req->payload.data || !req->tree.count ||
	    !req->leaves.count || !req->knot.count || !req->table.count)
		return genlc_refuse(info, -EIO, "something is missing");
	return 0;
}

int torture_lax(struct genl_info *info, const struct torture_lax_req *req)
{
	return req->label ? 0 : -ENODATA;
}

int torture_lax_dump(struct genlc_dump *dump,
		     const struct torture_lax_dump_req *req)
{
	struct torture_lax_rsp rsp = { .label = req->label };

	if (dump->cursor++)
		return 0;
	return torture_lax_dump_put(dump, &rsp);
}

int torture_net_admin(struct genl_info *info)
{
	return 0;
}

int torture_net_admin_dump(struct genlc_dump *dump)
{
	return 0;
}

int torture_admin(struct genl_info *info)
{
	return 0;
}

int torture_admin_dump(struct genlc_dump *dump)
{
	return 0;
}

/* The gate: hooks of the profile find it for the handler, the spec's do not. */

struct torture_gate {
	bool closed;
	atomic_t entered;
	atomic_t left;
};

static struct torture_gate torture_the_gate;

int torture_gate(struct genl_info *info, const struct torture_gate_req *req)
{
	WRITE_ONCE(torture_the_gate.closed, req->closed);
	atomic_set(&torture_the_gate.entered, 0);
	atomic_set(&torture_the_gate.left, 0);
	return 0;
}

int torture_enter(struct genl_info *info, struct torture_gate **object)
{
	if (READ_ONCE(torture_the_gate.closed))
		return genlc_refuse(info, -EBUSY, "the gate is closed");
	*object = &torture_the_gate;
	atomic_inc(&(*object)->entered);
	return 0;
}

void torture_leave(struct genl_info *info, struct torture_gate *gate)
{
	atomic_inc(&gate->left);
}

int torture_enter_dump(struct netlink_callback *cb)
{
	if (READ_ONCE(torture_the_gate.closed))
		return -EBUSY;
	atomic_inc(&torture_the_gate.entered);
	return 0;
}

int torture_leave_dump(struct netlink_callback *cb)
{
	atomic_inc(&torture_the_gate.left);
	return 0;
}

static struct torture_pass_rsp torture_counts(struct torture_gate *gate)
{
	return (struct torture_pass_rsp) {
		.entered = atomic_read(&gate->entered),
		.left = atomic_read(&gate->left),
	};
}

int torture_pass(struct genl_info *info, struct torture_gate *gate,
		 const struct torture_pass_req *req, struct genlc_reply *reply)
{
	struct torture_pass_rsp rsp = torture_counts(gate);

	if (req->fail)
		return genlc_refuse_attr(info, TORTURE_A_GATE_FAIL, -ECANCELED,
					 "failed as asked");
	return torture_pass_reply(reply, &rsp, GFP_KERNEL);
}

int torture_pass_dump(struct genlc_dump *dump)
{
	struct torture_pass_rsp rsp = torture_counts(&torture_the_gate);

	if (dump->cursor++)
		return 0;
	return torture_pass_dump_put(dump, &rsp);
}

int torture_start(void)
{
	return 0;
}

void torture_stop(void)
{
	torture_alarms_stop();
}
