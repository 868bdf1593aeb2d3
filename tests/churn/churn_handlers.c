// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * A crowd of items. All changes of it happen under the lock of its array, and
 * readers need RCU. The senders are of all kinds that may still be at work when
 * the module leaves: timers, a work, and RCU itself, which frees the items.
 */

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "churn_nl.h"

#ifndef kzalloc_obj	/* before Linux 7.0 */
#define kzalloc_obj(object)		kzalloc(sizeof(object), GFP_KERNEL)
#endif

#define CHURN_CENSUS_INTERVAL		(HZ / 50)

struct churn_item {
	u32 id;
	u32 tag;
	u32 size;
	struct rcu_head rcu;
};

/* Sends to one socket until that is closed. */
struct churn_pulse {
	struct list_head list;
	struct timer_list timer;
	u32 portid;
	unsigned long interval;		/* in jiffies */
	u32 beats;
	bool over;			/* the timer does not run again */
};

static DEFINE_XARRAY_ALLOC1(churn_items);
static struct genlc_generation churn_generation;
static u32 churn_count;			/* of the items */

static DEFINE_MUTEX(churn_pulse_lock);
static LIST_HEAD(churn_pulses);

static u8 churn_zeros[CHURN_PAYLOAD_MAX];

/* Items */

static struct churn_get_rsp churn_describe(u32 id, u32 tag, u32 size)
{
	return (struct churn_get_rsp) {
		.id = id,
		.tag = tag,
		.payload = { .data = churn_zeros, .len = size },
	};
}

static int churn_insert(u32 tag, u32 size, u32 *id)
{
	struct churn_item *item;
	int err;

	item = kzalloc_obj(*item);
	if (!item)
		return -ENOMEM;
	item->tag = tag;
	item->size = size;

	xa_lock(&churn_items);
	err = __xa_alloc(&churn_items, &item->id, item, xa_limit_31b,
			 GFP_KERNEL);
	if (err) {
		xa_unlock(&churn_items);
		kfree(item);
		return err;
	}
	*id = item->id;
	churn_count++;
	genlc_count_change(&churn_generation);
	xa_unlock(&churn_items);
	return 0;
}

static void churn_free(struct rcu_head *rcu)
{
	kfree(container_of(rcu, struct churn_item, rcu));
}

/* Fills @lost and returns true where there is such an item. */
static bool churn_lose(u32 id, struct churn_get_rsp *lost)
{
	struct churn_item *item;

	xa_lock(&churn_items);
	item = __xa_erase(&churn_items, id);
	if (item) {
		churn_count--;
		genlc_count_change(&churn_generation);
	}
	xa_unlock(&churn_items);
	if (!item)
		return false;
	*lost = churn_describe(item->id, READ_ONCE(item->tag), item->size);
	call_rcu(&item->rcu, churn_free);
	return true;
}

static void churn_lose_all(void)
{
	struct churn_get_rsp lost;
	struct churn_item *item;
	unsigned long id;

	xa_for_each(&churn_items, id, item) {
		churn_lose(id, &lost);
		cond_resched();
	}
}

int churn_add(struct genl_info *info, const struct churn_add_req *req,
	      struct genlc_reply *reply)
{
	struct churn_add_rsp rsp = {};
	struct churn_get_rsp added;
	int err;

	/* Nothing may fail once the item is there. */
	err = genlc_reply_reserve(reply, churn_add_rsp_size(&rsp), GFP_KERNEL);
	if (err)
		return err;
	err = churn_insert(req->tag, req->size, &rsp.id);
	if (err)
		return err;
	added = churn_describe(rsp.id, req->tag, req->size);
	churn_add_ntf_send(genl_info_net(info), &added, GFP_KERNEL);
	return churn_add_reply(reply, &rsp, GFP_KERNEL);
}

