// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* The netlink interface of PSP on the devices of psp_devices.h. */

#include <linux/file.h>
#include <linux/net.h>
#include <linux/net_namespace.h>
#include <net/net_namespace.h>

#include "psp_devices.h"
#include "psp_nl.h"

/* Before and after the handlers */

/* Operations on devices and on their statistics share the hooks. */
static_assert((int)PSP_A_DEV_ID == (int)PSP_A_STATS_DEV_ID);

static int psp_lock(struct genl_info *info, bool admin, struct psp_dev **psd)
{
	u32 id = nla_get_u32(info->attrs[PSP_A_DEV_ID]);

	return psp_dev_lock(genl_info_net(info), id, admin, psd);
}

int psp_device_get_locked(struct genl_info *info, struct psp_dev **psd)
{
	return psp_lock(info, false, psd);
}

int psp_device_get_locked_admin(struct genl_info *info, struct psp_dev **psd)
{
	return psp_lock(info, true, psd);
}

int psp_device_get_locked_dev_assoc(struct genl_info *info,
				    struct psp_dev **psd)
{
	return psp_lock(info, false, psd);
}

/* The device of a request for a socket: that of its route, or the one named. */
static int psp_lock_assoc(struct genl_info *info, struct sock *sk,
			  struct psp_dev **psd)
{
	struct nlattr *attr = info->attrs[PSP_A_ASSOC_DEV_ID];
	u32 named = attr ? nla_get_u32(attr) : 0;
	u32 id = psp_sock_dev_id(sk);

	if (!psp_sock_is_tcp(sk))
		return genlc_refuse_attr(info, PSP_A_ASSOC_SOCK_FD, -EOPNOTSUPP,
					 "not a TCP socket");
	if (!id && !named)
		return genlc_refuse_missing(info, PSP_A_ASSOC_DEV_ID);
	if (id && named && id != named)
		return genlc_refuse_attr(info, PSP_A_ASSOC_DEV_ID, -EINVAL,
					 "the socket's route has another device");
	return psp_dev_lock(genl_info_net(info), id ? id : named, false, psd);
}

int psp_assoc_device_get_locked(struct genl_info *info, struct psp_dev **psd)
{
	u32 fd = nla_get_u32(info->attrs[PSP_A_ASSOC_SOCK_FD]);
	struct socket *socket;
	int err;

	socket = sockfd_lookup(fd, &err);
	if (!socket)
		return err;
	err = psp_lock_assoc(info, socket->sk, psd);
	if (err)
		sockfd_put(socket);
	else
		(*psd)->socket = socket;
	return err;
}

