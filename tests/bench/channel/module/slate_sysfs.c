// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* /sys/kernel/slate/number, text, with poll(); /sys/kernel/slate/data, bytes. */

#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/sysfs.h>

#include "slate.h"

static struct kobject *slate_sysfs;
static struct kernfs_node *slate_sysfs_node;

static ssize_t number_show(struct kobject *object, struct kobj_attribute *attr,
			   char *text)
{
	return sysfs_emit(text, "%u\n", slate_get());
}

static ssize_t number_store(struct kobject *object, struct kobj_attribute *attr,
			    const char *text, size_t size)
{
	u32 number;
	int err;

	err = kstrtou32(text, 0, &number);
	if (err)
		return err;
	slate_set(number);
	return size;
}

static struct kobj_attribute slate_sysfs_number =
	__ATTR(number, 0600, number_show, number_store);

static ssize_t data_read(struct file *file, struct kobject *object,
			 SLATE_BIN *attr, char *to, loff_t pos, size_t size)
{
	return slate_read(to, size, pos);
}

static ssize_t data_write(struct file *file, struct kobject *object,
			  SLATE_BIN *attr, char *from, loff_t pos, size_t size)
{
	return slate_write(from, size, pos);
}

static BIN_ATTR(data, 0600, data_read, data_write, SLATE_BYTES);

static int slate_sysfs_tell(struct notifier_block *listener,
			    unsigned long tell, void *number)
{
	if (tell & SLATE_TELL_SYSFS)
		sysfs_notify_dirent(slate_sysfs_node);
	return NOTIFY_OK;
}

static struct notifier_block slate_sysfs_listener = {
	.notifier_call = slate_sysfs_tell,
};

int slate_sysfs_start(void)
{
	int err;

	slate_sysfs = kobject_create_and_add("slate", kernel_kobj);
	if (!slate_sysfs)
		return -ENOMEM;
	err = sysfs_create_file(slate_sysfs, &slate_sysfs_number.attr);
	if (!err)
		err = sysfs_create_bin_file(slate_sysfs, &bin_attr_data);
	if (err) {
		kobject_put(slate_sysfs);
		return err;
	}
	slate_sysfs_node = sysfs_get_dirent(slate_sysfs->sd, "number");
	slate_listen(&slate_sysfs_listener);
	return 0;
}

void slate_sysfs_stop(void)
{
	slate_ignore(&slate_sysfs_listener);
	sysfs_put(slate_sysfs_node);
	kobject_put(slate_sysfs);
}
