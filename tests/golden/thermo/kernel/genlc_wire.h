/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What generated code is made of: attributes in, attributes out, and the frame
 * of replies, dumps and notifications. Handlers do not need it.
 */
#ifndef _GENLC_WIRE_H
#define _GENLC_WIRE_H

#include <linux/err.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/user_namespace.h>

#include "genlc.h"

/* The largest payload whose length fits into the header of an attribute. */
#define GENLC_PAYLOAD_MAX	(U16_MAX - NLA_HDRLEN)

/* Policy of a request without attributes, which older kernels do not have. */
static const struct nla_policy genlc_no_attrs_policy[2] __maybe_unused = {
	[1] = { .type = NLA_REJECT },
};

/* Attributes of a message or of a nest, and where to complain about them. */
struct genlc_attrs {
	const struct nlattr *head;
	int len;
	const struct nlattr *nest;
	struct netlink_ext_ack *extack;
};

static inline struct genlc_attrs
genlc_message_attrs(const struct nlmsghdr *nlh, struct netlink_ext_ack *extack)
{
	struct genlc_attrs attrs = {
		.head	= nlmsg_attrdata(nlh, GENL_HDRLEN),
		.len	= nlmsg_attrlen(nlh, GENL_HDRLEN),
		.extack	= extack,
	};

	return attrs;
}

static inline struct genlc_attrs
genlc_nest_attrs(const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct genlc_attrs attrs = {
		.head	= nla_data(nest),
		.len	= nla_len(nest),
		.nest	= nest,
		.extack	= extack,
	};

	return attrs;
}

/* Complaints of generated decoders. Each yields the error to return. */

static inline int genlc_missing(const struct genlc_attrs *attrs, int type)
{
	genlc_set_missing(attrs->extack, attrs->nest, type);
	NL_SET_ERR_MSG(attrs->extack, "required attribute missing");
	return -EINVAL;
}

static inline int genlc_unexpected(const struct genlc_attrs *attrs,
				   const struct nlattr *attr)
{
	NL_SET_ERR_MSG_ATTR(attrs->extack, attr,
			    "attribute is not part of this request");
	return -EINVAL;
}

static inline int genlc_bad_length(const struct genlc_attrs *attrs,
				   const struct nlattr *attr)
{
	NL_SET_ERR_MSG_ATTR(attrs->extack, attr,
			    "length of attribute is out of range");
	return -ERANGE;
}

/* For a side of an operation that takes no attributes while the other does. */
static inline int genlc_reject_all(const struct nlmsghdr *nlh,
				   struct netlink_ext_ack *extack)
{
	const struct genlc_attrs attrs = genlc_message_attrs(nlh, extack);

	return nla_ok(attrs.head, attrs.len) ?
	       genlc_unexpected(&attrs, attrs.head) : 0;
}

static inline int genlc_out_of_range(struct netlink_ext_ack *extack,
				     const struct nlattr *attr)
{
	NL_SET_ERR_MSG_ATTR(extack, attr, "integer out of range");
	return -ERANGE;
}

static inline int genlc_unknown_bits(struct netlink_ext_ack *extack,
				     const struct nlattr *attr)
{
	NL_SET_ERR_MSG_ATTR(extack, attr, "reserved bit set");
	return -EINVAL;
}

static inline int genlc_unknown_value(struct netlink_ext_ack *extack,
				      const struct nlattr *attr)
{
	NL_SET_ERR_MSG_ATTR(extack, attr, "value is not in the enumeration");
	return -EINVAL;
}

/* Integers that take 32 or 64 bits. Not all kernels have nla_get_uint(). */

static inline u64 genlc_get_uint(const struct nlattr *attr)
{
	if (nla_len(attr) == sizeof(u32))
		return nla_get_u32(attr);
	return nla_get_u64(attr);
}

static inline s64 genlc_get_sint(const struct nlattr *attr)
{
	if (nla_len(attr) == sizeof(s32))
		return nla_get_s32(attr);
	return nla_get_s64(attr);
}

static inline int genlc_put_uint(struct sk_buff *skb, int type, u64 value)
{
	if (value <= U32_MAX)
		return nla_put_u32(skb, type, value);
	return nla_put(skb, type, sizeof(value), &value);
}

static inline int genlc_put_sint(struct sk_buff *skb, int type, s64 value)
{
	if (value >= S32_MIN && value <= S32_MAX)
		return nla_put_s32(skb, type, value);
	return nla_put(skb, type, sizeof(value), &value);
}

