// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The README's module as somebody writes it who has no generator: the same
 * family, the same requests, the same refusals.
 */

#include <linux/module.h>
#include <net/genetlink.h>

#include "fan.h"

static const u32 fan_rpm[] = { 900, 1250, 1800 };

static struct genl_family fan_family;

static const struct nla_policy fan_get_policy[FAN_A_ID + 1] = {
	[FAN_A_ID] = { .type = NLA_U32 },
};

static int fan_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *reply;
	void *header;
	u32 id;

	if (GENL_REQ_ATTR_CHECK(info, FAN_A_ID)) {
		GENL_SET_ERR_MSG(info, "required attribute missing");
		return -EINVAL;
	}
	id = nla_get_u32(info->attrs[FAN_A_ID]);
	if (id >= ARRAY_SIZE(fan_rpm)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[FAN_A_ID],
				    "no such fan");
		return -ENOENT;
	}
	reply = genlmsg_new(nla_total_size(sizeof(u32)), GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	header = genlmsg_put_reply(reply, info, &fan_family, 0, FAN_CMD_GET);
	if (!header || nla_put_u32(reply, FAN_A_RPM, fan_rpm[id])) {
		nlmsg_free(reply);
		return -EMSGSIZE;
	}
	genlmsg_end(reply, header);
	return genlmsg_reply(reply, info);
}

static const struct genl_ops fan_ops[] = {
	{
		.cmd		= FAN_CMD_GET,
		.policy		= fan_get_policy,
		.maxattr	= FAN_A_ID,
		.doit		= fan_get_doit,
	},
};

static struct genl_family fan_family __ro_after_init = {
	.name		= FAN_FAMILY_NAME,
	.version	= FAN_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.ops		= fan_ops,
	.n_ops		= ARRAY_SIZE(fan_ops),
};

static int __init fan_init(void)
{
	return genl_register_family(&fan_family);
}

static void __exit fan_exit(void)
{
	genl_unregister_family(&fan_family);
}

module_init(fan_init);
module_exit(fan_exit);

MODULE_DESCRIPTION("The fans of a machine, by hand");
MODULE_LICENSE("GPL");
