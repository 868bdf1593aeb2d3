// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The module written by hand: the same family under another name, as somebody
 * writes it who knows the kernel's interface well and has no generator. What a
 * request may hold, in which order a reply comes and which error names what
 * are those of the generated one. Replies have their exact size; nests are
 * parsed with their policies, as psp, ethtool and devlink do it.
 */

#include <linux/module.h>
#include <net/genetlink.h>

#include "shelf_uapi.h"

struct shelf_tag {
	u32 key;
	u32 value;
};

#include "shelf_items.h"

static struct genl_family shelf_family;

enum {
	SHELF_GROUP_CHANGES,
};

static size_t shelf_item_size(const struct shelf_item *item)
{
	size_t tag = nla_total_size(0) + 2 * nla_total_size(sizeof(u32));
	size_t place = nla_total_size(0) + 2 * nla_total_size(sizeof(u32)) +
		       nla_total_size(strlen(item->note) + 1);
	size_t size = 5 * nla_total_size(sizeof(u32)) +
		      nla_total_size(sizeof(u64)) +
		      nla_total_size(SHELF_SERIAL_LEN) +
		      nla_total_size(strlen(item->name) + 1) +
		      place + item->n_tags * tag;

	return item->borrowed ? size + nla_total_size(0) : size;
}

static const struct nla_policy shelf_place_policy[SHELF_A_PLACE_MAX + 1] = {
	[SHELF_A_PLACE_ROW]	= { .type = NLA_U32 },
	[SHELF_A_PLACE_COLUMN]	= NLA_POLICY_MAX(NLA_U32, 48),
	[SHELF_A_PLACE_NOTE]	= { .type = NLA_NUL_STRING,
				    .len = SHELF_NAME_LEN },
};

static const struct nla_policy shelf_tag_policy[SHELF_A_TAG_MAX + 1] = {
	[SHELF_A_TAG_KEY]	= { .type = NLA_U32 },
	[SHELF_A_TAG_VALUE]	= { .type = NLA_U32 },
};

static const struct nla_policy shelf_get_policy[SHELF_A_ITEM_ID + 1] = {
	[SHELF_A_ITEM_ID]	= NLA_POLICY_MIN(NLA_U32, 1),
};

static const struct nla_policy shelf_set_policy[SHELF_A_ITEM_MAX + 1] = {
	[SHELF_A_ITEM_ID]	= NLA_POLICY_MIN(NLA_U32, 1),
	[SHELF_A_ITEM_NAME]	= { .type = NLA_NUL_STRING,
				    .len = SHELF_NAME_LEN },
	[SHELF_A_ITEM_STATE]	= NLA_POLICY_MAX(NLA_U32, SHELF_STATE_BROKEN),
	[SHELF_A_ITEM_MARKS]	= NLA_POLICY_MASK(NLA_U32, 0x7),
	[SHELF_A_ITEM_PRICE]	= { .type = NLA_U64 },
	[SHELF_A_ITEM_TEMPERATURE] = NLA_POLICY_MAX(NLA_S32, 1000),
	[SHELF_A_ITEM_ADDRESS]	= { .type = NLA_U32 },
	[SHELF_A_ITEM_SERIAL]	= NLA_POLICY_EXACT_LEN(SHELF_SERIAL_LEN),
	[SHELF_A_ITEM_PLACE]	= NLA_POLICY_NESTED(shelf_place_policy),
	[SHELF_A_ITEM_TAG]	= NLA_POLICY_NESTED(shelf_tag_policy),
	[SHELF_A_ITEM_BORROWED]	= { .type = NLA_FLAG },
};

static int shelf_put_place(struct sk_buff *skb, const struct shelf_item *item)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, SHELF_A_ITEM_PLACE);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, SHELF_A_PLACE_ROW, item->row) ||
	    nla_put_u32(skb, SHELF_A_PLACE_COLUMN, item->column) ||
	    nla_put_string(skb, SHELF_A_PLACE_NOTE, item->note)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int shelf_put_tags(struct sk_buff *skb, const struct shelf_item *item)
{
	const struct shelf_tag *tag = item->tags;
	struct nlattr *nest;
	unsigned int i;

	for (i = 0; i < item->n_tags; i++, tag++) {
		nest = nla_nest_start(skb, SHELF_A_ITEM_TAG);
		if (!nest)
			return -EMSGSIZE;
		if (nla_put_u32(skb, SHELF_A_TAG_KEY, tag->key) ||
		    nla_put_u32(skb, SHELF_A_TAG_VALUE, tag->value)) {
			nla_nest_cancel(skb, nest);
			return -EMSGSIZE;
		}
		nla_nest_end(skb, nest);
	}
	return 0;
}

