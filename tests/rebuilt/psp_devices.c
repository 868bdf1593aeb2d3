// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* The devices, and what sockets have negotiated with them. */

#include <linux/net.h>
#include <linux/random.h>
#include <linux/xarray.h>
#include <net/dst.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "psp_devices.h"
#include "psp_uapi.h"

/* A key works until it has been rotated twice. */
#define PSP_GENERATIONS		2

static DEFINE_MUTEX(psp_table_lock);
static DEFINE_XARRAY_ALLOC1(psp_table);		/* devices by number */
/* Numbers of devices by struct net_device, also of those that borrow one. */
static DEFINE_XARRAY(psp_netdevs);

static DEFINE_MUTEX(psp_assocs_lock);
static LIST_HEAD(psp_assocs);

u32 psp_versions_supported(void)
{
	return BIT(PSP_VERSION_HDR0_AES_GCM_128) |
	       BIT(PSP_VERSION_HDR0_AES_GCM_256);
}

unsigned int psp_key_size(u32 version)
{
	return version == PSP_VERSION_HDR0_AES_GCM_256 ? 32 : 16;
}

/* Associations */

static void psp_assoc_free(struct psp_assoc *assoc)
{
	list_del(&assoc->list);
	sock_put(assoc->sk);
	kfree(assoc);
}

/* Forgets those of sockets that were closed, as nothing tells of that. */
static void psp_assocs_sweep(void)
{
	struct psp_assoc *assoc;
	struct psp_assoc *next;

	list_for_each_entry_safe(assoc, next, &psp_assocs, list)
		if (sock_flag(assoc->sk, SOCK_DEAD))
			psp_assoc_free(assoc);
}

static struct psp_assoc *psp_assoc_find(const struct sock *sk)
{
	struct psp_assoc *assoc;

	list_for_each_entry(assoc, &psp_assocs, list)
		if (assoc->sk == sk)
			return assoc;
	return NULL;
}

bool psp_sock_is_tcp(const struct sock *sk)
{
	return (sk->sk_family == AF_INET || sk->sk_family == AF_INET6) &&
	       sk->sk_type == SOCK_STREAM && sk->sk_protocol == IPPROTO_TCP;
}

u32 psp_sock_dev_id(struct sock *sk)
{
	struct dst_entry *dst;
	void *id = NULL;

	rcu_read_lock();
	dst = __sk_dst_get(sk);
	if (dst)
		id = xa_load(&psp_netdevs, (unsigned long)dst->dev);
	rcu_read_unlock();
	return id ? xa_to_value(id) : 0;
}

void psp_key_make(struct psp_dev *psd, u32 version, struct psp_key *key)
{
	psd->last_spi = psd->last_spi % PSP_SPI_MASK + 1;
	/* The highest bit tells which of two keys of the device it is. */
	key->spi = psd->last_spi | (psd->generation << 31);
	get_random_bytes(key->bytes, psp_key_size(version));
}

int psp_sock_set_rx(struct psp_dev *psd, u32 version, const struct psp_key *key)
{
	struct sock *sk = psd->socket->sk;
	struct psp_assoc *assoc;
	int err = 0;

	assoc = kzalloc_obj(*assoc);
	if (!assoc)
		return -ENOMEM;
	assoc->sk = sk;
	assoc->psd = psd;
	assoc->generation = psd->generation;
	assoc->version = version;
	assoc->rx = *key;

	mutex_lock(&psp_assocs_lock);
	psp_assocs_sweep();
	if (psp_assoc_find(sk)) {
		err = -EBUSY;
		kfree(assoc);
	} else {
		sock_hold(sk);
		list_add(&assoc->list, &psp_assocs);
	}
	mutex_unlock(&psp_assocs_lock);
	return err;
}

int psp_sock_set_tx(struct psp_dev *psd, u32 version, const struct psp_key *key)
{
	const struct sock *sk = psd->socket->sk;
	struct psp_assoc *assoc;
	int err = 0;

	mutex_lock(&psp_assocs_lock);
	assoc = psp_assoc_find(sk);
	if (!assoc || assoc->psd != psd || assoc->version != version)
		err = -EINVAL;
	else if (assoc->tx.spi)
		err = -EBUSY;
	else
		assoc->tx = *key;
	mutex_unlock(&psp_assocs_lock);
	return err;
}

void psp_dev_rotate(struct psp_dev *psd)
{
	struct psp_assoc *assoc;

	psd->generation++;
	mutex_lock(&psp_assocs_lock);
	psp_assocs_sweep();
	list_for_each_entry(assoc, &psp_assocs, list)
		if (assoc->psd == psd &&
		    psd->generation - assoc->generation == PSP_GENERATIONS)
			psd->stale_events++;
	mutex_unlock(&psp_assocs_lock);
	psp_dev_rotated(psd);
}

