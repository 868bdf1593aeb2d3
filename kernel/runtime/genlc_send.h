/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What generated code puts round notifications. Handlers do not need it.
 */
#ifndef _GENLC_SEND_H
#define _GENLC_SEND_H

#include <linux/err.h>
#include <linux/hardirq.h>
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/user_namespace.h>
#include <linux/workqueue.h>

#include "genlc_wire.h"

/* How many messages may wait for their work item; more are refused. */
#define GENLC_WAITING_MAX	1024

/*
 * Where the notifications of a family leave from. @up is true while the family
 * is registered: a timer may outlive it by a moment, and its groups then belong
 * to somebody else.
 *
 * Messages made where interrupts are off wait here for a work item. They cannot
 * be sent at once: netlink hands a copy to whoever captures its traffic, which
 * is a transmission; it runs the receivers' socket filters; and it may drop the
 * last reference to a message that has an owner, or to the owner itself
 * (netlink_deliver_tap() and do_one_broadcast() of net/netlink/af_netlink.c,
 * skb_release_head_state() of net/core/skbuff.c).
 */
struct genlc_outbox {
	const struct genlc_family *family;
	bool up;
	atomic_t waiting;
	struct sk_buff_head queue;
	struct work_struct work;
};

enum genlc_reach {
	GENLC_GROUP,		/* the group in one namespace */
	GENLC_GROUP_ALLNS,	/* the group in all of them */
	GENLC_PORT,		/* one socket */
};

/* Where one message goes. It travels in the control block of a waiting one. */
struct genlc_dest {
	struct genlc_outbox *outbox;
	enum genlc_reach reach;
	enum genlc_audience audience;	/* who can be in the group */
	struct net *net;
	union {
		unsigned int group;
		u32 portid;
	};
};

static inline bool genlc_is_up(const struct genlc_outbox *outbox)
{
	/* Pairs with genlc_outbox_open(): the queue can be used. */
	return smp_load_acquire(&outbox->up);
}

/*
 * Whether @net may hear. Joining a group asks for the right over the namespace
 * alone, so that a group of the machine's administrators stays within the
 * namespaces that nobody else administers.
 */
static inline bool genlc_reaches(const struct genlc_dest *to,
				 const struct net *net)
{
	return to->audience < GENLC_ADMIN || net->user_ns == &init_user_ns;
}

/*
 * Whether a message is worth building. The bitmap of listeners is one for all
 * namespaces (netlink_update_listeners()), so that any namespace can be asked
 * for all of them.
 */
static inline bool genlc_wanted(const struct genlc_dest *to)
{
	const struct genlc_outbox *outbox = to->outbox;
	struct net *net = to->net;
	bool result;

	if (to->reach == GENLC_PORT)
		return true;
	if (to->reach == GENLC_GROUP_ALLNS)
		net = &init_net;
	else if (!genlc_reaches(to, net))
		return false;
	rcu_read_lock();
	result = genlc_is_up(outbox) &&
		 genlc_has_listeners(outbox->family, net, to->group);
	rcu_read_unlock();
	return result;
}

static inline struct sk_buff *genlc_message_begin(const struct genlc_dest *to,
						  u16 cmd, size_t size,
						  gfp_t gfp)
{
	struct sk_buff *skb;

	if (size > INT_MAX / 2)
		return ERR_PTR(-EMSGSIZE);
	skb = nlmsg_new(GENLC_FRAME_LEN + size, gfp);
	if (!skb)
		return ERR_PTR(-ENOMEM);
	if (genlc_frame_put(skb, 0, 0, to->outbox->family, 0, cmd))
		return skb;
	dev_kfree_skb_any(skb);
	return ERR_PTR(-EMSGSIZE);
}

/*
 * The core has a function for all namespaces too, which reaches those whose
 * administrator is not the machine's, and leaves out the rest after an error.
 */
static inline int genlc_multicast_allns(const struct genlc_dest *to,
					struct sk_buff *skb)
{
	struct sk_buff *copy;
	int first_err = 0;
	struct net *net;
	int err;