void psp_device_unlock(struct genl_info *info, struct psp_dev *psd)
{
	psp_dev_unlock(psd);
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

int psp_dev_get(struct genl_info *info, struct psp_dev *psd,
		const struct psp_dev_get_req *req, struct genlc_reply *reply)
{
	struct psp_view *view = psp_view(psd, genl_info_net(info));
	int err;

	if (!view)
		return -ENOMEM;
	err = psp_dev_get_reply(reply, &view->rsp, GFP_KERNEL);
	kfree(view);
	return err;
}

static int psp_put_dev(struct psp_dev *psd, void *dump)
{
	struct psp_view *view = psp_view(psd, genlc_dump_net(dump));
	int err;

	if (!view)
		return -ENOMEM;
	err = psp_dev_get_dump_put(dump, &view->rsp);
	kfree(view);
	return err;
}

int psp_dev_get_dump(struct genlc_dump *dump)
{
	return psp_each(genlc_dump_net(dump), &dump->cursor, psp_put_dev, dump);
}

int psp_dev_set(struct genl_info *info, struct psp_dev *psd,
		const struct psp_dev_set_req *req)
{
	if (req->psp_versions_ena & ~psp_versions_supported())
		return genlc_refuse_attr(info, PSP_A_DEV_PSP_VERSIONS_ENA,
					 -EINVAL, "version not supported");
	psd->versions = req->psp_versions_ena;
	psp_dev_changed(psd);
	return 0;
}

/* Network devices that borrow one */

typedef int (*psp_change_fn)(struct psp_dev *psd, struct net *net, u32 ifindex);

/* Changes the associations of a device by one network device. */
static int psp_change(struct genl_info *info, struct psp_dev *psd, u32 ifindex,
		      const s32 *nsid, psp_change_fn change)
{
	struct net *net = psp_net_named(psd, genl_info_net(info), nsid);
	int err;

	if (IS_ERR(net))
		return genlc_refuse_attr(info, PSP_A_DEV_NSID, PTR_ERR(net),
					 "not a namespace to choose from");
	err = change(psd, net, ifindex);
	put_net(net);
	if (!err)
		return 0;
	return genlc_refuse_attr(info, PSP_A_DEV_IFINDEX, err,
				 "not a network device for that");
}

int psp_dev_assoc(struct genl_info *info, struct psp_dev *psd,
		  const struct psp_dev_assoc_req *req)
{
	return psp_change(info, psd, req->ifindex,
			  req->has.nsid ? &req->nsid : NULL,
			  psp_dev_add_netdev);
}

int psp_dev_disassoc(struct genl_info *info, struct psp_dev *psd,
		     const struct psp_dev_disassoc_req *req)
{
	return psp_change(info, psd, req->ifindex,
			  req->has.nsid ? &req->nsid : NULL,
			  psp_dev_del_netdev);
}

/* Keys */

int psp_key_rotate(struct genl_info *info, struct psp_dev *psd,
		   const struct psp_key_rotate_req *req,
		   struct genlc_reply *reply)
{
	const struct psp_key_rotate_rsp rsp = { .id = psd->id };

	psp_dev_rotate(psd);
	return psp_key_rotate_reply(reply, &rsp, GFP_KERNEL);
}

static int psp_check_version(struct genl_info *info, u32 version)
{
	if (psp_versions_supported() & BIT(version))
		return 0;
	return genlc_refuse_attr(info, PSP_A_ASSOC_VERSION, -EOPNOTSUPP,
				 "version not supported");
}

int psp_rx_assoc(struct genl_info *info, struct psp_dev *psd,
		 const struct psp_rx_assoc_req *req, struct genlc_reply *reply)
{
	struct psp_rx_assoc_rsp rsp = { .dev_id = psd->id };
	struct psp_key key = {};
	int err;

	err = psp_check_version(info, req->version);
	if (err)
		return err;
	psp_key_make(psd, req->version, &key);
	rsp.rx_key.key.data = key.bytes;
	rsp.rx_key.key.len = psp_key_size(req->version);
	rsp.rx_key.spi = key.spi;
	/* A socket that has a key has to learn it. */
	err = psp_rx_assoc_reply(reply, &rsp, GFP_KERNEL);
	if (err)
		return err;
	err = psp_sock_set_rx(psd, req->version, &key);
	if (!err)
		return 0;
	return genlc_refuse_attr(info, PSP_A_ASSOC_SOCK_FD, err,
				 "the socket takes no key for Rx");
}

/* Which member of a key is wrong for a version, 0 for none. */
static int psp_key_fault(const struct psp_keys *keys, u32 version)
{
	if (keys->key.len != psp_key_size(version))
		return PSP_A_KEYS_KEY;
	return keys->spi & PSP_SPI_MASK ? 0 : PSP_A_KEYS_SPI;
}

int psp_tx_assoc(struct genl_info *info, struct psp_dev *psd,
		 const struct psp_tx_assoc_req *req)
{
	struct psp_key key = { .spi = req->tx_key.spi };
	int fault;
	int err;

	err = psp_check_version(info, req->version);
	if (err)
		return err;
	fault = psp_key_fault(&req->tx_key, req->version);
	if (fault)
		return genlc_refuse_nested(info, PSP_A_ASSOC_TX_KEY, fault,
					   -EINVAL, "wrong for this version");
	memcpy(key.bytes, req->tx_key.key.data, req->tx_key.key.len);
	err = psp_sock_set_tx(psd, req->version, &key);
	if (!err)
		return 0;
	return genlc_refuse_attr(info, PSP_A_ASSOC_SOCK_FD, err,
				 "the socket takes no such key for Tx");
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

int psp_get_stats(struct genl_info *info, struct psp_dev *psd,
		  const struct psp_get_stats_req *req,
		  struct genlc_reply *reply)
{
	struct psp_get_stats_rsp rsp;

	psp_stats(psd, &rsp);
	return psp_get_stats_reply(reply, &rsp, GFP_KERNEL);
}

static int psp_put_stats(struct psp_dev *psd, void *dump)
{
	struct psp_get_stats_rsp rsp;

	psp_stats(psd, &rsp);
	return psp_get_stats_dump_put(dump, &rsp);
}

int psp_get_stats_dump(struct genlc_dump *dump)
{
	return psp_each(genlc_dump_net(dump), &dump->cursor, psp_put_stats,
			dump);
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

static void psp_tell_rotated(struct psp_dev *psd, struct net *net, void *data)
{
	const struct psp_key_rotate_rsp rsp = { .id = psd->id };

	psp_key_rotate_ntf_send(net, &rsp, GFP_KERNEL);
}

void psp_dev_rotated(struct psp_dev *psd)
{
	psp_dev_each_net(psd, psp_tell_rotated, NULL);
}

int psp_start(void)
{
	return psp_devices_start();
}

void psp_stop(void)
{
	psp_devices_stop();
}