static int shelf_put_item(struct sk_buff *skb, u32 portid, u32 seq, int flags,
			  u8 cmd, const struct shelf_item *item)
{
	void *header;

	header = genlmsg_put(skb, portid, seq, &shelf_family, flags, cmd);
	if (!header)
		return -EMSGSIZE;
	if (nla_put_u32(skb, SHELF_A_ITEM_ID, item->id) ||
	    nla_put_string(skb, SHELF_A_ITEM_NAME, item->name) ||
	    nla_put_u32(skb, SHELF_A_ITEM_STATE, item->state) ||
	    nla_put_u32(skb, SHELF_A_ITEM_MARKS, item->marks) ||
	    nla_put(skb, SHELF_A_ITEM_PRICE, sizeof(item->price),
		    &item->price) ||
	    nla_put_s32(skb, SHELF_A_ITEM_TEMPERATURE, item->temperature) ||
	    nla_put_be32(skb, SHELF_A_ITEM_ADDRESS, item->address) ||
	    nla_put(skb, SHELF_A_ITEM_SERIAL, sizeof(item->serial),
		    item->serial) ||
	    shelf_put_place(skb, item) ||
	    shelf_put_tags(skb, item) ||
	    (item->borrowed && nla_put_flag(skb, SHELF_A_ITEM_BORROWED))) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, header);
	return 0;
}

static struct shelf_item *shelf_asked(struct genl_info *info)
{
	struct shelf_item *item;

	if (GENL_REQ_ATTR_CHECK(info, SHELF_A_ITEM_ID)) {
		GENL_SET_ERR_MSG(info, "required attribute missing");
		return ERR_PTR(-EINVAL);
	}
	item = shelf_item(nla_get_u32(info->attrs[SHELF_A_ITEM_ID]));
	if (item)
		return item;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[SHELF_A_ITEM_ID],
			    "no such item");
	return ERR_PTR(-ENOENT);
}

static int shelf_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct shelf_item *item;
	struct sk_buff *reply;
	int err;

	item = shelf_asked(info);
	if (IS_ERR(item))
		return PTR_ERR(item);
	mutex_lock(&shelf_lock);
	reply = genlmsg_new(shelf_item_size(item), GFP_KERNEL);
	err = reply ? shelf_put_item(reply, info->snd_portid, info->snd_seq, 0,
				     SHELF_CMD_GET, item) : -ENOMEM;
	mutex_unlock(&shelf_lock);
	if (err) {
		nlmsg_free(reply);
		return err;
	}
	return genlmsg_reply(reply, info);
}

static int shelf_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct shelf_item *item;
	int err = 0;

	mutex_lock(&shelf_lock);
	while ((item = shelf_item(cb->args[0] + 1))) {
		err = shelf_put_item(skb, NETLINK_CB(cb->skb).portid,
				     cb->nlh->nlmsg_seq, NLM_F_MULTI,
				     SHELF_CMD_GET, item);
		if (err)
			break;
		cb->args[0]++;
	}
	mutex_unlock(&shelf_lock);
	return skb->len ? skb->len : err;
}

/* What a request says of the place and the tags, before anything changes. */
struct shelf_parsed {
	struct nlattr *place[SHELF_A_PLACE_MAX + 1];
	struct shelf_tag tags[SHELF_TAGS_MAX];
	unsigned int n_tags;
};

static int shelf_parse_place(struct genl_info *info, struct nlattr **place)
{
	struct nlattr *nest = info->attrs[SHELF_A_ITEM_PLACE];
	int err;

	err = nla_parse_nested(place, SHELF_A_PLACE_MAX, nest,
			       shelf_place_policy, info->extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(info->extack, nest, place, SHELF_A_PLACE_ROW) ||
	    NL_REQ_ATTR_CHECK(info->extack, nest, place, SHELF_A_PLACE_COLUMN))
		return -EINVAL;
	return 0;
}

static int shelf_parse_tags(struct genl_info *info, struct shelf_parsed *parsed)
{
	struct nlattr *tag[SHELF_A_TAG_MAX + 1];
	struct nlattr *nest;
	int rest;
	int err;

	nlmsg_for_each_attr(nest, info->nlhdr, GENL_HDRLEN, rest) {
		if (nla_type(nest) != SHELF_A_ITEM_TAG)
			continue;
		if (parsed->n_tags == SHELF_TAGS_MAX) {
			NL_SET_ERR_MSG_ATTR(info->extack, nest,
					    "too many tags");
			return -E2BIG;
		}
		err = nla_parse_nested(tag, SHELF_A_TAG_MAX, nest,
				       shelf_tag_policy, info->extack);
		if (err)
			return err;
		if (NL_REQ_ATTR_CHECK(info->extack, nest, tag,
				      SHELF_A_TAG_KEY) ||
		    NL_REQ_ATTR_CHECK(info->extack, nest, tag,
				      SHELF_A_TAG_VALUE))
			return -EINVAL;
		parsed->tags[parsed->n_tags++] = (struct shelf_tag) {
			.key	= nla_get_u32(tag[SHELF_A_TAG_KEY]),
			.value	= nla_get_u32(tag[SHELF_A_TAG_VALUE]),
		};
	}
	return 0;
}

