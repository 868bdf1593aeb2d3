/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * Devices that would encrypt if they were hardware. Each network device whose
 * name begins with "psp" is one; others can be associated with it.
 *
 * Locks are taken in this order: rtnl, that of the table, that of a device,
 * that of the associations. Nothing here knows of netlink.
 */
#ifndef _PSP_DEVICES_H
#define _PSP_DEVICES_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/refcount.h>
#include <linux/slab.h>

#ifndef kzalloc_obj	/* before Linux 7.0 */
#define kzalloc_obj(object)		kzalloc(sizeof(object), GFP_KERNEL)
#endif

#define PSP_NETDEVS_MAX		128
#define PSP_KEY_MAX		32
/* The bits of a security parameters index that name an association. */
#define PSP_SPI_MASK		GENMASK(30, 0)

/* A network device that borrows the encryption of another. */
struct psp_netdev {
	struct list_head list;
	struct net_device *dev;
};

struct psp_dev {
	u32 id;
	struct net_device *main;
	refcount_t users;
	struct mutex lock;		/* of all below */
	u32 versions;			/* enabled */
	struct list_head netdevs;	/* struct psp_netdev */
	unsigned int n_netdevs;
	u32 generation;			/* of the key */
	u64 stale_events;
	u32 last_spi;
	struct socket *socket;		/* that the lock was taken for, if any */
};

struct psp_key {
	u32 spi;
	u8 bytes[PSP_KEY_MAX];
};

/* What a socket has negotiated. It goes with the socket, or with its key. */
struct psp_assoc {
	struct list_head list;
	struct psp_dev *psd;
	struct sock *sk;
	u32 generation;			/* of the key of the device */
	u32 version;
	struct psp_key rx;
	struct psp_key tx;		/* SPI 0: none yet */
};

/*
 * Finds a device that a network namespace may see, or, where @admin is set,
 * may change, and locks it. -ENODEV: there is no such device, -ENOENT: it
 * belongs to others.
 */
int psp_dev_lock(struct net *net, u32 id, bool admin, struct psp_dev **psd);

/* Puts the socket as well. */
void psp_dev_unlock(struct psp_dev *psd);

/*
 * Visits the devices, locked, from number @id on that the namespace may see.
 * Leaves @id at the one whose visit failed, if any.
 */
int psp_each(struct net *net, unsigned long *id,
	     int (*visit)(struct psp_dev *psd, void *data), void *data);

/* Calls @visit for each namespace that sees a device, locked; once. */
void psp_dev_each_net(struct psp_dev *psd,
		      void (*visit)(struct psp_dev *psd, struct net *net,
				    void *data),
		      void *data);

u32 psp_versions_supported(void);
unsigned int psp_key_size(u32 version);
void psp_dev_rotate(struct psp_dev *psd);

/*
 * The network namespace of a network device for @psd, which a user in @from
 * names by a number of its own, for the caller to put; NULL names @from.
 * ERR_PTR(-EPERM): only who owns the device may name others, ERR_PTR(-EINVAL):
 * there is no such number.
 */
struct net *psp_net_named(const struct psp_dev *psd, struct net *from,
			  const s32 *nsid);

/*
 * Associates a network device, or ends that, and tells listeners. -ENODEV:
 * there is none to associate, or none that is, -EBUSY: it is with a device
 * already, -ENOSPC: this one has too many.
 */
int psp_dev_add_netdev(struct psp_dev *psd, struct net *net, u32 ifindex);
int psp_dev_del_netdev(struct psp_dev *psd, struct net *net, u32 ifindex);

/* The device behind a socket's route, 0 for none. */
u32 psp_sock_dev_id(struct sock *sk);

bool psp_sock_is_tcp(const struct sock *sk);

void psp_key_make(struct psp_dev *psd, u32 version, struct psp_key *key);

/* Associates the socket of a device. -EBUSY: it has an association. */
int psp_sock_set_rx(struct psp_dev *psd, u32 version,
		    const struct psp_key *key);

/*
 * Completes an association. -EINVAL: the socket has none of this device and
 * version, -EBUSY: it is complete.
 */
int psp_sock_set_tx(struct psp_dev *psd, u32 version,
		    const struct psp_key *key);

/* What happens to a device that is locked; for whoever listens. */
void psp_dev_added(struct psp_dev *psd);
void psp_dev_changed(struct psp_dev *psd);
void psp_dev_deleted(struct psp_dev *psd);
void psp_dev_rotated(struct psp_dev *psd);

int psp_devices_start(void);
void psp_devices_stop(void);

#endif /* _PSP_DEVICES_H */
