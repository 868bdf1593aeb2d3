// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* The list of receivers of fou, without the receivers. */

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "fou_nl.h"

#ifndef kzalloc_obj	/* before Linux 7.0 */
#define kzalloc_obj(object)		kzalloc(sizeof(object), GFP_KERNEL)
#endif

struct fou_receiver {
	struct list_head list;
	struct fou_get_rsp values;
};

/* Those of one network namespace, the newest first. */
struct fou_net {
	struct list_head receivers;
	/* protects the list */
	struct mutex lock;
};

static unsigned int fou_net_id;

static struct fou_receiver *fou_find(struct fou_net *fn, __be16 port,
				     u32 local, u32 peer)
{
	struct fou_receiver *receiver;

	list_for_each_entry(receiver, &fn->receivers, list) {
		if (receiver->values.port == port &&
		    receiver->values.local_v4 == local &&
		    receiver->values.peer_v4 == peer)
			return receiver;
	}
	return NULL;
}

int fou_add(struct genl_info *info, const struct fou_add_req *req)
{
	struct fou_net *fn = net_generic(genl_info_net(info), fou_net_id);
	struct fou_receiver *receiver;
	int err = 0;

	if (!req->has.port)
		return genlc_refuse(info, -EINVAL, "a receiver needs a port");
	receiver = kzalloc_obj(*receiver);
	if (!receiver)
		return -ENOMEM;
	receiver->values = (struct fou_get_rsp) {
		.has.port		= true,
		.has.ipproto		= true,
		.has.type		= true,
		.has.local_v4		= true,
		.has.peer_v4		= true,
		.has.peer_port		= true,
		.has.ifindex		= true,
		.port			= req->port,
		.ipproto		= req->ipproto,
		.type			= req->type,
		.remcsum_nopartial	= req->remcsum_nopartial,
		.local_v4		= req->local_v4,
		.peer_v4		= req->peer_v4,
		.peer_port		= req->peer_port,
		.ifindex		= req->ifindex,
	};
	mutex_lock(&fn->lock);
	if (fou_find(fn, req->port, req->local_v4, req->peer_v4))
		err = genlc_refuse_attr(info, FOU_ATTR_PORT, -EALREADY,
					"there is such a receiver");
	else
		list_add(&receiver->list, &fn->receivers);
	mutex_unlock(&fn->lock);
	if (err)
		kfree(receiver);
	return err;
}

int fou_del(struct genl_info *info, const struct fou_del_req *req)
{
	struct fou_net *fn = net_generic(genl_info_net(info), fou_net_id);
	struct fou_receiver *receiver;

	mutex_lock(&fn->lock);
	receiver = fou_find(fn, req->port, req->local_v4, req->peer_v4);
	if (receiver)
		list_del(&receiver->list);
	mutex_unlock(&fn->lock);
	kfree(receiver);
	return receiver ? 0 : -EINVAL;
}

int fou_get(struct genl_info *info, const struct fou_get_req *req,
	    struct genlc_reply *reply)
{
	struct fou_net *fn = net_generic(genl_info_net(info), fou_net_id);
	struct fou_receiver *receiver;
	int err = -ESRCH;

	mutex_lock(&fn->lock);
	receiver = fou_find(fn, req->port, req->local_v4, req->peer_v4);
	if (receiver)
		err = fou_get_reply(reply, &receiver->values, GFP_KERNEL);
	mutex_unlock(&fn->lock);
	return err;
}

int fou_get_dump(struct genlc_dump *dump)
{
	struct fou_net *fn = net_generic(genlc_dump_net(dump), fou_net_id);
	struct fou_receiver *receiver;
	unsigned long index = 0;
	int err = 0;

	mutex_lock(&fn->lock);
	list_for_each_entry(receiver, &fn->receivers, list) {
		if (index++ < dump->cursor)
			continue;
		err = fou_get_dump_put(dump, &receiver->values);
		if (err)
			break;
		dump->cursor++;
	}
	mutex_unlock(&fn->lock);
	return err;
}

static int __net_init fou_net_init(struct net *net)
{
	struct fou_net *fn = net_generic(net, fou_net_id);

	INIT_LIST_HEAD(&fn->receivers);
	mutex_init(&fn->lock);
	return 0;
}

static void __net_exit fou_net_exit(struct net *net)
{
	struct fou_net *fn = net_generic(net, fou_net_id);
	struct fou_receiver *receiver;
	struct fou_receiver *next;

	list_for_each_entry_safe(receiver, next, &fn->receivers, list)
		kfree(receiver);
}

static struct pernet_operations fou_net_ops = {
	.init	= fou_net_init,
	.exit	= fou_net_exit,
	.id	= &fou_net_id,
	.size	= sizeof(struct fou_net),
};

int fou_start(void)
{
	return register_pernet_subsys(&fou_net_ops);
}

void fou_stop(void)
{
	unregister_pernet_subsys(&fou_net_ops);
}
