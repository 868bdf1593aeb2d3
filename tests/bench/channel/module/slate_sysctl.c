// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* slate.number, text, with poll(); slate.data, bytes: both in /proc/sys/slate. */

#include <linux/module.h>
#include <linux/poll.h>
#include <linux/sysctl.h>

#include "slate.h"

static DEFINE_CTL_TABLE_POLL(slate_sysctl_poll);
static struct ctl_table_header *slate_sysctl;

static int slate_sysctl_number(SLATE_CTL *table, int write, void *text,
			       size_t *size, loff_t *pos)
{
	u32 number = slate_get();
	SLATE_CTL here = { .data = &number, .maxlen = sizeof(number) };
	int err;

	err = proc_douintvec(&here, write, text, size, pos);
	if (!err && write)
		slate_set(number);
	return err;
}

static int slate_sysctl_data(SLATE_CTL *table, int write, void *data,
			     size_t *size, loff_t *pos)
{
	ssize_t done;

	done = write ? slate_write(data, *size, *pos) :
		       slate_read(data, *size, *pos);
	if (done < 0)
		return done;
	*size = done;
	*pos += done;
	return 0;
}

static SLATE_CTL_TABLE slate_sysctl_table[] = {
	{
		.procname	= "number",
		.maxlen		= sizeof(u32),
		.mode		= 0600,
		.proc_handler	= slate_sysctl_number,
		.poll		= &slate_sysctl_poll,
	},
	{
		.procname	= "data",
		.maxlen		= SLATE_BYTES,
		.mode		= 0600,
		.proc_handler	= slate_sysctl_data,
	},
/* It is a macro, and knows the size, since Linux 6.6. */
#ifndef register_sysctl
	{}
#endif
};

/* proc_sys_poll_notify() does this, and is not for modules. */
static int slate_sysctl_tell(struct notifier_block *listener,
			     unsigned long tell, void *number)
{
	if (tell & SLATE_TELL_SYSCTL) {
		atomic_inc(&slate_sysctl_poll.event);
		wake_up_interruptible(&slate_sysctl_poll.wait);
	}
	return NOTIFY_OK;
}

static struct notifier_block slate_sysctl_listener = {
	.notifier_call = slate_sysctl_tell,
};

int slate_sysctl_start(void)
{
	slate_sysctl = register_sysctl("slate", slate_sysctl_table);
	if (!slate_sysctl)
		return -ENOMEM;
	slate_listen(&slate_sysctl_listener);
	return 0;
}

void slate_sysctl_stop(void)
{
	slate_ignore(&slate_sysctl_listener);
	unregister_sysctl_table(slate_sysctl);
	slate_dismiss(&slate_sysctl_poll.wait);
}
