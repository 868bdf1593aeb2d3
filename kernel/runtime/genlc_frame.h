/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What generated code puts round attributes: replies and dumps.
 * Handlers do not need it.
 */
#ifndef _GENLC_FRAME_H
#define _GENLC_FRAME_H

#include <linux/err.h>
#include <linux/printk.h>

#include "genlc_wire.h"

/*
 * What may be told to the socket that sent @skb. As with the flags of an
 * operation, who opened the socket needs the right, and so does who asks now.
 */
static inline enum genlc_audience genlc_audience_of(struct sk_buff *skb)
{
	if (netlink_capable(skb, CAP_NET_ADMIN))
		return GENLC_ADMIN;
	return netlink_net_capable(skb, CAP_NET_ADMIN) ? GENLC_UNS_ADMIN :
							 GENLC_ANYONE;
}

/* The message whose frame ends at @header. */
static inline struct nlmsghdr *genlc_message_of(void *header)
{
	return (void *)((char *)header - GENLC_FRAME_LEN - NLMSG_HDRLEN);
}

/* Replies. */

static inline void genlc_reply_init(struct genlc_reply *reply,
				    struct genl_info *info)
{
	reply->info = info;
	reply->family = NULL;
	reply->skb = NULL;
	reply->audience = GENLC_ANYONE;
	reply->filled = false;
}

/* Starts a reply of @size bytes; returns the header to end it with. */
static inline void *genlc_reply_begin(struct genlc_reply *reply,
				      const struct genlc_family *family,
				      u16 cmd, size_t size, gfp_t gfp)
{
	const struct genl_info *info = reply->info;
	void *header;
	int err;

	if (reply->filled || !reply->skb ||
	    skb_tailroom(reply->skb) < nlmsg_total_size(GENLC_FRAME_LEN + size)) {
		err = genlc_reply_reserve(reply, size, gfp);
		if (err)
			return ERR_PTR(err);
	}
	reply->family = family;
	header = genlc_frame_put(reply->skb, info->snd_portid, info->snd_seq,
				 family, 0, cmd);
	return header ? header : ERR_PTR(-EMSGSIZE);
}

static inline int genlc_reply_end(struct genlc_reply *reply, void *header,
				  int err)
{
	if (err) {
		nlmsg_cancel(reply->skb, genlc_message_of(header));
		return err;
	}
	nlmsg_end(reply->skb, genlc_message_of(header));
	reply->filled = true;
	return 0;
}

static inline int genlc_reply_send(const struct genlc_reply *reply)
{
	struct genl_info *info = reply->info;

	return genlc_unicast(reply->family, genl_info_net(info), reply->skb,
			     info->snd_portid);
}

/* A reply without attributes, which needs no handler to fill it. */
static inline int genlc_reply_empty(struct genl_info *info,
				    const struct genlc_family *family, u16 cmd)
{
	struct genlc_reply reply = { .info = info };
	void *header;

	header = genlc_reply_begin(&reply, family, cmd, 0, GFP_KERNEL);
	if (IS_ERR(header))
		return PTR_ERR(header);
	nlmsg_end(reply.skb, genlc_message_of(header));
	return genlc_reply_send(&reply);
}

/* Sends the reply if the handler has done its work, and drops it otherwise. */
static inline int genlc_reply_finish(struct genlc_reply *reply, int err)
{
	if (!err && !reply->filled) {
		pr_err_once("%s: a handler has not filled its reply\n",
			    KBUILD_MODNAME);
		NL_SET_ERR_MSG(reply->info->extack, "no reply was made");
		err = -EIO;
	}
	if (err) {
		nlmsg_free(reply->skb);
		return err;
	}
	return genlc_reply_send(reply);
}

/* Dumps. What has to last between two calls fits into the callback. */

#define GENLC_DUMP_MESSAGE_MAX	SKB_WITH_OVERHEAD(32768)

struct genlc_dump_state {
	unsigned long cursor;
	unsigned long inner;
	void *object;		/* what the hook before the dump has found */
};

static inline struct genlc_dump_state *
genlc_dump_state(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct genlc_dump_state) > sizeof(cb->ctx));
	return (struct genlc_dump_state *)cb->ctx;
}

static inline void genlc_dump_enter(struct genlc_dump *dump,
				    struct sk_buff *skb,
				    struct netlink_callback *cb)
{
	const struct genlc_dump_state *state = genlc_dump_state(cb);

	memset(dump, 0, sizeof(*dump));
	dump->cursor = state->cursor;
	dump->inner = state->inner;
	dump->cb = cb;
	dump->skb = skb;
}

static inline int genlc_dump_full(struct genlc_dump *dump)
{
	if (!dump->full) {
		dump->full = true;
		dump->full_cursor = dump->cursor;
		dump->full_inner = dump->inner;
	}
	return -EMSGSIZE;
}

/*
 * Makes room for the first object of a message, up to what the core itself
 * gives a reader with a large buffer; it starts with less than a page.
 */
static inline void genlc_dump_make_room(struct genlc_dump *dump, size_t size)
{
	int room = skb_tailroom(dump->skb);

	size += NLMSG_HDRLEN + GENLC_FRAME_LEN;
	if (size > room && size <= GENLC_DUMP_MESSAGE_MAX)
		pskb_expand_head(dump->skb, 0, size - room, GFP_ATOMIC);
}

/* Starts an object; NULL where the message is full. */
static inline void *genlc_dump_begin(struct genlc_dump *dump,
				     const struct genlc_family *family, u16 cmd)
{
	struct netlink_callback *cb = dump->cb;
	void *header;

	if (dump->full)
		return NULL;
	header = genlc_frame_put(dump->skb, NETLINK_CB(cb->skb).portid,
				 cb->nlh->nlmsg_seq, family, NLM_F_MULTI, cmd);
	if (!header) {
		genlc_dump_full(dump);
		return NULL;
	}
	if (dump->generation)
		nl_dump_check_consistent(cb, genlc_message_of(header));
	return header;
}

static inline int genlc_dump_end(struct genlc_dump *dump, void *header,
				 int err)
{
	if (err) {
		nlmsg_cancel(dump->skb, genlc_message_of(header));
		return err == -EMSGSIZE ? genlc_dump_full(dump) : err;
	}
	nlmsg_end(dump->skb, genlc_message_of(header));
	return 0;
}

/*
 * What a dump callback returns after its handler has: a positive number to be
 * called again, 0 at the end. An object that does not even fit into an empty
 * message ends the dump with an error, as it would never get smaller.
 */
static inline int genlc_dump_leave(struct genlc_dump *dump, int err)
{
	struct genlc_dump_state *state = genlc_dump_state(dump->cb);

	if (dump->generation) {
		/* Of what was seen, all but the last change are counted. */
		smp_rmb();
		dump->cb->seq = genlc_generation_now(dump->generation);
	}
	if (!dump->full)
		return err;
	if (err && err != -EMSGSIZE)
		return err;
	if (!dump->skb->len) {
		NL_SET_ERR_MSG(dump->cb->extack,
			       "an object does not fit into a message");
		return -EMSGSIZE;
	}
	state->cursor = dump->full_cursor;
	state->inner = dump->full_inner;
	return dump->skb->len;
}

#endif /* _GENLC_FRAME_H */
