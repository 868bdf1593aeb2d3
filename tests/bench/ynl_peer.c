/* YNL's C behind ynl_peer.h. roundtrip.sh compiles it with what YNL's generator makes of the
 * kernel's specs; it is no target of Bazel, as not every machine has YNL.
 */
#include "ynl_peer.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
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

/* What the generated functions do before and behind the exchange with the kernel. */
extern const struct ynl_policy_nest nlctrl_ctrl_attrs_nest, rt_link_link_attrs_nest;
int nlctrl_getfamily_rsp_parse(const struct nlmsghdr *message, struct ynl_parse_arg *arg);
int rt_link_getlink_rsp_parse(const struct nlmsghdr *message, struct ynl_parse_arg *arg);

static size_t encode_request(void)
{
	struct nlctrl_getfamily_req *req = nlctrl_getfamily_req_alloc();
	struct nlmsghdr *message;

	nlctrl_getfamily_req_set_family_name(req, "nlctrl");
	message = ynl_gemsg_start_req(families, families->family_id, CTRL_CMD_GETFAMILY, 1);
	ynl_attr_put_str(message, CTRL_ATTR_FAMILY_NAME, req->family_name);
	nlctrl_getfamily_req_free(req);
	return message->nlmsg_len;
}

static size_t decode_family(const struct nlmsghdr *message)
{
	struct ynl_parse_arg arg = { .ys = families, .rsp_policy = &nlctrl_ctrl_attrs_nest };
	struct nlctrl_getfamily_rsp *rsp = calloc(1, sizeof(*rsp));
	size_t values = 0;

	arg.data = rsp;
	if (nlctrl_getfamily_rsp_parse(message, &arg) >= 0)
		values = rsp->_count.ops + rsp->_count.mcast_groups;
	nlctrl_getfamily_rsp_free(rsp);
	return values;
}

static size_t decode_link(const struct nlmsghdr *message)
{
	struct ynl_parse_arg arg = { .ys = links, .rsp_policy = &rt_link_link_attrs_nest };
	struct rt_link_getlink_rsp *rsp = calloc(1, sizeof(*rsp));
	size_t values = 0;

	arg.data = rsp;
	if (rt_link_getlink_rsp_parse(message, &arg) >= 0)
		values = rsp->_hdr.ifi_index;
	rt_link_getlink_rsp_free(rsp);
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
		.encode_request = encode_request,
		.decode_family = decode_family,
		.decode_link = decode_link,
	};

	families = ynl_sock_create(&ynl_nlctrl_family, NULL);
	links = ynl_sock_create(&ynl_rt_link_family, NULL);
	return families && links ? &peer : NULL;
}
