/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * A family with a netlink protocol of its own: a kernel socket in each network
 * namespace, and types of messages as commands. Requests are checked, answered
 * and refused as those of generic netlink are, so that handlers are the same;
 * of their struct genl_info, @family, @genlhdr and @attrs are not set.
 */
#ifndef _GENLC_CLASSIC_H
#define _GENLC_CLASSIC_H

#include <linux/mutex.h>
#include <linux/printk.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

/* Bytes between the header of netlink and the family's own header. */
#define GENLC_FRAME_LEN	0

/* A command. The flags are those of struct genl_ops. */
struct genlc_op {
	u16 cmd;
	u8 flags;
	u8 validate;
	unsigned int maxattr;
	const struct nla_policy *policy;
	int (*doit)(struct sk_buff *skb, struct genl_info *info);
	int (*start)(struct netlink_callback *cb);
	int (*dumpit)(struct sk_buff *skb, struct netlink_callback *cb);
	int (*done)(struct netlink_callback *cb);
};

/* A multicast group, and the right that listeners need. */
struct genlc_group {
	unsigned int number;
	bool uns_admin;		/* CAP_NET_ADMIN over the network namespace */
};

/*
 * The family. @policy and @maxattr are for all commands; with 0 each has its
 * own.
 */
struct genlc_family {
	const char *name;
	int protocol;
	bool netnsok;
	bool parallel_ops;
	unsigned int maxattr;
	const struct nla_policy *policy;
	const struct genlc_op *ops;
	unsigned int n_ops;
	const struct genlc_group *groups;
	unsigned int n_groups;
	void (*input)(struct sk_buff *skb);
	int (*bind)(struct net *net, int group);
	struct pernet_operations *pernet;
	unsigned int pernet_id;
	struct mutex lock;	/* held by handlers, unless @parallel_ops */
};

/* What the family has in each network namespace. */
struct genlc_pernet {
	struct sock *sk;	/* NULL: the family is not there */
};

static inline struct sock *genlc_sock(const struct genlc_family *family,
				      struct net *net)
{
	const struct genlc_pernet *pernet;

	pernet = net_generic(net, family->pernet_id);
	return pernet->sk;
}

/* Messages. */

/* Starts a message; returns what follows the frame, NULL where it is full. */
static inline void *genlc_frame_put(struct sk_buff *skb, u32 portid, u32 seq,
				    const struct genlc_family *family,
				    int flags, u16 cmd)
{
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, portid, seq, cmd, GENLC_HDRSIZE, flags);
	return nlh ? nlmsg_data(nlh) : NULL;
}

static inline bool genlc_has_listeners(const struct genlc_family *family,
				       struct net *net, unsigned int group)
{
	struct sock *sk = genlc_sock(family, net);

	return sk && netlink_has_listeners(sk, group);
}

static inline int genlc_multicast(const struct genlc_family *family,
				  struct net *net, struct sk_buff *skb,
				  unsigned int group, gfp_t gfp)
{
	struct sock *sk = genlc_sock(family, net);

	if (sk)
		return nlmsg_multicast(sk, skb, 0, group, gfp);
	nlmsg_free(skb);
	return -ESRCH;
}

static inline int genlc_unicast(const struct genlc_family *family,
				struct net *net, struct sk_buff *skb,
				u32 portid)
{
	struct sock *sk = genlc_sock(family, net);

	if (sk)
		return nlmsg_unicast(sk, skb, portid);
	nlmsg_free(skb);
	return -ECONNREFUSED;
}

/* Requests. */

static inline const struct genlc_op *
genlc_find_op(const struct genlc_family *family, u16 cmd)
{
	unsigned int i;

	for (i = 0; i < family->n_ops; i++) {
		if (family->ops[i].cmd == cmd)
			return &family->ops[i];
	}
	return NULL;
}

static inline bool genlc_may_call(const struct genlc_op *op,
				  struct sk_buff *skb)
{
	if (op->flags & GENL_ADMIN_PERM)
		return netlink_capable(skb, CAP_NET_ADMIN);
	if (op->flags & GENL_UNS_ADMIN_PERM)
		return netlink_net_capable(skb, CAP_NET_ADMIN);
	return true;
}

static inline int genlc_validate(const struct genlc_family *family,
				 const struct genlc_op *op,
				 const struct nlmsghdr *nlh, u8 lax,
				 struct netlink_ext_ack *extack)
{
	const struct nla_policy *policy = family->policy;
	unsigned int maxattr = family->maxattr;

	if (!maxattr) {
		policy = op->policy;
		maxattr = op->maxattr;
	}
	if (!maxattr)
		return 0;
	return __nla_validate(nlmsg_attrdata(nlh, GENLC_HDRSIZE),
			      nlmsg_attrlen(nlh, GENLC_HDRSIZE), maxattr,
			      policy,
			      op->validate & lax ? NL_VALIDATE_LIBERAL :
						   NL_VALIDATE_STRICT,
			      extack);
}

static inline void genlc_lock(struct genlc_family *family)
{
	if (!family->parallel_ops)
		mutex_lock(&family->lock);
}

static inline void genlc_unlock(struct genlc_family *family)
{
	if (!family->parallel_ops)
		mutex_unlock(&family->lock);
}

static inline int genlc_receive_do(struct genlc_family *family,
				   const struct genlc_op *op,
				   struct sk_buff *skb,
				   const struct nlmsghdr *nlh,
				   struct netlink_ext_ack *extack)
{
	struct genl_info info = {};
	int err;

