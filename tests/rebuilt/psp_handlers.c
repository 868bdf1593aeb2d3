// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* The netlink interface of PSP on the devices of psp_devices.h. */

#include <linux/file.h>
#include <linux/net.h>
#include <linux/net_namespace.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "psp_devices.h"
#include "psp_nl.h"

/* Before and after the handlers */

static int psp_lock(struct genl_info *info, u32 id, bool admin)
{
	struct psp_dev *psd = psp_dev_lock(genl_info_net(info), id, admin);

	if (IS_ERR(psd))
		return PTR_ERR(psd);
	info->user_ptr[0] = psd;
	return 0;
}

static u32 psp_named(struct genl_info *info)
{
	/* Operations on devices and on their statistics share the hooks. */
	static_assert((int)PSP_A_DEV_ID == (int)PSP_A_STATS_DEV_ID);

	return nla_get_u32(genlc_find_attr(info, PSP_A_DEV_ID));
}

int psp_device_get_locked(struct genl_info *info)
{
	return psp_lock(info, psp_named(info), false);
}

int psp_device_get_locked_admin(struct genl_info *info)
{
	return psp_lock(info, psp_named(info), true);
}

int psp_device_get_locked_dev_assoc(struct genl_info *info)
{
	return psp_lock(info, psp_named(info), false);
}

static bool psp_sock_is_tcp(const struct sock *sk)
{
	return (sk->sk_family == AF_INET || sk->sk_family == AF_INET6) &&
	       sk->sk_type == SOCK_STREAM && sk->sk_protocol == IPPROTO_TCP;
}

/* Which device a request for a socket means, and why none. */
static int psp_assoc_dev_id(struct genl_info *info, struct sock *sk, u32 *id)
{
	struct nlattr *named = genlc_find_attr(info, PSP_A_ASSOC_DEV_ID);

	if (!psp_sock_is_tcp(sk))
		return genlc_refuse_attr(info, PSP_A_ASSOC_SOCK_FD, -EOPNOTSUPP,
					 "not a TCP socket");
	*id = psp_sock_dev_id(sk);
	if (!*id && !named) {
		genlc_set_missing(info->extack, NULL, PSP_A_ASSOC_DEV_ID);
		return -EINVAL;
	}
	if (*id && named && *id != nla_get_u32(named))
		return genlc_refuse_attr(info, PSP_A_ASSOC_DEV_ID, -EINVAL,
					 "the socket's route has another device");
	if (!*id)
		*id = nla_get_u32(named);
	return 0;
}

int psp_assoc_device_get_locked(struct genl_info *info)
{
	struct nlattr *fd = genlc_find_attr(info, PSP_A_ASSOC_SOCK_FD);
	struct socket *socket;
	int err;
	u32 id;

	socket = sockfd_lookup(nla_get_u32(fd), &err);
	if (!socket)
		return err;
	err = psp_assoc_dev_id(info, socket->sk, &id);
	if (!err)
		err = psp_lock(info, id, false);
	if (err)
		sockfd_put(socket);
	else
		info->user_ptr[1] = socket;
	return err;
}

void psp_device_unlock(struct genl_info *info)
{
	struct socket *socket = info->user_ptr[1];

	psp_dev_unlock(info->user_ptr[0]);
	if (socket)
		sockfd_put(socket);
}

/* Devices */

/* A device as a network namespace sees it. */
struct psp_view {
	struct psp_dev_get_rsp rsp;
	struct psp_assoc_dev_info netdevs[PSP_NETDEVS_MAX];
};

static void psp_view_fill(struct psp_view *view, const struct psp_dev *psd,
			  struct net *net)
{
	bool by_association = !net_eq(net, dev_net(psd->main));
	struct psp_assoc_dev_info *info = view->netdevs;
	const struct psp_netdev *netdev;

	view->rsp = (struct psp_dev_get_rsp) {
		.id			= psd->id,
		.ifindex		= psd->main->ifindex,
		.psp_versions_cap	= psp_versions_supported(),
		.psp_versions_ena	= psd->versions,
		.assoc_list		= view->netdevs,
		.by_association		= by_association,
	};
	list_for_each_entry(netdev, &psd->netdevs, list) {
		struct net *other = dev_net(netdev->dev);

		if (by_association && !net_eq(net, other))
			continue;
		info->ifindex = netdev->dev->ifindex;
		info->nsid = by_association ? NETNSA_NSID_NOT_ASSIGNED :
			     peernet2id_alloc(net, other, GFP_KERNEL);
		info++;
	}
	view->rsp.n_assoc_list = info - view->netdevs;
}

static struct psp_view *psp_view(const struct psp_dev *psd, struct net *net)
{
	struct psp_view *view = kzalloc_obj(*view);

	if (view)
		psp_view_fill(view, psd, net);
	return view;
}

int psp_dev_get(struct genl_info *info, const struct psp_dev_get_req *req,
		struct genlc_reply *reply)
{
	struct psp_view *view;
	int err;