static void shelf_change(struct shelf_item *item, struct nlattr **attrs,
			 const struct shelf_parsed *parsed)
{
	if (attrs[SHELF_A_ITEM_NAME])
		nla_strscpy(item->name, attrs[SHELF_A_ITEM_NAME],
			    sizeof(item->name));
	if (attrs[SHELF_A_ITEM_STATE])
		item->state = nla_get_u32(attrs[SHELF_A_ITEM_STATE]);
	if (attrs[SHELF_A_ITEM_MARKS])
		item->marks = nla_get_u32(attrs[SHELF_A_ITEM_MARKS]);
	if (attrs[SHELF_A_ITEM_PRICE])
		item->price = nla_get_u64(attrs[SHELF_A_ITEM_PRICE]);
	if (attrs[SHELF_A_ITEM_TEMPERATURE])
		item->temperature =
			nla_get_s32(attrs[SHELF_A_ITEM_TEMPERATURE]);
	if (attrs[SHELF_A_ITEM_ADDRESS])
		item->address = nla_get_be32(attrs[SHELF_A_ITEM_ADDRESS]);
	if (attrs[SHELF_A_ITEM_SERIAL])
		memcpy(item->serial, nla_data(attrs[SHELF_A_ITEM_SERIAL]),
		       sizeof(item->serial));
	if (attrs[SHELF_A_ITEM_PLACE]) {
		item->row = nla_get_u32(parsed->place[SHELF_A_PLACE_ROW]);
		item->column =
			nla_get_u32(parsed->place[SHELF_A_PLACE_COLUMN]);
		if (parsed->place[SHELF_A_PLACE_NOTE])
			nla_strscpy(item->note,
				    parsed->place[SHELF_A_PLACE_NOTE],
				    sizeof(item->note));
	}
	if (parsed->n_tags) {
		memcpy(item->tags, parsed->tags,
		       parsed->n_tags * sizeof(parsed->tags[0]));
		item->n_tags = parsed->n_tags;
	}
	item->borrowed = nla_get_flag(attrs[SHELF_A_ITEM_BORROWED]);
}

static void shelf_announce(struct net *net, const struct shelf_item *item)
{
	struct sk_buff *skb;

	if (!genl_has_listeners(&shelf_family, net, SHELF_GROUP_CHANGES))
		return;
	skb = genlmsg_new(shelf_item_size(item), GFP_KERNEL);
	if (!skb)
		return;
	if (shelf_put_item(skb, 0, 0, 0, SHELF_CMD_SET_NTF, item))
		nlmsg_free(skb);
	else
		genlmsg_multicast_netns(&shelf_family, net, skb, 0,
					SHELF_GROUP_CHANGES, GFP_KERNEL);
}

static int shelf_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct shelf_parsed parsed;
	struct shelf_item *item;
	int err;

	item = shelf_asked(info);
	if (IS_ERR(item))
		return PTR_ERR(item);
	parsed.n_tags = 0;
	if (info->attrs[SHELF_A_ITEM_PLACE]) {
		err = shelf_parse_place(info, parsed.place);
		if (err)
			return err;
	}
	if (info->attrs[SHELF_A_ITEM_TAG]) {
		err = shelf_parse_tags(info, &parsed);
		if (err)
			return err;
	}
	mutex_lock(&shelf_lock);
	shelf_change(item, info->attrs, &parsed);
	shelf_announce(genl_info_net(info), item);
	mutex_unlock(&shelf_lock);
	return 0;
}

static const struct genl_ops shelf_ops[] = {
	{
		.cmd		= SHELF_CMD_GET,
		.policy		= shelf_get_policy,
		.maxattr	= SHELF_A_ITEM_ID,
		.doit		= shelf_get_doit,
		.dumpit		= shelf_get_dumpit,
	},
	{
		.cmd		= SHELF_CMD_SET,
		.policy		= shelf_set_policy,
		.maxattr	= SHELF_A_ITEM_MAX,
		.doit		= shelf_set_doit,
	},
};

static const struct genl_multicast_group shelf_groups[] = {
	[SHELF_GROUP_CHANGES] = { .name = SHELF_MCGRP_CHANGES },
};

static struct genl_family shelf_family __ro_after_init = {
	.name		= "shelf_by_hand",
	.version	= SHELF_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.ops		= shelf_ops,
	.n_ops		= ARRAY_SIZE(shelf_ops),
	.mcgrps		= shelf_groups,
	.n_mcgrps	= ARRAY_SIZE(shelf_groups),
};

static int __init shelf_init(void)
{
	shelf_fill();
	return genl_register_family(&shelf_family);
}

static void __exit shelf_exit(void)
{
	genl_unregister_family(&shelf_family);
}

module_init(shelf_init);
module_exit(shelf_exit);

MODULE_DESCRIPTION("Things on a shelf, by hand");
MODULE_LICENSE("GPL");