	rcu_read_lock();
	for_each_net_rcu(net) {
		if (!genlc_reaches(to, net))
			continue;
		copy = skb_clone(skb, GFP_ATOMIC);
		err = copy ? genlc_multicast(to->outbox->family, net, copy,
					     to->group, GFP_ATOMIC) : -ENOMEM;
		if (err != -ESRCH && !first_err)
			first_err = err;
	}
	rcu_read_unlock();
	consume_skb(skb);
	return first_err;
}

/* Sends a message for good. The family is registered meanwhile. */
static inline int genlc_deliver(const struct genlc_dest *to,
				struct sk_buff *skb)
{
	int err;

	if (to->reach == GENLC_PORT)
		return genlc_unicast(to->outbox->family, to->net, skb,
				     to->portid);
	if (to->reach == GENLC_GROUP_ALLNS)
		return genlc_multicast_allns(to, skb);
	err = genlc_multicast(to->outbox->family, to->net, skb, to->group,
			      GFP_ATOMIC);
	/* Nobody listens any more: not an error of the sender. */
	return err == -ESRCH ? 0 : err;
}

static inline void genlc_deliver_waiting(struct work_struct *work)
{
	struct genlc_outbox *outbox;
	struct genlc_dest to;
	struct sk_buff *skb;

	outbox = container_of(work, struct genlc_outbox, work);
	while ((skb = skb_dequeue(&outbox->queue))) {
		memcpy(&to, skb->cb, sizeof(to));
		memset(skb->cb, 0, sizeof(skb->cb));
		genlc_deliver(&to, skb);
		if (to.net)
			put_net(to.net);
		atomic_dec(&outbox->waiting);
	}
}

static inline int genlc_defer(const struct genlc_dest *to, struct sk_buff *skb)
{
	struct genlc_outbox *outbox = to->outbox;

	BUILD_BUG_ON(sizeof(*to) > sizeof(skb->cb));
	if (atomic_inc_return(&outbox->waiting) > GENLC_WAITING_MAX ||
	    (to->net && !maybe_get_net(to->net))) {
		atomic_dec(&outbox->waiting);
		dev_kfree_skb_any(skb);
		return -ENOBUFS;
	}
	memcpy(skb->cb, to, sizeof(*to));
	skb_queue_tail(&outbox->queue, skb);
	schedule_work(&outbox->work);
	return 0;
}

/* Whether @to cannot be served at once, or a message before it has not been. */
static inline bool genlc_has_to_wait(const struct genlc_dest *to)
{
	return irqs_disabled() || hardirq_count() ||
	       (to->reach != GENLC_PORT && atomic_read(&to->outbox->waiting));
}

/* Sends a message; the family cannot go before the end. */
static inline int genlc_message_send(const struct genlc_dest *to,
				     struct sk_buff *skb)
{
	if (genlc_is_up(to->outbox))
		return genlc_has_to_wait(to) ? genlc_defer(to, skb) :
					       genlc_deliver(to, skb);
	dev_kfree_skb_any(skb);
	return to->reach == GENLC_PORT ? -ENODEV : 0;
}

/* Sends a message that has been filled, or drops it after an error. */
static inline int genlc_message_end(const struct genlc_dest *to,
				    struct sk_buff *skb, int err)
{
	/* Port 0 is the kernel itself. */
	if (!err && to->reach == GENLC_PORT && !to->portid)
		err = -EINVAL;
	if (err) {
		dev_kfree_skb_any(skb);
		return err;
	}
	nlmsg_end(skb, nlmsg_hdr(skb));
	rcu_read_lock();
	err = genlc_message_send(to, skb);
	rcu_read_unlock();
	return err;
}

/* After the family has been registered. */
static inline void genlc_outbox_open(struct genlc_outbox *outbox)
{
	skb_queue_head_init(&outbox->queue);
	INIT_WORK(&outbox->work, genlc_deliver_waiting);
	/* Pairs with genlc_is_up(). */
	smp_store_release(&outbox->up, true);
}

/* Before it is unregistered: afterwards nothing waits and nothing is sent. */
static inline void genlc_outbox_close(struct genlc_outbox *outbox)
{
	WRITE_ONCE(outbox->up, false);
	synchronize_rcu();
	flush_work(&outbox->work);
}

#endif /* _GENLC_SEND_H */