	view = psp_view(info->user_ptr[0], genl_info_net(info));
	if (!view)
		return -ENOMEM;
	err = psp_dev_get_reply(reply, &view->rsp, GFP_KERNEL);
	kfree(view);
	return err;
}

int psp_dev_get_dump(struct genlc_dump *dump)
{
	struct net *net = genlc_dump_net(dump);
	struct psp_view *view;
	struct psp_dev *psd;
	int err = 0;

	view = kzalloc_obj(*view);
	if (!view)
		return -ENOMEM;
	while (!err && (psd = psp_dev_lock_next(net, &dump->cursor))) {
		psp_view_fill(view, psd, net);
		err = psp_dev_get_dump_put(dump, &view->rsp);
		psp_dev_unlock(psd);
		dump->cursor++;
	}
	kfree(view);
	return err;
}

int psp_dev_set(struct genl_info *info, const struct psp_dev_set_req *req)
{
	struct psp_dev *psd = info->user_ptr[0];

	if (req->psp_versions_ena & ~psp_versions_supported())
		return genlc_refuse_attr(info, PSP_A_DEV_PSP_VERSIONS_ENA,
					 -EINVAL, "version not supported");
	psd->versions = req->psp_versions_ena;
	psp_dev_changed(psd);
	return 0;
}

/* Network devices that borrow one */

/* The network device of a request, whose reference the caller puts. */
static struct net_device *
psp_netdev_named(struct genl_info *info, const struct psp_dev *psd,
		 u32 ifindex, const s32 *nsid)
{
	struct net *net = genl_info_net(info);
	struct net_device *dev;

	if (nsid && !net_eq(net, dev_net(psd->main)))
		return ERR_PTR(genlc_refuse_attr(info, PSP_A_DEV_NSID, -EPERM,
						 "not yours to name"));
	rcu_read_lock();
	if (nsid)
		net = idr_find(&net->netns_ids, *nsid);
	if (net)
		net = maybe_get_net(net);
	rcu_read_unlock();
	if (!net)
		return ERR_PTR(genlc_refuse_attr(info, PSP_A_DEV_NSID, -EINVAL,
						 "no such namespace"));
	dev = dev_get_by_index(net, ifindex);
	put_net(net);
	if (!dev)
		return ERR_PTR(genlc_refuse_attr(info, PSP_A_DEV_IFINDEX,
						 -ENODEV, "no such device"));
	return dev;
}

int psp_dev_assoc(struct genl_info *info, const struct psp_dev_assoc_req *req)
{
	struct psp_dev *psd = info->user_ptr[0];
	struct net_device *dev;
	int err;

	if (psd->n_netdevs == PSP_NETDEVS_MAX)
		return genlc_refuse(info, -ENOSPC, "too many network devices");
	dev = psp_netdev_named(info, psd, req->ifindex,
			       req->has.nsid ? &req->nsid : NULL);
	if (IS_ERR(dev))
		return PTR_ERR(dev);
	err = psp_dev_add_netdev(psd, dev);
	dev_put(dev);
	if (err == -EBUSY)
		return genlc_refuse_attr(info, PSP_A_DEV_IFINDEX, err,
					 "it has a PSP device");
	if (!err)
		psp_dev_changed(psd);
	return err;
}

int psp_dev_disassoc(struct genl_info *info,
		     const struct psp_dev_disassoc_req *req)
{
	struct psp_dev *psd = info->user_ptr[0];
	struct net_device *dev;
	int err;

	dev = psp_netdev_named(info, psd, req->ifindex,
			       req->has.nsid ? &req->nsid : NULL);
	if (IS_ERR(dev))
		return PTR_ERR(dev);
	err = psp_dev_del_netdev(psd, dev);
	dev_put(dev);
	if (err)
		return genlc_refuse_attr(info, PSP_A_DEV_IFINDEX, err,
					 "not associated with this device");
	return 0;
}

/* Keys */

int psp_key_rotate(struct genl_info *info, const struct psp_key_rotate_req *req,
		   struct genlc_reply *reply)
{
	const struct psp_key_rotate_rsp rsp = { .id = req->id };

	psp_dev_rotate(info->user_ptr[0]);
	return psp_key_rotate_reply(reply, &rsp, GFP_KERNEL);
}

static int psp_check_version(struct genl_info *info, u32 version)
{
	if (psp_versions_supported() & BIT(version))
		return 0;
	return genlc_refuse_attr(info, PSP_A_ASSOC_VERSION, -EOPNOTSUPP,
				 "version not supported");
}

int psp_rx_assoc(struct genl_info *info, const struct psp_rx_assoc_req *req,
		 struct genlc_reply *reply)
{
	struct socket *socket = info->user_ptr[1];
	struct psp_dev *psd = info->user_ptr[0];
	struct psp_rx_assoc_rsp rsp = { .dev_id = psd->id };
	struct psp_key key = {};
	int err;

