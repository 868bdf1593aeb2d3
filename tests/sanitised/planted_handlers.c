// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * One bug of each kind that the sanitised kernel looks for. The compiler must
 * not see them: what goes wrong is hidden from it.
 */

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>

#include "planted_nl.h"

struct planted {
	struct list_head list;
	struct timer_list timer;
	u8 bytes[13];
};

static DEFINE_MUTEX(planted_first);
static DEFINE_MUTEX(planted_second);
static DEFINE_SPINLOCK(planted_spinlock);
static const u8 planted_table[4];
static u8 planted_sink;

static __always_inline void planted_write(u8 *bytes, size_t at)
{
	OPTIMIZER_HIDE_VAR(at);
	WRITE_ONCE(bytes[at], 1);
}

static void planted_slab_bounds(struct planted *planted)
{
	planted_write(planted->bytes, sizeof(*planted));
	kfree(planted);
}

static void planted_freed(struct planted *planted)
{
	struct planted *after = planted;

	OPTIMIZER_HIDE_VAR(after);
	kfree(planted);
	planted_sink = READ_ONCE(after->bytes[0]);
}

static void planted_vmalloc_bounds(struct planted *planted)
{
	u8 *area = vmalloc(PAGE_SIZE);

	if (area)
		planted_write(area, PAGE_SIZE);
	vfree(area);
	kfree(planted);
}

static void planted_lock_order(struct planted *planted)
{
	mutex_lock(&planted_first);
	mutex_lock(&planted_second);
	mutex_unlock(&planted_second);
	mutex_unlock(&planted_first);

	mutex_lock(&planted_second);
	mutex_lock(&planted_first);
	mutex_unlock(&planted_first);
	mutex_unlock(&planted_second);
	kfree(planted);
}

static void planted_atomic_sleep(struct planted *planted)
{
	spin_lock(&planted_spinlock);
	kfree(kmalloc(sizeof(*planted), GFP_KERNEL));
	spin_unlock(&planted_spinlock);
	kfree(planted);
}

static void planted_shift(struct planted *planted)
{
	unsigned int bits = 40;

	OPTIMIZER_HIDE_VAR(bits);
	planted_sink = 1u << bits;
	kfree(planted);
}

static void planted_index(struct planted *planted)
{
	unsigned int at = ARRAY_SIZE(planted_table);

	OPTIMIZER_HIDE_VAR(at);
	planted_sink = planted_table[at];
	kfree(planted);
}

static void planted_list(struct planted *planted)
{
	LIST_HEAD(all);

	list_add(&planted->list, &all);
	list_del(&planted->list);
	list_del(&planted->list);
	kfree(planted);
}

static void planted_tick(struct timer_list *timer)
{
}

static void planted_timer(struct planted *planted)
{
	timer_setup(&planted->timer, planted_tick, 0);
	mod_timer(&planted->timer, jiffies + 100 * HZ);
	kfree(planted);
}

static void planted_leak(struct planted *planted)
{
}

static void planted_none(struct planted *planted)
{
	kfree(planted);
}

typedef void (*planted_fn)(struct planted *planted);

static const planted_fn planted_bugs[] = {
	[PLANTED_BUG_NONE] = planted_none,
	[PLANTED_BUG_SLAB_BOUNDS] = planted_slab_bounds,
	[PLANTED_BUG_FREED] = planted_freed,
	[PLANTED_BUG_VMALLOC_BOUNDS] = planted_vmalloc_bounds,
	[PLANTED_BUG_LOCK_ORDER] = planted_lock_order,
	[PLANTED_BUG_ATOMIC_SLEEP] = planted_atomic_sleep,
	[PLANTED_BUG_SHIFT] = planted_shift,
	[PLANTED_BUG_INDEX] = planted_index,
	[PLANTED_BUG_LIST] = planted_list,
	[PLANTED_BUG_TIMER] = planted_timer,
	[PLANTED_BUG_LEAK] = planted_leak,
};

int planted_run(struct genl_info *info, const struct planted_run_req *req)
{
	struct planted *planted = kzalloc(sizeof(*planted), GFP_KERNEL);

	if (!planted)
		return -ENOMEM;
	planted_bugs[req->bug](planted);
	return 0;
}

int planted_start(void)
{
	return 0;
}

void planted_stop(void)
{
}
