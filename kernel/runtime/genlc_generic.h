/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * How a family of generic netlink frames its messages and sends them. What
 * genlc_classic.h has instead, for a family with a protocol of its own, goes
 * by the same names.
 */
#ifndef _GENLC_GENERIC_H
#define _GENLC_GENERIC_H

#include <net/genetlink.h>

#define genlc_family	genl_family

/* Bytes between the header of netlink and the family's own header. */
#define GENLC_FRAME_LEN	GENL_HDRLEN

/* Starts a message; returns what follows the frame, NULL where it is full. */
static inline void *genlc_frame_put(struct sk_buff *skb, u32 portid, u32 seq,
				    const struct genl_family *family, int flags,
				    u16 cmd)
{
	return genlmsg_put(skb, portid, seq, family, flags, cmd);
}

static inline bool genlc_has_listeners(const struct genl_family *family,
				       struct net *net, unsigned int group)
{
	return genl_has_listeners(family, net, group);
}

static inline int genlc_multicast(const struct genl_family *family,
				  struct net *net, struct sk_buff *skb,
				  unsigned int group, gfp_t gfp)
{
	return genlmsg_multicast_netns(family, net, skb, 0, group, gfp);
}

static inline int genlc_unicast(const struct genl_family *family,
				struct net *net, struct sk_buff *skb,
				u32 portid)
{
	return genlmsg_unicast(net, skb, portid);
}

#endif /* _GENLC_GENERIC_H */
