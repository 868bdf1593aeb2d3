// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * Who says hello is answered from a work item, again and again, so that nobody
 * waits for it. A conversation belongs to the socket that began it, and ends
 * when that closes: its port id is free again then, and the next to have it has
 * not said hello. So no conversation outlives its network namespace or this
 * module, and none needs a reference to them.
 */

#include <linux/jiffies.h>
#include <linux/moduleparam.h>
#include <linux/netlink.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "hello_nl.h"

#ifndef kzalloc_obj	/* before Linux 7.0 */
#define kzalloc_obj(object)		kzalloc(sizeof(object), GFP_KERNEL)
#endif

static unsigned int answers = 10;
module_param(answers, uint, 0644);
MODULE_PARM_DESC(answers, "Answers to each greeting, at least one");

static unsigned int pause_ms = 3000;
module_param(pause_ms, uint, 0644);
MODULE_PARM_DESC(pause_ms, "Milliseconds between two answers");

struct hello_conversation {
	struct delayed_work work;
	struct net *net;
	u32 portid;
	unsigned int answered;
};

static struct workqueue_struct *hello_queue;
static unsigned int hello_net_id __read_mostly;

/*
 * Those of a network namespace, by port id. Who takes one out, under the lock,
 * frees it.
 */
static struct xarray *hello_talks(struct net *net)
{
	return net_generic(net, hello_net_id);
}

/* Answers */

/* Sends the next; returns whether there are more to come. */
static bool hello_answer_next(const struct hello_conversation *conversation)
{
	const struct hello_answer answer = {
		.text = "I am from kernel!",
		.number = conversation->answered + 1,
		.last = conversation->answered + 1 >= READ_ONCE(answers),
	};
	int err;

	err = hello_answer_unicast(conversation->net, conversation->portid,
				   &answer, GFP_KERNEL);
	/* Where there is no room an answer is lost, and its receiver told so. */
	return (!err || err == -EAGAIN) && !answer.last;
}

static void hello_work(struct work_struct *work)
{
	struct hello_conversation *conversation;
	struct xarray *talks;
	bool more;

	conversation = container_of(to_delayed_work(work),
				    struct hello_conversation, work);
	more = hello_answer_next(conversation);
	talks = hello_talks(conversation->net);
	xa_lock(talks);
	if (xa_load(talks, conversation->portid) != conversation) {
		/* The socket has closed, and hello_closed() waits for this. */
		xa_unlock(talks);
		return;
	}
	conversation->answered++;
	if (more)
		queue_delayed_work(hello_queue, &conversation->work,
				   msecs_to_jiffies(READ_ONCE(pause_ms)));
	else
		__xa_erase(talks, conversation->portid);
	xa_unlock(talks);
	if (!more)
		kfree(conversation);
}

/* Requests */

int hello_say(struct genl_info *info, const struct hello_say_req *req)
{
	struct net *net = genl_info_net(info);
	struct hello_conversation *conversation;
	int err;

	conversation = kzalloc_obj(*conversation);
	if (!conversation)
		return -ENOMEM;
	INIT_DELAYED_WORK(&conversation->work, hello_work);
	conversation->net = net;
	conversation->portid = info->snd_portid;
	err = xa_insert(hello_talks(net), conversation->portid, conversation,
			GFP_KERNEL);
	if (err) {
		kfree(conversation);
		return err == -EBUSY ?
		       genlc_refuse(info, err, "still answering this socket") :
		       err;
	}
	/* The socket, which is sending this, cannot close before. */
	queue_delayed_work(hello_queue, &conversation->work, 0);
	return 0;
}

int hello_conversations_dump(struct genlc_dump *dump)
{
	struct xarray *talks = hello_talks(genlc_dump_net(dump));
	const struct hello_conversation *conversation;
	int err = 0;

	xa_lock(talks);
	xa_for_each_start(talks, dump->cursor, conversation, dump->cursor) {
		const struct hello_conversations_rsp rsp = {
			.port = conversation->portid,
			.answered = conversation->answered,
		};

		err = hello_conversations_dump_put(dump, &rsp);
		if (err)
			break;
	}
	xa_unlock(talks);
	return err;
}

/* Ends */

static int hello_closed(struct notifier_block *block, unsigned long event,
			void *data)
{
	const struct netlink_notify *notify = data;
	struct hello_conversation *conversation;

	if (event != NETLINK_URELEASE || notify->protocol != HELLO_PROTOCOL)
		return NOTIFY_DONE;
	conversation = xa_erase(hello_talks(notify->net), notify->portid);
	if (conversation) {
		cancel_delayed_work_sync(&conversation->work);
		kfree(conversation);
	}
	return NOTIFY_DONE;
}

static struct notifier_block hello_notifier = {
	.notifier_call = hello_closed,
};

/* There is nothing to be done at its end: its sockets have closed before. */
static int __net_init hello_net_init(struct net *net)
{
	xa_init(hello_talks(net));
	return 0;
}

static struct pernet_operations hello_net_ops = {
	.init = hello_net_init,
	.id = &hello_net_id,
	.size = sizeof(struct xarray),
};

int hello_start(void)
{
	int err;

	hello_queue = alloc_workqueue("hello", WQ_UNBOUND, 0);
	if (!hello_queue)
		return -ENOMEM;
	err = register_pernet_subsys(&hello_net_ops);
	if (err)
		goto err_queue;
	err = netlink_register_notifier(&hello_notifier);
	if (err)
		goto err_net;
	return 0;

err_net:
	unregister_pernet_subsys(&hello_net_ops);
err_queue:
	destroy_workqueue(hello_queue);
	return err;
}

void hello_stop(void)
{
	netlink_unregister_notifier(&hello_notifier);
	unregister_pernet_subsys(&hello_net_ops);
	destroy_workqueue(hello_queue);
}
