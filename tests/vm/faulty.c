// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A module that does on demand what tools/vm has to notice: a word written to
 * /sys/kernel/debug/faulty says what.
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static struct dentry *control;

static void dereference_null(void)
{
	int *nowhere = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	WRITE_ONCE(*nowhere, 1);
}

static ssize_t faulty_write(struct file *file, const char __user *user,
			    size_t size, loff_t *position)
{
	char word[16] = {};

	if (size >= sizeof(word))
		return -EINVAL;
	if (copy_from_user(word, user, size))
		return -EFAULT;
	strim(word);
	if (!strcmp(word, "warn"))
		WARN(1, "as asked\n");
	else if (!strcmp(word, "oops"))
		dereference_null();
	else if (!strcmp(word, "leak"))
		pr_err("faulty: 3 objects leaked\n");
	else if (!strcmp(word, "stay"))
		__module_get(THIS_MODULE);
	else
		return -EINVAL;
	return size;
}

static const struct file_operations faulty_operations = {
	.owner	= THIS_MODULE,
	.write	= faulty_write,
};

static int __init faulty_init(void)
{
	control = debugfs_create_file("faulty", 0200, NULL, NULL,
				      &faulty_operations);
	return PTR_ERR_OR_ZERO(control);
}

static void __exit faulty_exit(void)
{
	debugfs_remove(control);
}

module_init(faulty_init);
module_exit(faulty_exit);
MODULE_DESCRIPTION("Does on demand what a test machine has to notice");
MODULE_LICENSE("Dual BSD/GPL");