	if (!op->doit)
		return -EOPNOTSUPP;
	err = genlc_validate(family, op, nlh, GENL_DONT_VALIDATE_STRICT,
			     extack);
	if (err)
		return err;
	info.snd_seq = nlh->nlmsg_seq;
	info.snd_portid = NETLINK_CB(skb).portid;
	/* Not const before Linux 6.6. */
	info.nlhdr = (struct nlmsghdr *)nlh;
	info.extack = extack;
	genl_info_net_set(&info, sock_net(skb->sk));
	genlc_lock(family);
	err = op->doit(skb, &info);
	genlc_unlock(family);
	return err;
}

/* A dump goes on long after its request; the family is in the callback. */

static inline const struct genlc_op *
genlc_op_of(const struct netlink_callback *cb)
{
	return genlc_find_op(cb->data, cb->nlh->nlmsg_type);
}

static inline int genlc_op_start(struct netlink_callback *cb)
{
	const struct genlc_op *op = genlc_op_of(cb);
	struct genlc_family *family = cb->data;
	int err;

	genlc_lock(family);
	err = op->start ? op->start(cb) : 0;
	genlc_unlock(family);
	return err;
}

static inline int genlc_op_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb)
{
	const struct genlc_op *op = genlc_op_of(cb);
	struct genlc_family *family = cb->data;
	int err;

	genlc_lock(family);
	err = op->dumpit(skb, cb);
	genlc_unlock(family);
	return err;
}

static inline int genlc_op_done(struct netlink_callback *cb)
{
	const struct genlc_op *op = genlc_op_of(cb);
	struct genlc_family *family = cb->data;
	int err;

	genlc_lock(family);
	err = op->done ? op->done(cb) : 0;
	genlc_unlock(family);
	return err;
}

static inline int genlc_receive_dump(struct genlc_family *family,
				     const struct genlc_op *op,
				     struct sk_buff *skb,
				     const struct nlmsghdr *nlh,
				     struct netlink_ext_ack *extack)
{
	struct netlink_dump_control control = {};
	int err;

	if (!op->dumpit)
		return -EOPNOTSUPP;
	if (!(op->validate & GENL_DONT_VALIDATE_DUMP)) {
		err = genlc_validate(family, op, nlh,
				     GENL_DONT_VALIDATE_DUMP_STRICT, extack);
		if (err)
			return err;
	}
	control.start = genlc_op_start;
	control.dump = genlc_op_dumpit;
	control.done = genlc_op_done;
	control.data = family;
	return netlink_dump_start(genlc_sock(family, sock_net(skb->sk)), skb,
				  nlh, &control);
}

/* One request of a datagram. */
static inline int genlc_receive(struct genlc_family *family,
				struct sk_buff *skb, const struct nlmsghdr *nlh,
				struct netlink_ext_ack *extack)
{
	const struct genlc_op *op = genlc_find_op(family, nlh->nlmsg_type);

	if (!op)
		return -EOPNOTSUPP;
	if (nlh->nlmsg_len < nlmsg_msg_size(GENLC_HDRSIZE))
		return -EINVAL;
	if (!genlc_may_call(op, skb))
		return -EPERM;
	if ((nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP)
		return genlc_receive_dump(family, op, skb, nlh, extack);
	return genlc_receive_do(family, op, skb, nlh, extack);
}

/* Sockets. */

/* Whether a socket may join; its process is the one that calls. */
static inline int genlc_join(const struct genlc_family *family, struct net *net,
			     unsigned int number)
{
	unsigned int i;

	for (i = 0; i < family->n_groups; i++) {
		if (family->groups[i].number != number)
			continue;
		if (family->groups[i].uns_admin &&
		    !ns_capable(net->user_ns, CAP_NET_ADMIN))
			return -EPERM;
		return 0;
	}
	return -ENOENT;
}

static inline int genlc_pernet_open(const struct genlc_family *family,
				    struct net *net)
{
	struct netlink_kernel_cfg config = {};
	struct genlc_pernet *pernet;
	unsigned int i;

	pernet = net_generic(net, family->pernet_id);
	pernet->sk = NULL;
	if (!family->netnsok && !net_eq(net, &init_net))
		return 0;
	config.flags = NL_CFG_F_NONROOT_RECV;
	config.input = family->input;
	config.bind = family->bind;
	for (i = 0; i < family->n_groups; i++) {
		if (family->groups[i].number > config.groups)
			config.groups = family->groups[i].number;
	}
	pernet->sk = netlink_kernel_create(net, family->protocol, &config);
	if (pernet->sk)
		return 0;
	/*
	 * The core does not say why. The first namespace shows whether somebody
	 * has the protocol; the few bytes that are needed are hardly ever short
	 * there.
	 */
	if (!net_eq(net, &init_net))
		return -ENOMEM;
	pr_err("family %s: netlink protocol %d is already taken\n",
	       family->name, family->protocol);
	return -EADDRINUSE;
}

static inline void genlc_pernet_close(const struct genlc_family *family,
				      struct net *net)
{
	struct genlc_pernet *pernet = net_generic(net, family->pernet_id);

	netlink_kernel_release(pernet->sk);
	pernet->sk = NULL;
}

/*
 * From here on requests come. The core keeps the module while a socket of its
 * protocol is open.
 */
static inline int genlc_register_family(struct genlc_family *family)
{
	mutex_init(&family->lock);
	return register_pernet_subsys(family->pernet);
}

static inline void genlc_unregister_family(struct genlc_family *family)
{
	unregister_pernet_subsys(family->pernet);
}

#endif /* _GENLC_CLASSIC_H */