int churn_fill(struct genl_info *info, const struct churn_fill_req *req)
{
	u32 left;
	u32 id;
	int err;

	for (left = req->count; left; left--) {
		err = churn_insert(req->tag, req->size, &id);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

int churn_remove(struct genl_info *info, const struct churn_remove_req *req)
{
	struct churn_get_rsp lost;

	if (!churn_lose(req->id, &lost))
		return genlc_refuse_attr(info, CHURN_A_ITEM_ID, -ENOENT,
					 "no such item");
	churn_remove_ntf_send(genl_info_net(info), &lost, GFP_KERNEL);
	return 0;
}

int churn_set(struct genl_info *info, const struct churn_set_req *req)
{
	struct churn_get_rsp changed;
	struct churn_item *item;

	xa_lock(&churn_items);
	item = xa_load(&churn_items, req->id);
	if (item) {
		WRITE_ONCE(item->tag, req->tag);
		changed = churn_describe(item->id, req->tag, item->size);
		genlc_count_change(&churn_generation);
	}
	xa_unlock(&churn_items);
	if (!item)
		return genlc_refuse_attr(info, CHURN_A_ITEM_ID, -ENOENT,
					 "no such item");
	churn_set_ntf_send(genl_info_net(info), &changed, GFP_KERNEL);
	return 0;
}

int churn_clear(struct genl_info *info)
{
	churn_lose_all();
	return 0;
}

int churn_get(struct genl_info *info, const struct churn_get_req *req,
	      struct genlc_reply *reply)
{
	struct churn_item *item;
	struct churn_get_rsp rsp;

	rcu_read_lock();
	item = xa_load(&churn_items, req->id);
	if (item)
		rsp = churn_describe(item->id, READ_ONCE(item->tag),
				     item->size);
	rcu_read_unlock();
	if (!item)
		return genlc_refuse_attr(info, CHURN_A_ITEM_ID, -ENOENT,
					 "no such item");
	return churn_get_reply(reply, &rsp, GFP_KERNEL);
}

static void churn_lose_first(void)
{
	struct churn_get_rsp lost;
	unsigned long id = 0;

	if (xa_find(&churn_items, &id, ULONG_MAX, XA_PRESENT))
		churn_lose(id, &lost);
}

int churn_get_dump(struct genlc_dump *dump,
		   const struct churn_get_dump_req *req)
{
	struct churn_item *item;
	int err = 0;

	genlc_dump_watch(dump, &churn_generation);
	rcu_read_lock();
	xa_for_each_start(&churn_items, dump->cursor, item, dump->cursor) {
		const u32 tag = READ_ONCE(item->tag);
		struct churn_get_rsp rsp;

		if (item->id == req->lose_at)
			churn_lose_first();
		if (req->has.tag && tag != req->tag)
			continue;
		rsp = churn_describe(item->id, tag, item->size);
		err = churn_get_dump_put(dump, &rsp);
		if (err)
			break;
	}
	rcu_read_unlock();
	return err;
}

/* Beats, from a timer to one socket */

static void churn_pulse_beat(struct timer_list *timer)
{
	struct churn_pulse *pulse;
	struct churn_beat beat;
	int err;

	pulse = container_of(timer, struct churn_pulse, timer);
	beat.number = pulse->beats++;
	err = churn_beat_unicast(&init_net, pulse->portid, &beat, GFP_ATOMIC);
	/* A reader that is slow loses a beat; one that is gone ends them. */
	if (err == -ECONNREFUSED)
		WRITE_ONCE(pulse->over, true);
	else
		mod_timer(timer, jiffies + pulse->interval);
}

/* Callers hold the lock of the list. */
static void churn_end_pulse(struct churn_pulse *pulse)
{
	timer_delete_sync(&pulse->timer);
	list_del(&pulse->list);
	kfree(pulse);
}

int churn_start_beat(struct genl_info *info,
		     const struct churn_start_beat_req *req)
{
	struct churn_pulse *pulse;
	struct churn_pulse *next;
	struct churn_pulse *new;

	new = kzalloc_obj(*new);
	if (!new)
		return -ENOMEM;
	timer_setup(&new->timer, churn_pulse_beat, 0);
	new->portid = info->snd_portid;
	new->interval = msecs_to_jiffies(req->interval_ms);

	mutex_lock(&churn_pulse_lock);
	list_for_each_entry_safe(pulse, next, &churn_pulses, list)
		if (READ_ONCE(pulse->over))
			churn_end_pulse(pulse);
	list_add(&new->list, &churn_pulses);
	mod_timer(&new->timer, jiffies + new->interval);
	mutex_unlock(&churn_pulse_lock);
	return 0;
}

/* The census, from a work to all who listen */

static void churn_take_census(struct work_struct *work)
{
	const struct churn_census census = { .count = READ_ONCE(churn_count) };

	churn_census_send(&init_net, &census, GFP_KERNEL);
	schedule_delayed_work(to_delayed_work(work), CHURN_CENSUS_INTERVAL);
}

static DECLARE_DELAYED_WORK(churn_census_work, churn_take_census);

/* Start and end */

int churn_start(void)
{
	schedule_delayed_work(&churn_census_work, CHURN_CENSUS_INTERVAL);
	return 0;
}

void churn_stop(void)
{
	struct churn_pulse *pulse;
	struct churn_pulse *next;

	cancel_delayed_work_sync(&churn_census_work);
	mutex_lock(&churn_pulse_lock);
	list_for_each_entry_safe(pulse, next, &churn_pulses, list)
		churn_end_pulse(pulse);
	mutex_unlock(&churn_pulse_lock);
	churn_lose_all();
	xa_destroy(&churn_items);
	/* churn_free() is part of the module. */
	rcu_barrier();
}