static inline size_t genlc_uint_size(u64 value)
{
	return nla_total_size(value <= U32_MAX ? sizeof(u32) : sizeof(u64));
}

static inline size_t genlc_sint_size(s64 value)
{
	return nla_total_size(value >= S32_MIN && value <= S32_MAX ?
			      sizeof(s32) : sizeof(s64));
}

/* Strings and bytes: refused where the header cannot hold their length. */

static inline size_t genlc_payload_size(size_t len)
{
	return NLA_HDRLEN + NLA_ALIGN(len);
}

static inline int genlc_put_bytes(struct sk_buff *skb, int type,
				  const void *data, size_t len)
{
	if (!data && len)
		return -EINVAL;
	if (len > GENLC_PAYLOAD_MAX)
		return -E2BIG;
	return nla_put(skb, type, len, data);
}

static inline size_t genlc_string_size(const char *text)
{
	return text ? genlc_payload_size(strlen(text) + 1) : 0;
}

static inline int genlc_put_string(struct sk_buff *skb, int type,
				   const char *text)
{
	if (!text)
		return -EINVAL;
	return genlc_put_bytes(skb, type, text, strlen(text) + 1);
}

static inline int genlc_put_binary(struct sk_buff *skb, int type,
				   const struct genlc_binary *binary)
{
	return genlc_put_bytes(skb, type, binary->data, binary->len);
}

/*
 * Ends a nest, or takes it back after an error. Its length has to fit into its
 * header as well.
 */
static inline int genlc_nest_end(struct sk_buff *skb, struct nlattr *nest,
				 int err)
{
	size_t size = skb_tail_pointer(skb) - (unsigned char *)nest;

	if (!err && size > U16_MAX)
		err = -E2BIG;
	if (err)
		nla_nest_cancel(skb, nest);
	else
		nla_nest_end(skb, nest);
	return err;
}

/* Repeated attributes of a request. */

/* Adds an element that has been validated; @type is negative for arrays. */
static inline void genlc_elements_add(struct genlc_elements *elements,
				      const struct nlattr *attr, int rest,
				      int type)
{
	if (elements->next)
		return;
	elements->next = attr;
	elements->rest = rest;
	elements->type = type;
}

/* The next element; NULL after the last. */
static inline const struct nlattr *
genlc_elements_next(struct genlc_elements *elements)
{
	const struct nlattr *attr;

	while (nla_ok(elements->next, elements->rest)) {
		attr = elements->next;
		elements->next = nla_next(attr, &elements->rest);
		if (elements->type < 0 || nla_type(attr) == elements->type) {
			elements->last = attr;
			return attr;
		}
	}
	return NULL;
}

/* Replies. */

static inline void genlc_reply_init(struct genlc_reply *reply,
				    struct genl_info *info)
{
	reply->info = info;
	reply->skb = NULL;
	reply->filled = false;
}

/* Starts a reply of @size bytes; returns the header to end it with. */
static inline void *genlc_reply_begin(struct genlc_reply *reply,
				      const struct genl_family *family, u8 cmd,
				      size_t size, gfp_t gfp)
{
	void *header;
	int err;

	if (reply->filled || !reply->skb ||
	    skb_tailroom(reply->skb) < genlmsg_total_size(size)) {
		err = genlc_reply_reserve(reply, size, gfp);
		if (err)
			return ERR_PTR(err);
	}
	header = genlmsg_put_reply(reply->skb, reply->info, family, 0, cmd);
	return header ? header : ERR_PTR(-EMSGSIZE);
}

static inline int genlc_reply_end(struct genlc_reply *reply, void *header,
				  int err)
{
	if (err) {
		genlmsg_cancel(reply->skb, header);
		return err;
	}
	genlmsg_end(reply->skb, header);
	reply->filled = true;
	return 0;
}

/* A reply without attributes, which needs no handler to fill it. */
static inline int genlc_reply_empty(struct genl_info *info,
				    const struct genl_family *family, u8 cmd)
{
	struct genlc_reply reply = { .info = info };
	void *header;

	header = genlc_reply_begin(&reply, family, cmd, 0, GFP_KERNEL);
	if (IS_ERR(header))
		return PTR_ERR(header);
	genlmsg_end(reply.skb, header);
	return genlmsg_reply(reply.skb, info);
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
	return genlmsg_reply(reply->skb, reply->info);
}

/* Dumps. What has to last between two calls fits into the callback. */

#define GENLC_DUMP_MESSAGE_MAX	SKB_WITH_OVERHEAD(32768)

