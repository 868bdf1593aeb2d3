/* YNL's C behind ynl_peer.h. roundtrip.sh compiles it with what YNL's generator makes of the
 * kernel's specs; it is no target of Bazel, as not every machine has YNL.
 */
#include "ynl_peer.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "nlctrl-user.h"
#include "rt-link-user.h"
#include "rt-neigh-user.h"
#include "ynl.h"

static struct ynl_sock *families, *links, *neighbours;

static size_t request(void)
{
	struct nlctrl_getfamily_req *req = nlctrl_getfamily_req_alloc();
	struct nlctrl_getfamily_rsp *rsp;
	size_t values = 0;

	nlctrl_getfamily_req_set_family_name(req, "nlctrl");
	rsp = nlctrl_getfamily(families, req);
	nlctrl_getfamily_req_free(req);
	if (rsp) {
		values = rsp->_count.ops + rsp->_count.mcast_groups;
		nlctrl_getfamily_rsp_free(rsp);
	}
	return values;
}

static size_t dump_families(void)
{
	struct nlctrl_getfamily_list *list = nlctrl_getfamily_dump(families);
	size_t values = 0;

	if (!list)
		return 0;
	ynl_dump_foreach(list, family)
		values++;
	nlctrl_getfamily_list_free(list);
	return values;
}

static size_t dump_links(void)
{
	struct rt_link_getlink_req_dump *req = rt_link_getlink_req_dump_alloc();
	struct rt_link_getlink_list *list = rt_link_getlink_dump(links, req);
	size_t values = 0;

	rt_link_getlink_req_dump_free(req);
	if (!list)
		return 0;
	ynl_dump_foreach(list, link)
		values++;
	rt_link_getlink_list_free(list);
	return values;
}

static int listen_to_neighbours(void)
{
	const int group = RTNLGRP_NEIGH;

	neighbours = ynl_sock_create(&ynl_rt_neigh_family, NULL);
	return neighbours && !setsockopt(ynl_socket_get_fd(neighbours), SOL_NETLINK,
					 NETLINK_ADD_MEMBERSHIP, &group, sizeof(group));
}

/* Of those that are there already: it does not wait. */
static size_t notifications(void)
{
	size_t values = 0;

	ynl_ntf_check(neighbours);
	while (ynl_has_ntf(neighbours)) {
		ynl_ntf_free(ynl_ntf_dequeue(neighbours));
		values++;
	}
	return values;
}

const struct ynl_peer *open_ynl_peer(void)
{
	static const struct ynl_peer peer = {
		.request = request,
		.dump_families = dump_families,
		.dump_links = dump_links,
		.listen = listen_to_neighbours,
		.notifications = notifications,
	};

	families = ynl_sock_create(&ynl_nlctrl_family, NULL);
	links = ynl_sock_create(&ynl_rt_link_family, NULL);
	return families && links ? &peer : NULL;
}
