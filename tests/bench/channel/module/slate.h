/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What all channels read, write and tell of. They are files of the module slate
 * and two modules beside it, whose netlink side is generated.
 */
#ifndef _SLATE_H
#define _SLATE_H

#include <linux/fs.h>
#include <linux/notifier.h>
#include <linux/wait.h>

#include "slate_ioctl.h"

/*
 * Keeps others from the data until slate_release(); sleeps. Who has mapped it is
 * not kept from it.
 */
void *slate_hold(void);
void slate_release(void);

/* To be called, not holding the data, after it has been changed. */
void slate_changed(void);

/* How often that was. */
unsigned int slate_changes(void);

/*
 * Called after each change, in a process and in no order: the action is the
 * parameter `tell`, the data a pointer to the number.
 */
void slate_listen(struct notifier_block *listener);
void slate_ignore(struct notifier_block *listener);

static inline bool slate_holds(u64 offset, u64 size)
{
	return size <= SLATE_BYTES && offset <= SLATE_BYTES - size;
}

u32 slate_get(void);
void slate_set(u32 number);
ssize_t slate_read_user(char __user *to, size_t size, loff_t *pos);
ssize_t slate_write_user(const char __user *from, size_t size, loff_t *pos);
/*
 * Wakes who sleeps in poll() at a file that has been removed, and waits until
 * all have left: the file keeps no module, and the queue goes with this one.
 */
void slate_dismiss(struct wait_queue_head *queue);

/* What is beyond the end makes them shorter. */
ssize_t slate_read(void *to, size_t size, loff_t pos);
ssize_t slate_write(const void *from, size_t size, loff_t pos);
int slate_map(struct vm_area_struct *area);

int slate_device_start(void);
void slate_device_stop(void);
int slate_procfs_start(void);
void slate_procfs_stop(void);
int slate_sysfs_start(void);
void slate_sysfs_stop(void);
int slate_sysctl_start(void);
void slate_sysctl_stop(void);

#endif /* _SLATE_H */
