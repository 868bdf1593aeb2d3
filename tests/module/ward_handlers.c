// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * Calls the senders from every context, and has a room that not everybody may
 * know all of. Hooks hand out tickets.
 */

#include <linux/irq_work.h>

#include "ward_nl.h"

/* One request; its family takes one at a time. */
static struct {
	struct irq_work irq;
	struct net *net;
	u32 portid;
	const struct ward_ring_req *req;
	int error;
} ward_ring_now;

static int ward_send(u32 number)
{
	const struct ward_quiet_bell quiet = { .number = number };
	const struct ward_bell bell = { .number = number };
	struct net *net = ward_ring_now.net;

	switch (ward_ring_now.req->reach) {
	case WARD_REACH_GROUP:
		return ward_bell_send(net, &bell, GFP_ATOMIC);
	case WARD_REACH_ADMINS:
		return ward_quiet_bell_send(net, &quiet, GFP_ATOMIC);
	case WARD_REACH_ALLNS:
		return ward_bell_send_allns(&bell, GFP_ATOMIC);
	case WARD_REACH_ADMINS_ALLNS:
		return ward_quiet_bell_send_allns(&quiet, GFP_ATOMIC);
	case WARD_REACH_ASKER:
		return ward_bell_unicast(net, ward_ring_now.portid, &bell,
					 GFP_ATOMIC);
	case WARD_REACH_KERNEL:
		return ward_bell_unicast(net, 0, &bell, GFP_ATOMIC);
	case WARD_REACH_CLOSED:
		return ward_bell_unicast(net, U32_MAX, &bell, GFP_ATOMIC);
	}
	return -EOPNOTSUPP;
}

static void ward_send_all(void)
{
	u32 number;
	int err;

	for (number = 0; number < ward_ring_now.req->count; number++) {
		err = ward_send(number);
		if (err && !ward_ring_now.error)
			ward_ring_now.error = err;
	}
}

static void ward_send_from_irq(struct irq_work *work)
{
	WARN_ON(!hardirq_count());
	ward_send_all();
}

int ward_ring(struct genl_info *info, const struct ward_ring_req *req,
	      struct genlc_reply *reply)
{
	struct ward_ring_rsp rsp;
	unsigned long flags;

	ward_ring_now.net = genl_info_net(info);
	ward_ring_now.portid = info->snd_portid;
	ward_ring_now.req = req;
	ward_ring_now.error = 0;
	switch (req->context) {
	case WARD_CONTEXT_PROCESS:
		ward_send_all();
		break;
	case WARD_CONTEXT_SOFTIRQ:
		local_bh_disable();
		ward_send_all();
		local_bh_enable();
		break;
	case WARD_CONTEXT_IRQS_OFF:
		local_irq_save(flags);
		ward_send_all();
		local_irq_restore(flags);
		break;
	case WARD_CONTEXT_HARDIRQ:
		irq_work_queue(&ward_ring_now.irq);
		irq_work_sync(&ward_ring_now.irq);
		break;
	}
	rsp.error = ward_ring_now.error;
	return ward_ring_reply(reply, &rsp, GFP_KERNEL);
}

static const struct ward_lock ward_locks[] = {
	{ .maker = "spare", .pin = 2, .has.pin = true },
};

static const u32 ward_guests[] = { 4, 5 };

static const struct ward_room_get_rsp ward_room = {
	.id		= 1,
	.code		= "code",
	.note		= "note",
	.guests		= ward_guests,
	.n_guests	= ARRAY_SIZE(ward_guests),
	.lock		= { .maker = "first", .pin = 1, .has.pin = true },
	.has.lock	= true,
	.spare_lock	= ward_locks,
	.n_spare_lock	= ARRAY_SIZE(ward_locks),
};

int ward_room_get(struct genl_info *info, struct genlc_reply *reply)
{
	return ward_room_get_reply(reply, &ward_room, GFP_KERNEL);
}

int ward_room_get_dump(struct genlc_dump *dump)
{
	int err = 0;

	if (!dump->cursor)
		err = ward_room_get_dump_put(dump, &ward_room);
	dump->cursor = 1;
	return err;
}

int ward_room_tell(struct genl_info *info)
{
	struct net *net = genl_info_net(info);

	ward_room_public_ntf_send(net, &ward_room, GFP_KERNEL);
	ward_room_owners_ntf_send(net, &ward_room, GFP_KERNEL);
	ward_room_admins_ntf_send(net, &ward_room, GFP_KERNEL);
	return 0;
}

/* What is taken by the hook before a handler is given back by the one behind. */
struct ward_ticket {
	u32 number;
};

struct ward_roll {
	u32 first;
	u32 last;
};

static atomic_t ward_held;

int ward_ticket_take(struct genl_info *info, struct ward_ticket **object)
{
	u32 number = nla_get_u32(info->attrs[WARD_A_TICKET_NUMBER]);

	if (!number)
		return genlc_refuse_attr(info, WARD_A_TICKET_NUMBER, -ENOENT,
					 "no such ticket");
	*object = kzalloc(sizeof(**object), GFP_KERNEL);
	if (!*object)
		return -ENOMEM;
	(*object)->number = number;
	atomic_inc(&ward_held);
	return 0;
}

void ward_ticket_give(struct genl_info *info, struct ward_ticket *object)
{
	atomic_dec(&ward_held);
	kfree(object);
}

int ward_ticket_get(struct genl_info *info, struct ward_ticket *object,
		    const struct ward_ticket_get_req *req,
		    struct genlc_reply *reply)
{
	const struct ward_ticket_get_rsp rsp = { .number = object->number };

	return ward_ticket_get_reply(reply, &rsp, GFP_KERNEL);
}

int ward_roll_take(struct netlink_callback *cb, struct ward_roll **object)
{
	*object = kzalloc(sizeof(**object), GFP_KERNEL);
	if (!*object)
		return -ENOMEM;
	(*object)->first = 1000;
	(*object)->last = 20999;
	atomic_inc(&ward_held);
	return 0;
}

int ward_roll_give(struct netlink_callback *cb, struct ward_roll *object)
{
	atomic_dec(&ward_held);
	kfree(object);
	return 0;
}

int ward_ticket_get_dump(struct genlc_dump *dump, struct ward_roll *object)
{
	struct ward_ticket_get_rsp rsp;
	int err;

	for (; object->first + dump->cursor <= object->last; dump->cursor++) {
		rsp.number = object->first + dump->cursor;
		err = ward_ticket_get_dump_put(dump, &rsp);
		if (err)
			return err;
	}
	return 0;
}

int ward_ticket_held(struct genl_info *info, struct genlc_reply *reply)
{
	const struct ward_ticket_held_rsp rsp = {
		.held = atomic_read(&ward_held),
	};

	return ward_ticket_held_reply(reply, &rsp, GFP_KERNEL);
}

int ward_start(void)
{
	init_irq_work(&ward_ring_now.irq, ward_send_from_irq);
	return 0;
}

void ward_stop(void)
{
	WARN_ON(atomic_read(&ward_held));
}
