/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Memory that lives as long as one request, for handlers that send back lists. */
#ifndef _REQUEST_MEMORY_H
#define _REQUEST_MEMORY_H

#include <linux/overflow.h>
#include <linux/slab.h>

struct request_block {
	struct request_block *next;
	u64 data[];
};

struct request_memory {
	struct request_block *blocks;
	bool failed;
};

/* An array of @count elements, of zeroes; NULL for none. */
static inline void *request_array(struct request_memory *memory,
				  unsigned int count, size_t size)
{
	struct request_block *block;

	if (!count)
		return NULL;
	block = kzalloc(size_add(sizeof(*block), array_size(count, size)),
			GFP_KERNEL);
	if (!block) {
		memory->failed = true;
		return NULL;
	}
	block->next = memory->blocks;
	memory->blocks = block;
	return block->data;
}

static inline void request_release(struct request_memory *memory)
{
	struct request_block *block;

	while (memory->blocks) {
		block = memory->blocks;
		memory->blocks = block->next;
		kfree(block);
	}
}

#endif /* _REQUEST_MEMORY_H */
