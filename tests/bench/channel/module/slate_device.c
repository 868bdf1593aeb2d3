// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* /dev/slate: read(), write(), ioctl(), mmap() and poll(). */

#include <linux/compat.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/uaccess.h>

#include "slate.h"

static DECLARE_WAIT_QUEUE_HEAD(slate_device_wait);

/* An open file keeps the number of the change that it has seen. */
static void slate_device_look(struct file *file)
{
	WRITE_ONCE(file->private_data, (void *)(ulong)slate_changes());
}

static bool slate_device_is_new(struct file *file)
{
	return READ_ONCE(file->private_data) != (void *)(ulong)slate_changes();
}

static int slate_device_open(struct inode *inode, struct file *file)
{
	slate_device_look(file);
	return 0;
}

static ssize_t slate_device_read(struct file *file, char __user *to,
				 size_t size, loff_t *pos)
{
	slate_device_look(file);
	return slate_read_user(to, size, pos);
}

static ssize_t slate_device_write(struct file *file, const char __user *from,
				  size_t size, loff_t *pos)
{
	return slate_write_user(from, size, pos);
}

static __poll_t slate_device_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &slate_device_wait, table);
	return EPOLLOUT | EPOLLWRNORM |
	       (slate_device_is_new(file) ? EPOLLIN | EPOLLRDNORM : 0);
}

static int slate_device_mmap(struct file *file, struct vm_area_struct *area)
{
	return slate_map(area);
}

static long slate_device_transfer(unsigned int cmd, void __user *argument)
{
	struct slate_transfer transfer;
	void __user *data;
	ssize_t done;
	loff_t pos;

	if (copy_from_user(&transfer, argument, sizeof(transfer)))
		return -EFAULT;
	if (!slate_holds(transfer.offset, transfer.size))
		return -ERANGE;
	data = u64_to_user_ptr(transfer.data);
	pos = transfer.offset;
	done = cmd == SLATE_READ ? slate_read_user(data, transfer.size, &pos) :
				   slate_write_user(data, transfer.size, &pos);
	if (done < 0)
		return done;
	return done == transfer.size ? 0 : -EFAULT;
}

static long slate_device_ioctl(struct file *file, unsigned int cmd,
			       unsigned long arg)
{
	void __user *argument = (void __user *)arg;
	u32 number;
	int err;

	switch (cmd) {
	case SLATE_GET:
		return put_user(slate_get(), (u32 __user *)argument);
	case SLATE_SET:
		if (get_user(number, (u32 __user *)argument))
			return -EFAULT;
		slate_set(number);
		return 0;
	case SLATE_READ:
	case SLATE_WRITE:
		return slate_device_transfer(cmd, argument);
	case SLATE_WAIT:
		err = wait_event_interruptible(slate_device_wait,
					       slate_device_is_new(file));
		if (err)
			return err;
		slate_device_look(file);
		return put_user(slate_get(), (u32 __user *)argument);
	}
	return -ENOTTY;
}

static int slate_device_tell(struct notifier_block *listener,
			     unsigned long tell, void *number)
{
	if (tell & SLATE_TELL_DEVICE)
		wake_up_interruptible(&slate_device_wait);
	return NOTIFY_OK;
}

static const struct file_operations slate_device_operations = {
	.owner		= THIS_MODULE,
	.open		= slate_device_open,
	.read		= slate_device_read,
	.write		= slate_device_write,
	.llseek		= default_llseek,
	.poll		= slate_device_poll,
	.mmap		= slate_device_mmap,
	.unlocked_ioctl	= slate_device_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
};

static struct miscdevice slate_device = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "slate",
	.mode	= 0600,
	.fops	= &slate_device_operations,
};

static struct notifier_block slate_device_listener = {
	.notifier_call = slate_device_tell,
};

int slate_device_start(void)
{
	int err;

	err = misc_register(&slate_device);
	if (!err)
		slate_listen(&slate_device_listener);
	return err;
}

void slate_device_stop(void)
{
	slate_ignore(&slate_device_listener);
	misc_deregister(&slate_device);
}
