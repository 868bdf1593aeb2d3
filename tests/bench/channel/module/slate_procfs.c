// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* /proc/slate/number, text, with poll(); /proc/slate/data, bytes. */

#include <linux/module.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#include "slate.h"

static DECLARE_WAIT_QUEUE_HEAD(slate_procfs_wait);
static struct proc_dir_entry *slate_procfs;

static int slate_procfs_show(struct seq_file *seq, void *unused)
{
	seq->poll_event = slate_changes();
	seq_printf(seq, "%u\n", slate_get());
	return 0;
}

static int slate_procfs_open(struct inode *inode, struct file *file)
{
	int err;

	err = single_open(file, slate_procfs_show, NULL);
	/* seq_open() takes pwrite() away; kernfs gives it back likewise. */
	if (!err && (file->f_mode & FMODE_WRITE))
		file->f_mode |= FMODE_PWRITE;
	return err;
}

static ssize_t slate_procfs_set(struct file *file, const char __user *from,
				size_t size, loff_t *pos)
{
	u32 number;
	int err;

	err = kstrtou32_from_user(from, size, 0, &number);
	if (err)
		return err;
	slate_set(number);
	return size;
}

static __poll_t slate_procfs_poll(struct file *file, poll_table *table)
{
	struct seq_file *seq = file->private_data;

	poll_wait(file, &slate_procfs_wait, table);
	return seq->poll_event == slate_changes() ? 0 : EPOLLIN | EPOLLRDNORM;
}

static const struct proc_ops slate_procfs_number = {
	.proc_open	= slate_procfs_open,
	.proc_read	= seq_read,
	.proc_write	= slate_procfs_set,
	.proc_lseek	= seq_lseek,
	.proc_poll	= slate_procfs_poll,
	.proc_release	= single_release,
};

static ssize_t slate_procfs_read(struct file *file, char __user *to,
				 size_t size, loff_t *pos)
{
	return slate_read_user(to, size, pos);
}

static ssize_t slate_procfs_write(struct file *file, const char __user *from,
				  size_t size, loff_t *pos)
{
	return slate_write_user(from, size, pos);
}

static const struct proc_ops slate_procfs_data = {
	.proc_read	= slate_procfs_read,
	.proc_write	= slate_procfs_write,
	.proc_lseek	= default_llseek,
};

static int slate_procfs_tell(struct notifier_block *listener,
			     unsigned long tell, void *number)
{
	if (tell & SLATE_TELL_PROCFS)
		wake_up_interruptible(&slate_procfs_wait);
	return NOTIFY_OK;
}

static struct notifier_block slate_procfs_listener = {
	.notifier_call = slate_procfs_tell,
};

int slate_procfs_start(void)
{
	slate_procfs = proc_mkdir("slate", NULL);
	if (!slate_procfs)
		return -ENOMEM;
	if (!proc_create("number", 0600, slate_procfs, &slate_procfs_number) ||
	    !proc_create("data", 0600, slate_procfs, &slate_procfs_data)) {
		proc_remove(slate_procfs);
		return -ENOMEM;
	}
	slate_listen(&slate_procfs_listener);
	return 0;
}

void slate_procfs_stop(void)
{
	slate_ignore(&slate_procfs_listener);
	proc_remove(slate_procfs);
	slate_dismiss(&slate_procfs_wait);
}
