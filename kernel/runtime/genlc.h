/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What the handlers of a family see besides their own types: values without a
 * C type of their own, replies, dumps, and how to refuse a request.
 */
#ifndef _GENLC_H
#define _GENLC_H

#include <net/sock.h>

#include "genlc_compat.h"

/* Bytes of the family's own header, which precedes the attributes. */
#ifndef GENLC_HDRSIZE
#define GENLC_HDRSIZE	0
#endif

#ifdef GENLC_CLASSIC
#include "genlc_classic.h"
#else
#include "genlc_generic.h"
#endif

/*
 * Bytes. In a request they are part of the message and live until the handler
 * returns; in a reply they stay with the handler, which keeps them until the
 * reply has been filled. @data is NULL where an optional value is absent.
 */
struct genlc_binary {
	const void *data;
	unsigned int len;
};

/*
 * What is left of a repeated attribute of a request. All elements have been
 * validated by the time a handler sees them. Only generated code looks inside.
 */
struct genlc_elements {
	const struct nlattr *next;
	const struct nlattr *last;
	int rest;
	int type;
};

/* Who is told something, from the weakest right to the strongest. */
enum genlc_audience {
	GENLC_ANYONE,
	GENLC_UNS_ADMIN,	/* CAP_NET_ADMIN over the network namespace */
	GENLC_ADMIN,		/* CAP_NET_ADMIN in the initial user namespace */
};

/*
 * The answer to a request. A handler fills it at most once, in any context and
 * under any lock that @gfp allows; it leaves after the handler has returned 0.
 */
struct genlc_reply {
	struct genl_info *info;
	const struct genlc_family *family;
	struct sk_buff *skb;
	enum genlc_audience audience;
	bool filled;
};

/*
 * genlc_reply_reserve - allocate memory for a reply before a lock is taken
 * @size: of the largest value that might be filled in, from its _size function
 *
 * A reply that fits is then filled without an allocation.
 */
static inline int genlc_reply_reserve(struct genlc_reply *reply, size_t size,
				      gfp_t gfp)
{
	nlmsg_free(reply->skb);
	reply->skb = NULL;
	reply->filled = false;
	if (size > INT_MAX / 2)
		return -EMSGSIZE;

	reply->skb = nlmsg_new(GENLC_FRAME_LEN + size, gfp);
	return reply->skb ? 0 : -ENOMEM;
}

/*
 * Counts the changes of a set of objects, so that a dump notices those that
 * fall into it. All zero at first.
 */
struct genlc_generation {
	atomic_t changes;
};

/*
 * genlc_count_change - an object was added, removed or put at another place
 *
 * Call it after each change, in any context, before the next one can begin.
 */
static inline void genlc_count_change(struct genlc_generation *generation)
{
	/* Who sees the count sees the change: genlc_dump_watch(). */
	smp_mb__before_atomic();
	atomic_inc(&generation->changes);
	/* Who sees the next change sees this count: genlc_dump_leave(). */
	smp_mb__after_atomic();
}

/* The count as the sequence number of a dump, where 0 means none. */
static inline unsigned int
genlc_generation_now(const struct genlc_generation *generation)
{
	return (unsigned int)atomic_read(&generation->changes) << 1 | 1;
}

/*
 * One call of a dump handler, which puts objects until it runs out of them or
 * until the message is full. It is called again for the next message, and
 * finds the cursors as they were when the last object did not fit: use them as
 * the variables of the loop. They start at 0.
 */
struct genlc_dump {
	unsigned long cursor;
	unsigned long inner;		/* for a loop within the loop */

	/* private: */
	struct netlink_callback *cb;
	struct sk_buff *skb;
	const struct genlc_generation *generation;
	unsigned long full_cursor;
	unsigned long full_inner;
	enum genlc_audience audience;
	bool full;
};

/*
 * genlc_dump_watch - tell user space where a change falls into the dump
 * @generation: of the objects that are dumped; has to outlive the call
 *
 * Call it before the first object is looked at, in each call of the handler.
 */
static inline void genlc_dump_watch(struct genlc_dump *dump,
				    const struct genlc_generation *generation)
{
	struct netlink_callback *cb = dump->cb;

	dump->generation = generation;
	cb->seq = genlc_generation_now(generation);
	/* Counted changes are seen: genlc_count_change(). */
	smp_rmb();
	/* The first call finds zero. */
	if (!cb->prev_seq)
		cb->prev_seq = cb->seq;
}

static inline struct net *genlc_dump_net(const struct genlc_dump *dump)
{
	return sock_net(dump->cb->skb->sk);
}

/*
 * Refuse a request: set the text that user space gets with the error, and
 * yield the error. @msg is a literal without a full stop.
 */
#define genlc_refuse(info, error, msg) ({				\
	NL_SET_ERR_MSG((info)->extack, msg);				\
	(error);							\
})

/* The same, and point at an attribute of the message by its number. */
#define genlc_refuse_attr(info, type, error, msg) ({			\
	struct genl_info *__info = (info);				\
									\
	NL_SET_ERR_MSG_ATTR(__info->extack,				\
			    genlc_find_attr(__info, type), msg);	\
	(error);							\
})

/* The same, and point at the element of a list that was read last. */
#define genlc_refuse_element(info, list, error, msg) ({			\
	NL_SET_ERR_MSG_ATTR((info)->extack, (list)->rest.last, msg);	\
	(error);							\
})

/* The same, and point at an attribute by its number in the nest of another. */
#define genlc_refuse_nested(info, nest, type, error, msg) ({		\
	struct genl_info *__info = (info);				\
									\
	NL_SET_ERR_MSG_ATTR(__info->extack,				\
			    genlc_find_nested(__info, nest, type), msg); \
	(error);							\
})

/* Refuse a request for lack of an attribute that not each request needs. */
static inline int genlc_refuse_missing(struct genl_info *info, int type)
{
	genlc_set_missing(info->extack, NULL, type);
	NL_SET_ERR_MSG(info->extack, "required attribute missing");
	return -EINVAL;
}

static inline struct nlattr *genlc_find_attr(const struct genl_info *info,
					     int type)
{
	return nlmsg_find_attr(info->nlhdr, GENLC_FRAME_LEN + GENLC_HDRSIZE,
			       type);
}

static inline struct nlattr *genlc_find_nested(const struct genl_info *info,
					       int nest, int type)
{
	const struct nlattr *attr = genlc_find_attr(info, nest);

	return attr ? nla_find_nested(attr, type) : NULL;
}

#endif /* _GENLC_H */
