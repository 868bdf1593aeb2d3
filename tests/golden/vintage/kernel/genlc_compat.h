/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What differs between the kernels that one generated module builds for, 5.10
 * and later. Macros are probed here and what is no macro by Kbuild, which
 * defines GENLC_HAVE_...: distributions carry features back, so that versions
 * say little. Without Kbuild everything falls back to what all kernels have.
 */
#ifndef _GENLC_COMPAT_H
#define _GENLC_COMPAT_H

#include <net/genetlink.h>
#include <net/netlink.h>

/* Joining a multicast group needs CAP_NET_ADMIN over the network namespace. */
#ifdef GENL_MCAST_CAP_NET_ADMIN
#define GENLC_GROUP_UNS_ADMIN_PERM	GENL_MCAST_CAP_NET_ADMIN
#else
#define GENLC_GROUP_UNS_ADMIN_PERM	GENL_UNS_ADMIN_PERM
#endif

/* Ranges that policies point at; before Linux 6.7 they could not be const. */
#ifdef GENLC_HAVE_CONST_RANGE
#define GENLC_CONST_RANGE		const
#else
#define GENLC_CONST_RANGE
#endif

/*
 * Policies of integers that take 32 or 64 bits, whichever the value needs.
 * Kernels without a type for them accept up to eight bytes and have a function
 * check the rest: @_validate, which looks at the value too, or the one below.
 */
#ifdef GENLC_HAVE_NLA_UINT
#define GENLC_POLICY_UINT		{ .type = NLA_UINT }
#define GENLC_POLICY_SINT		{ .type = NLA_SINT }
#define GENLC_POLICY_UINT_FN(_validate)	\
	NLA_POLICY_VALIDATE_FN(NLA_UINT, _validate)
#define GENLC_POLICY_SINT_FN(_validate)	\
	NLA_POLICY_VALIDATE_FN(NLA_SINT, _validate)
#else
#define GENLC_POLICY_UINT	GENLC_POLICY_UINT_FN(genlc_validate_auto)
#define GENLC_POLICY_SINT	GENLC_POLICY_UINT_FN(genlc_validate_auto)
#define GENLC_POLICY_UINT_FN(_validate)	\
	NLA_POLICY_VALIDATE_FN(NLA_BINARY, _validate, sizeof(u64))
#define GENLC_POLICY_SINT_FN(_validate)	GENLC_POLICY_UINT_FN(_validate)
#endif

static inline int genlc_validate_auto(const struct nlattr *attr,
				      struct netlink_ext_ack *extack)
{
	if (nla_len(attr) == sizeof(u32) || nla_len(attr) == sizeof(u64))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "integer of 4 or 8 bytes expected");
	return -EINVAL;
}

/* Says which attribute is absent from the message or, if given, from @nest. */
static inline void genlc_set_missing(struct netlink_ext_ack *extack,
				     const struct nlattr *nest, int type)
{
#ifdef NL_SET_ERR_ATTR_MISS
	NL_SET_ERR_ATTR_MISS(extack, nest, type);
#else
	if (nest)
		NL_SET_BAD_ATTR(extack, nest);
#endif
}

#endif /* _GENLC_COMPAT_H */
