/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * The ioctl() and the limits of /dev/slate, for both sides.
 */
#ifndef _SLATE_IOCTL_H
#define _SLATE_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Bytes of a slate. Its number is the first four of them. */
#define SLATE_BYTES	0x100000

/*
 * Who is told of changes, in the bits of /sys/module/slate/parameters/tell: a
 * measurement of one channel must not pay for all.
 */
#define SLATE_TELL_DEVICE	0x01
#define SLATE_TELL_PROCFS	0x02
#define SLATE_TELL_SYSFS	0x04
#define SLATE_TELL_SYSCTL	0x08
#define SLATE_TELL_GENERIC	0x10
#define SLATE_TELL_OWN		0x20

struct slate_transfer {
	__u64 data;		/* a pointer */
	__u32 offset;
	__u32 size;
};

#define SLATE_MAGIC	0xea
#define SLATE_GET	_IOR(SLATE_MAGIC, 0, __u32)
#define SLATE_SET	_IOW(SLATE_MAGIC, 1, __u32)
#define SLATE_READ	_IOW(SLATE_MAGIC, 2, struct slate_transfer)
#define SLATE_WRITE	_IOW(SLATE_MAGIC, 3, struct slate_transfer)
/* Sleeps until somebody changes the slate, and gets its number. */
#define SLATE_WAIT	_IOR(SLATE_MAGIC, 4, __u32)

#endif /* _SLATE_IOCTL_H */