	err = psp_check_version(info, req->version);
	if (err)
		return err;
	rsp.rx_key.key.data = key.bytes;
	rsp.rx_key.key.len = psp_key_size(req->version);
	/* A key that is made has to arrive. */
	err = genlc_reply_reserve(reply, psp_rx_assoc_rsp_size(&rsp),
				  GFP_KERNEL);
	if (err)
		return err;
	err = psp_sock_set_rx(socket->sk, psd, req->version, &key);
	if (err == -EBUSY)
		return genlc_refuse_attr(info, PSP_A_ASSOC_SOCK_FD, err,
					 "the socket has an association");
	if (err)
		return err;
	rsp.rx_key.spi = key.spi;
	return psp_rx_assoc_reply(reply, &rsp, GFP_KERNEL);
}

static int psp_key_read(struct genl_info *info, const struct psp_keys *from,
			u32 version, struct psp_key *key)
{
	struct nlattr *nest = genlc_find_attr(info, PSP_A_ASSOC_TX_KEY);

	if (from->key.len != psp_key_size(version)) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    nla_find_nested(nest, PSP_A_KEYS_KEY),
				    "not the length of this version");
		return -EINVAL;
	}
	if (!(from->spi & PSP_SPI_MASK)) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    nla_find_nested(nest, PSP_A_KEYS_SPI),
				    "the lower 31 bits are 0");
		return -EINVAL;
	}
	key->spi = from->spi;
	memcpy(key->bytes, from->key.data, from->key.len);
	return 0;
}

int psp_tx_assoc(struct genl_info *info, const struct psp_tx_assoc_req *req)
{
	struct socket *socket = info->user_ptr[1];
	struct psp_key key = {};
	int err;

	err = psp_check_version(info, req->version);
	if (err)
		return err;
	err = psp_key_read(info, &req->tx_key, req->version, &key);
	if (err)
		return err;
	err = psp_sock_set_tx(socket->sk, info->user_ptr[0], req->version,
			      &key);
	if (err == -EBUSY)
		return genlc_refuse_attr(info, PSP_A_ASSOC_SOCK_FD, err,
					 "the socket has a key for Tx");
	if (err)
		return genlc_refuse_attr(info, PSP_A_ASSOC_SOCK_FD, err,
					 "the socket has no such Rx key");
	return 0;
}

/* Statistics */

static void psp_stats(const struct psp_dev *psd, struct psp_get_stats_rsp *rsp)
{
	struct rtnl_link_stats64 storage;
	const struct rtnl_link_stats64 *stats;

	stats = dev_get_stats(psd->main, &storage);
	*rsp = (struct psp_get_stats_rsp) {
		.dev_id		= psd->id,
		.key_rotations	= psd->generation,
		.stale_events	= psd->stale_events,
		.rx_packets	= stats->rx_packets,
		.rx_bytes	= stats->rx_bytes,
		.rx_error	= stats->rx_errors,
		.tx_packets	= stats->tx_packets,
		.tx_bytes	= stats->tx_bytes,
		.tx_error	= stats->tx_errors,
	};
}

int psp_get_stats(struct genl_info *info, const struct psp_get_stats_req *req,
		  struct genlc_reply *reply)
{
	struct psp_get_stats_rsp rsp;

	psp_stats(info->user_ptr[0], &rsp);
	return psp_get_stats_reply(reply, &rsp, GFP_KERNEL);
}

int psp_get_stats_dump(struct genlc_dump *dump)
{
	struct net *net = genlc_dump_net(dump);
	struct psp_get_stats_rsp rsp;
	struct psp_dev *psd;
	int err = 0;

	while (!err && (psd = psp_dev_lock_next(net, &dump->cursor))) {
		psp_stats(psd, &rsp);
		err = psp_get_stats_dump_put(dump, &rsp);
		psp_dev_unlock(psd);
		dump->cursor++;
	}
	return err;
}

/* Notifications */

typedef int (*psp_send_fn)(struct net *net, const struct psp_dev_get_rsp *rsp,
			   gfp_t gfp);

static void psp_tell(struct psp_dev *psd, struct net *net, void *send)
{
	struct psp_view *view = psp_view(psd, net);

	if (view)
		(*(psp_send_fn *)send)(net, &view->rsp, GFP_KERNEL);
	kfree(view);
}

static void psp_tell_all(struct psp_dev *psd, psp_send_fn send)
{
	psp_dev_each_net(psd, psp_tell, &send);
}

void psp_dev_added(struct psp_dev *psd)
{
	psp_tell_all(psd, psp_dev_add_ntf_send);
}

void psp_dev_changed(struct psp_dev *psd)
{
	psp_tell_all(psd, psp_dev_change_ntf_send);
}

void psp_dev_deleted(struct psp_dev *psd)
{
	psp_tell_all(psd, psp_dev_del_ntf_send);
}

static void psp_tell_rotated(struct psp_dev *psd, struct net *net, void *rsp)
{
	psp_key_rotate_ntf_send(net, rsp, GFP_KERNEL);
}

void psp_dev_rotated(struct psp_dev *psd)
{
	struct psp_key_rotate_rsp rsp = { .id = psd->id };

	psp_dev_each_net(psd, psp_tell_rotated, &rsp);
}

int psp_start(void)
{
	return psp_devices_start();
}

void psp_stop(void)
{
	psp_devices_stop();
}