static void psp_assocs_drop(const struct psp_dev *psd)
{
	struct psp_assoc *assoc;
	struct psp_assoc *next;

	mutex_lock(&psp_assocs_lock);
	list_for_each_entry_safe(assoc, next, &psp_assocs, list)
		if (assoc->psd == psd)
			psp_assoc_free(assoc);
	mutex_unlock(&psp_assocs_lock);
}

/* Devices */

static bool psp_dev_is_in(const struct psp_dev *psd, struct net *net)
{
	const struct psp_netdev *netdev;

	if (net_eq(dev_net(psd->main), net))
		return true;
	list_for_each_entry(netdev, &psd->netdevs, list)
		if (net_eq(dev_net(netdev->dev), net))
			return true;
	return false;
}

static bool psp_netdev_is_first(const struct psp_dev *psd,
				const struct psp_netdev *netdev)
{
	struct net *net = dev_net(netdev->dev);
	const struct psp_netdev *other;

	if (net_eq(dev_net(psd->main), net))
		return false;
	list_for_each_entry(other, &psd->netdevs, list)
		if (net_eq(dev_net(other->dev), net))
			return other == netdev;
	return false;
}

void psp_dev_each_net(struct psp_dev *psd,
		      void (*visit)(struct psp_dev *psd, struct net *net,
				    void *data),
		      void *data)
{
	const struct psp_netdev *netdev;

	visit(psd, dev_net(psd->main), data);
	list_for_each_entry(netdev, &psd->netdevs, list)
		if (psp_netdev_is_first(psd, netdev))
			visit(psd, dev_net(netdev->dev), data);
}

int psp_dev_lock(struct net *net, u32 id, bool admin, struct psp_dev **psd)
{
	struct psp_dev *found;

	mutex_lock(&psp_table_lock);
	found = xa_load(&psp_table, id);
	if (found) {
		refcount_inc(&found->users);
		mutex_lock(&found->lock);
	}
	mutex_unlock(&psp_table_lock);
	if (!found)
		return -ENODEV;
	*psd = found;
	if (admin ? net_eq(dev_net(found->main), net) :
		    psp_dev_is_in(found, net))
		return 0;
	psp_dev_unlock(found);
	return -ENOENT;
}

int psp_each(struct net *net, unsigned long *id,
	     int (*visit)(struct psp_dev *psd, void *data), void *data)
{
	struct psp_dev *psd;
	int err = 0;

	mutex_lock(&psp_table_lock);
	xa_for_each_start(&psp_table, *id, psd, *id) {
		mutex_lock(&psd->lock);
		if (psp_dev_is_in(psd, net))
			err = visit(psd, data);
		mutex_unlock(&psd->lock);
		if (err)
			break;
	}
	mutex_unlock(&psp_table_lock);
	return err;
}

static void psp_dev_put(struct psp_dev *psd)
{
	if (refcount_dec_and_test(&psd->users))
		kfree(psd);
}

void psp_dev_unlock(struct psp_dev *psd)
{
	struct socket *socket = psd->socket;

	psd->socket = NULL;
	mutex_unlock(&psd->lock);
	if (socket)
		sockfd_put(socket);
	psp_dev_put(psd);
}

struct net *psp_net_named(const struct psp_dev *psd, struct net *from,
			  const s32 *nsid)
{
	struct net *net;

	if (!nsid)
		return get_net(from);
	if (!net_eq(from, dev_net(psd->main)))
		return ERR_PTR(-EPERM);
	rcu_read_lock();
	net = idr_find(&from->netns_ids, *nsid);
	if (net)
		net = maybe_get_net(net);
	rcu_read_unlock();
	return net ? net : ERR_PTR(-EINVAL);
}

static int psp_netdev_add(struct psp_dev *psd, struct net_device *dev)
{
	struct psp_netdev *netdev;
	int err;

	if (psd->n_netdevs == PSP_NETDEVS_MAX)
		return -ENOSPC;
	netdev = kzalloc_obj(*netdev);
	if (!netdev)
		return -ENOMEM;
	err = xa_insert(&psp_netdevs, (unsigned long)dev,
			xa_mk_value(psd->id), GFP_KERNEL);
	if (err)
		goto err_free;
	/* Later than this, the notifier finds it and waits for the lock. */
	if (dev->reg_state != NETREG_REGISTERED) {
		err = -ENODEV;
		goto err_erase;
	}
	dev_hold(dev);
	netdev->dev = dev;
	list_add_tail(&netdev->list, &psd->netdevs);
	psd->n_netdevs++;
	psp_dev_changed(psd);
	return 0;

err_erase:
	xa_erase(&psp_netdevs, (unsigned long)dev);
err_free:
	kfree(netdev);
	return err;
}

