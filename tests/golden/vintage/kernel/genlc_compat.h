/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What differs between the kernels that one generated module builds for, 5.10
 * and later. Macros are probed here and what is no macro by Kbuild, which
 * defines GENLC_HAVE_...: distributions carry features back, so that the
 * versions below are only where a feature comes from. Without Kbuild everything
 * falls back to what all kernels have.
 *
 * Linux 5.15 is as 5.10 in all of this, 6.6 as 6.1, and 6.18 as 6.12.
 */
#ifndef _GENLC_COMPAT_H
#define _GENLC_COMPAT_H

#include <net/genetlink.h>
#include <net/netlink.h>

/*
 * Joining a multicast group needs CAP_NET_ADMIN over the network namespace. The
 * flag has a name of its own since Linux 6.7, and shared one with commands.
 */
#ifdef GENL_MCAST_CAP_NET_ADMIN
#define GENLC_GROUP_UNS_ADMIN_PERM	GENL_MCAST_CAP_NET_ADMIN
#else
#define GENLC_GROUP_UNS_ADMIN_PERM	GENL_UNS_ADMIN_PERM
#endif

/* Ranges that policies point at, const since Linux 6.7. */
#ifdef GENLC_HAVE_CONST_RANGE
#define GENLC_CONST_RANGE		const
#else
#define GENLC_CONST_RANGE
#endif

/*
 * Policies of integers that take 32 or 64 bits, whichever the value needs; they
 * have types of their own since Linux 6.7. Kernels without take bytes, and a
 * function checks how many; all refuse in the same words.
 */
#ifdef GENLC_HAVE_NLA_UINT
#define GENLC_POLICY_UINT	{ .type = NLA_UINT }
#define GENLC_POLICY_SINT	{ .type = NLA_SINT }
#else
#define GENLC_POLICY_UINT	\
	NLA_POLICY_VALIDATE_FN(NLA_BINARY, genlc_validate_auto)
#define GENLC_POLICY_SINT	GENLC_POLICY_UINT
#endif

static inline int genlc_validate_auto(const struct nlattr *attr,
				      struct netlink_ext_ack *extack)
{
	if (nla_len(attr) == sizeof(u32) || nla_len(attr) == sizeof(u64))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "invalid attribute length");
	return -EINVAL;
}

/*
 * Says which attribute is absent from the message or, if given, from @nest: by
 * its number since Linux 6.1.
 */
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
