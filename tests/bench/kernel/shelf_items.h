/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What both modules are about: a thousand things, of which nothing here knows
 * how they are told. `struct shelf_tag` comes from whoever includes this.
 */
#ifndef _SHELF_ITEMS_H
#define _SHELF_ITEMS_H

#include <linux/mutex.h>
#include <linux/string.h>

#include "shelf_uapi.h"

#define SHELF_ITEMS	1000
#define SHELF_TAGS_MAX	4

struct shelf_item {
	u32 id;
	char name[SHELF_NAME_LEN + 1];
	u32 state;
	u32 marks;
	u64 price;
	s32 temperature;
	__be32 address;
	u8 serial[SHELF_SERIAL_LEN];
	u32 row;
	u32 column;
	char note[SHELF_NAME_LEN + 1];
	struct shelf_tag tags[SHELF_TAGS_MAX];
	unsigned int n_tags;
	bool borrowed;
};

static DEFINE_MUTEX(shelf_lock);		/* of all items */
static struct shelf_item shelf_items[SHELF_ITEMS];

/* Numbers start at 1. NULL: there is no such item. */
static struct shelf_item *shelf_item(u32 id)
{
	return id - 1 < SHELF_ITEMS ? &shelf_items[id - 1] : NULL;
}

static void shelf_fill(void)
{
	struct shelf_item *item;
	u32 id;

	for (id = 1; id <= SHELF_ITEMS; id++) {
		item = shelf_item(id);
		item->id = id;
		snprintf(item->name, sizeof(item->name), "thing %u", id);
		item->state = id % 4;
		item->marks = id % 8;
		item->price = (u64)id << 20;
		item->temperature = -(s32)id;
		item->address = cpu_to_be32(0xc0000200 + id % 250);
		memset(item->serial, id % 256, sizeof(item->serial));
		item->row = id / 10;
		item->column = id % 10;
		strscpy(item->note, "behind the door", sizeof(item->note));
		item->n_tags = 2;
		item->tags[0] = (struct shelf_tag) { .key = 1, .value = id };
		item->tags[1] = (struct shelf_tag) { .key = 2, .value = ~id };
		item->borrowed = id % 2;
	}
}

#endif /* _SHELF_ITEMS_H */