int psp_dev_add_netdev(struct psp_dev *psd, struct net *net, u32 ifindex)
{
	struct net_device *dev;
	int err;

	dev = dev_get_by_index(net, ifindex);
	if (!dev)
		return -ENODEV;
	err = psp_netdev_add(psd, dev);
	dev_put(dev);
	return err;
}

static void psp_netdev_free(struct psp_dev *psd, struct psp_netdev *netdev)
{
	xa_erase(&psp_netdevs, (unsigned long)netdev->dev);
	list_del(&netdev->list);
	psd->n_netdevs--;
	dev_put(netdev->dev);
	kfree(netdev);
}

int psp_dev_del_netdev(struct psp_dev *psd, struct net *net, u32 ifindex)
{
	struct psp_netdev *netdev;

	list_for_each_entry(netdev, &psd->netdevs, list) {
		if (netdev->dev->ifindex == ifindex &&
		    net_eq(dev_net(netdev->dev), net)) {
			/* Its namespace may have no other. */
			psp_dev_changed(psd);
			psp_netdev_free(psd, netdev);
			return 0;
		}
	}
	return -ENODEV;
}

static int psp_dev_create(struct net_device *dev)
{
	struct psp_dev *psd;
	int err;

	psd = kzalloc_obj(*psd);
	if (!psd)
		return -ENOMEM;
	psd->main = dev;
	psd->versions = psp_versions_supported();
	refcount_set(&psd->users, 1);
	mutex_init(&psd->lock);
	INIT_LIST_HEAD(&psd->netdevs);

	mutex_lock(&psp_table_lock);
	err = xa_alloc(&psp_table, &psd->id, psd, xa_limit_31b, GFP_KERNEL);
	if (err)
		goto err_free;
	err = xa_insert(&psp_netdevs, (unsigned long)dev,
			xa_mk_value(psd->id), GFP_KERNEL);
	if (err)
		goto err_erase;
	mutex_lock(&psd->lock);
	psp_dev_added(psd);
	mutex_unlock(&psd->lock);
	mutex_unlock(&psp_table_lock);
	return 0;

err_erase:
	xa_erase(&psp_table, psd->id);
err_free:
	mutex_unlock(&psp_table_lock);
	kfree(psd);
	return err;
}

/* Runs with the table locked, so that nobody waits for the device any more. */
static void psp_dev_remove(struct psp_dev *psd)
{
	struct psp_netdev *netdev;
	struct psp_netdev *next;

	mutex_lock(&psd->lock);
	xa_erase(&psp_table, psd->id);
	psp_dev_deleted(psd);
	xa_erase(&psp_netdevs, (unsigned long)psd->main);
	list_for_each_entry_safe(netdev, next, &psd->netdevs, list)
		psp_netdev_free(psd, netdev);
	psp_assocs_drop(psd);
	psp_dev_unlock(psd);
}

static void psp_netdev_gone(const struct net_device *dev)
{
	struct psp_dev *psd;
	void *id;

	mutex_lock(&psp_table_lock);
	id = xa_load(&psp_netdevs, (unsigned long)dev);
	psd = id ? xa_load(&psp_table, xa_to_value(id)) : NULL;
	if (psd && psd->main == dev) {
		psp_dev_remove(psd);
	} else if (psd) {
		mutex_lock(&psd->lock);
		psp_dev_del_netdev(psd, dev_net(dev), dev->ifindex);
		mutex_unlock(&psd->lock);
	}
	mutex_unlock(&psp_table_lock);
}

static int psp_netdev_event(struct notifier_block *block, unsigned long event,
			    void *data)
{
	struct net_device *dev = netdev_notifier_info_to_dev(data);

	if (event == NETDEV_UNREGISTER)
		psp_netdev_gone(dev);
	else if (event == NETDEV_REGISTER && !strncmp(dev->name, "psp", 3))
		return notifier_from_errno(psp_dev_create(dev));
	return NOTIFY_DONE;
}

static struct notifier_block psp_netdev_notifier = {
	.notifier_call	= psp_netdev_event,
};

int psp_devices_start(void)
{
	return register_netdevice_notifier(&psp_netdev_notifier);
}

/* The notifier hears of each network device as if it went. */
void psp_devices_stop(void)
{
	unregister_netdevice_notifier(&psp_netdev_notifier);
	xa_destroy(&psp_table);
	xa_destroy(&psp_netdevs);
}
