// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The slate itself, of which nothing here knows who reads and writes it. */

#include <linux/delay.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

#include "slate.h"

static DEFINE_MUTEX(slate_lock);	/* of the data */
static void *slate_data;
static atomic_t slate_count = ATOMIC_INIT(0);
static BLOCKING_NOTIFIER_HEAD(slate_listeners);

static unsigned int slate_tell = ~0;
module_param_named(tell, slate_tell, uint, 0644);
MODULE_PARM_DESC(tell, "who is told of changes, see slate_ioctl.h");

void *slate_hold(void)
{
	mutex_lock(&slate_lock);
	return slate_data;
}
EXPORT_SYMBOL_GPL(slate_hold);

void slate_release(void)
{
	mutex_unlock(&slate_lock);
}
EXPORT_SYMBOL_GPL(slate_release);

void slate_changed(void)
{
	u32 number = slate_get();

	atomic_inc(&slate_count);
	blocking_notifier_call_chain(&slate_listeners, READ_ONCE(slate_tell),
				     &number);
}
EXPORT_SYMBOL_GPL(slate_changed);

unsigned int slate_changes(void)
{
	return atomic_read(&slate_count);
}

void slate_listen(struct notifier_block *listener)
{
	/* It fails for one that is there already. */
	blocking_notifier_chain_register(&slate_listeners, listener);
}
EXPORT_SYMBOL_GPL(slate_listen);

void slate_ignore(struct notifier_block *listener)
{
	blocking_notifier_chain_unregister(&slate_listeners, listener);
}
EXPORT_SYMBOL_GPL(slate_ignore);

static bool slate_is_awaited(struct wait_queue_head *queue)
{
	bool awaited;

	spin_lock_irq(&queue->lock);
	/* Locked, as who leaves holds the lock to the end. */
	awaited = waitqueue_active(queue);
	spin_unlock_irq(&queue->lock);
	return awaited;
}

void slate_dismiss(struct wait_queue_head *queue)
{
	while (slate_is_awaited(queue)) {
		wake_up_interruptible(queue);
		usleep_range(1000, 2000);
	}
}

u32 slate_get(void)
{
	return READ_ONCE(*(u32 *)slate_data);
}
EXPORT_SYMBOL_GPL(slate_get);

void slate_set(u32 number)
{
	slate_hold();
	WRITE_ONCE(*(u32 *)slate_data, number);
	slate_release();
	slate_changed();
}
EXPORT_SYMBOL_GPL(slate_set);

ssize_t slate_read_user(char __user *to, size_t size, loff_t *pos)
{
	ssize_t done;

	done = simple_read_from_buffer(to, size, pos, slate_hold(),
				       SLATE_BYTES);
	slate_release();
	return done;
}

ssize_t slate_write_user(const char __user *from, size_t size, loff_t *pos)
{
	ssize_t done;

	done = simple_write_to_buffer(slate_hold(), SLATE_BYTES, pos, from,
				      size);
	slate_release();
	if (done > 0)
		slate_changed();
	return done || !size ? done : -ENOSPC;
}

ssize_t slate_read(void *to, size_t size, loff_t pos)
{
	ssize_t done;

	done = memory_read_from_buffer(to, size, &pos, slate_hold(),
				       SLATE_BYTES);
	slate_release();
	return done;
}

ssize_t slate_write(const void *from, size_t size, loff_t pos)
{
	if (pos < 0 || pos >= SLATE_BYTES)
		return size ? -ENOSPC : 0;
	size = min_t(size_t, size, SLATE_BYTES - pos);
	memcpy(slate_hold() + pos, from, size);
	slate_release();
	slate_changed();
	return size;
}

int slate_map(struct vm_area_struct *area)
{
	return remap_vmalloc_range(area, slate_data, area->vm_pgoff);
}

static const struct {
	int (*start)(void);
	void (*stop)(void);
} slate_channels[] = {
	{ slate_device_start, slate_device_stop },
	{ slate_procfs_start, slate_procfs_stop },
	{ slate_sysfs_start, slate_sysfs_stop },
	{ slate_sysctl_start, slate_sysctl_stop },
};

static void slate_stop(unsigned int channels)
{
	while (channels--)
		slate_channels[channels].stop();
	vfree(slate_data);
}

static int __init slate_init(void)
{
	unsigned int i;
	int err;

	slate_data = vmalloc_user(SLATE_BYTES);
	if (!slate_data)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(slate_channels); i++) {
		err = slate_channels[i].start();
		if (err) {
			slate_stop(i);
			return err;
		}
	}
	return 0;
}

static void __exit slate_exit(void)
{
	slate_stop(ARRAY_SIZE(slate_channels));
}

module_init(slate_init);
module_exit(slate_exit);

MODULE_DESCRIPTION("The same read, write and notify by each channel");
MODULE_LICENSE("Dual BSD/GPL");
