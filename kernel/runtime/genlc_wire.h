/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * Attributes in and attributes out, as generated code reads and writes them.
 * Handlers do not need it.
 */
#ifndef _GENLC_WIRE_H
#define _GENLC_WIRE_H

#include <linux/mm.h>
#include <linux/overflow.h>

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
		.head	= nlmsg_attrdata(nlh, GENLC_FRAME_LEN + GENLC_HDRSIZE),
		.len	= nlmsg_attrlen(nlh, GENLC_FRAME_LEN + GENLC_HDRSIZE),
		.extack	= extack,
	};

	return attrs;
}

/* What precedes the attributes; in a request the core has checked it is there. */
static inline void *genlc_fixed_header(const struct nlmsghdr *nlh)
{
	return (char *)nlmsg_data(nlh) + GENLC_FRAME_LEN;
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

/* Where the stack has no room for what is decoded; kvfree() takes it back. */
static inline void *genlc_request_alloc(size_t size)
{
	return kvmalloc(size, GFP_KERNEL);
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

/* Bytes behind the last element of an array, where the core does not look. */
static inline int genlc_check_end(const struct genlc_attrs *attrs, int rest)
{
	if (rest <= 0)
		return 0;
	NL_SET_ERR_MSG_ATTR(attrs->extack, attrs->nest,
			    "bytes leftover after parsing attributes");
	return -EINVAL;
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

/* The one attribute in @nest; refuses none, and anything behind it. */
static inline const struct nlattr *
genlc_only_attr(const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr = nla_data(nest);
	int rest = nla_len(nest);

	if (nla_ok(attr, rest)) {
		nla_next(attr, &rest);
		if (rest <= 0)
			return attr;
	}
	NL_SET_ERR_MSG_ATTR(extack, nest, "exactly one attribute expected");
	return NULL;
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

/* The same of @count elements of @size bytes. */

static inline size_t genlc_array_size(size_t count, size_t size)
{
	return genlc_payload_size(array_size(count, size));
}

static inline int genlc_put_array(struct sk_buff *skb, int type,
				  const void *data, size_t count, size_t size)
{
	return genlc_put_bytes(skb, type, data, array_size(count, size));
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

#endif /* _GENLC_WIRE_H */
