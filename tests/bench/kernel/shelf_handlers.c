// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The module whose netlink side is generated. */

#include <net/net_namespace.h>

#include "shelf_nl.h"
#include "shelf_items.h"

static void shelf_describe(const struct shelf_item *item,
			   struct shelf_get_rsp *rsp)
{
	*rsp = (struct shelf_get_rsp) {
		.id		= item->id,
		.name		= item->name,
		.state		= item->state,
		.marks		= item->marks,
		.price		= item->price,
		.temperature	= item->temperature,
		.address	= item->address,
		.serial.data	= item->serial,
		.serial.len	= sizeof(item->serial),
		.place.row	= item->row,
		.place.column	= item->column,
		.place.note	= item->note,
		.tag		= item->tags,
		.n_tag		= item->n_tags,
		.borrowed	= item->borrowed,
	};
}

int shelf_get(struct genl_info *info, const struct shelf_get_req *req,
	      struct genlc_reply *reply)
{
	struct shelf_get_rsp rsp;
	struct shelf_item *item;
	int err;

	item = shelf_item(req->id);
	if (!item)
		return genlc_refuse_attr(info, SHELF_A_ITEM_ID, -ENOENT,
					 "no such item");
	mutex_lock(&shelf_lock);
	shelf_describe(item, &rsp);
	err = shelf_get_reply(reply, &rsp, GFP_KERNEL);
	mutex_unlock(&shelf_lock);
	return err;
}

int shelf_get_dump(struct genlc_dump *dump)
{
	struct shelf_get_rsp rsp;
	struct shelf_item *item;
	int err = 0;

	mutex_lock(&shelf_lock);
	while (!err && (item = shelf_item(dump->cursor + 1))) {
		shelf_describe(item, &rsp);
		err = shelf_get_dump_put(dump, &rsp);
		dump->cursor++;
	}
	mutex_unlock(&shelf_lock);
	return err;
}

static void shelf_change(struct shelf_item *item,
			 const struct shelf_set_req *req)
{
	struct shelf_tag_list list = req->tag;

	if (req->name)
		strscpy(item->name, req->name, sizeof(item->name));
	if (req->has.state)
		item->state = req->state;
	if (req->has.marks)
		item->marks = req->marks;
	if (req->has.price)
		item->price = req->price;
	if (req->has.temperature)
		item->temperature = req->temperature;
	if (req->has.address)
		item->address = req->address;
	if (req->serial.data)
		memcpy(item->serial, req->serial.data, sizeof(item->serial));
	if (req->has.place) {
		item->row = req->place.row;
		item->column = req->place.column;
		if (req->place.note)
			strscpy(item->note, req->place.note,
				sizeof(item->note));
	}
	if (list.count) {
		item->n_tags = 0;
		while (shelf_tag_next(&list, &item->tags[item->n_tags]))
			item->n_tags++;
	}
	item->borrowed = req->borrowed;
}

int shelf_set(struct genl_info *info, const struct shelf_set_req *req)
{
	struct shelf_get_rsp rsp;
	struct shelf_item *item;

	item = shelf_item(req->id);
	if (!item)
		return genlc_refuse_attr(info, SHELF_A_ITEM_ID, -ENOENT,
					 "no such item");
	if (req->tag.count > SHELF_TAGS_MAX)
		return genlc_refuse_attr(info, SHELF_A_ITEM_TAG, -E2BIG,
					 "too many tags");
	mutex_lock(&shelf_lock);
	shelf_change(item, req);
	shelf_describe(item, &rsp);
	shelf_set_ntf_send(genl_info_net(info), &rsp, GFP_KERNEL);
	mutex_unlock(&shelf_lock);
	return 0;
}

int shelf_start(void)
{
	shelf_fill();
	return 0;
}

void shelf_stop(void)
{
}