struct genlc_dump_state {
	unsigned long cursor;
	unsigned long inner;
};

static inline void genlc_dump_enter(struct genlc_dump *dump,
				    struct sk_buff *skb,
				    struct netlink_callback *cb)
{
	struct genlc_dump_state *state = (void *)cb->ctx;

	BUILD_BUG_ON(sizeof(*state) > sizeof(cb->ctx));
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

	size += NLMSG_HDRLEN + GENL_HDRLEN;
	if (size > room && size <= GENLC_DUMP_MESSAGE_MAX)
		pskb_expand_head(dump->skb, 0, size - room, GFP_ATOMIC);
}

/* Starts an object; NULL where the message is full. */
static inline void *genlc_dump_begin(struct genlc_dump *dump,
				     const struct genl_family *family, u8 cmd)
{
	struct netlink_callback *cb = dump->cb;
	void *header;

	if (dump->full)
		return NULL;
	header = genlmsg_put(dump->skb, NETLINK_CB(cb->skb).portid,
			     cb->nlh->nlmsg_seq, family, NLM_F_MULTI, cmd);
	if (!header) {
		genlc_dump_full(dump);
		return NULL;
	}
	if (dump->generation) {
		cb->seq = dump->generation;
		genl_dump_check_consistent(cb, header);
	}
	return header;
}

static inline int genlc_dump_end(struct genlc_dump *dump, void *header,
				 int err)
{
	if (err) {
		genlmsg_cancel(dump->skb, header);
		return err == -EMSGSIZE ? genlc_dump_full(dump) : err;
	}
	genlmsg_end(dump->skb, header);
	return 0;
}

/*
 * What a dump callback returns after its handler has: a positive number to be
 * called again, 0 at the end. An object that does not even fit into an empty
 * message ends the dump with an error, as it would never get smaller.
 */
static inline int genlc_dump_leave(struct genlc_dump *dump, int err)
{
	struct genlc_dump_state *state = (void *)dump->cb->ctx;

	if (dump->generation)
		dump->cb->seq = dump->generation;
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

/*
 * Notifications. @up is true while the family is registered: a timer may
 * outlive it by a moment, and its groups then belong to somebody else. Whoever
 * clears it waits for readers of RCU before unregistering the family.
 */

static inline bool genlc_has_listeners(const struct genl_family *family,
				       const bool *up, struct net *net,
				       unsigned int group)
{
	bool result;

	rcu_read_lock();
	result = READ_ONCE(*up) && genl_has_listeners(family, net, group);
	rcu_read_unlock();
	return result;
}

static inline struct sk_buff *genlc_message_alloc(size_t size, gfp_t gfp)
{
	return size > INT_MAX / 2 ? NULL : genlmsg_new(size, gfp);
}

static inline struct sk_buff *genlc_message_end(struct sk_buff *skb,
						void *header, int err)
{
	if (err) {
		nlmsg_free(skb);
		return ERR_PTR(err);
	}
	genlmsg_end(skb, header);
	return skb;
}

/* Sends @skb, which may be an error, or drops it where the family is gone. */
static inline int genlc_multicast(const struct genl_family *family,
				  const bool *up, struct net *net,
				  struct sk_buff *skb, unsigned int group)
{
	int err = 0;

	if (IS_ERR(skb))
		return PTR_ERR(skb);
	rcu_read_lock();
	if (READ_ONCE(*up))
		err = genlmsg_multicast_netns(family, net, skb, 0, group,
					      GFP_ATOMIC);
	else
		nlmsg_free(skb);
	rcu_read_unlock();
	/* Nobody listens any more: not an error of the sender. */
	return err == -ESRCH ? 0 : err;
}

static inline int genlc_unicast(const bool *up, struct net *net,
				struct sk_buff *skb, u32 portid)
{
	int err = -ENODEV;

	if (IS_ERR(skb))
		return PTR_ERR(skb);
	/* Port 0 is the kernel itself. */
	if (!portid) {
		nlmsg_free(skb);
		return -EINVAL;
	}
	rcu_read_lock();
	if (READ_ONCE(*up))
		err = genlmsg_unicast(net, skb, portid);
	else
		nlmsg_free(skb);
	rcu_read_unlock();
	return err;
}

/*
 * Whether only the administrator of the machine can listen in @net: joining a
 * group asks for the right over the namespace alone.
 */
static inline bool genlc_admin_only(const struct net *net)
{
	return net->user_ns == &init_user_ns;
}

#endif /* _GENLC_WIRE_H */
