// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Sends everything back that it gets: in the reply and in notifications. */

#include "request_memory.h"
#include "torture.h"

/* Reads a list into a new array of its count. */
#define TORTURE_COPY_LIST(type, prefix, memory, list) ({		\
	struct prefix##_list __list = (list);				\
	type *__to = request_array(memory, __list.count,		\
				   sizeof(*__to));			\
	unsigned int __n = 0;						\
									\
	while (__to && prefix##_next(&__list, &__to[__n]))		\
		__n++;							\
	__to;								\
})

/* The same for nests that have lists inside: torture_copy_NEST() takes one. */
#define TORTURE_COPY_NESTS(nest, memory, list) ({			\
	struct request_memory *__memory = (memory);			\
	struct torture_##nest##_list __list = (list);			\
	struct torture_##nest##_rsp *__to;				\
	struct torture_##nest##_req __one;				\
	unsigned int __n = 0;						\
									\
	__to = request_array(__memory, __list.count, sizeof(*__to));	\
	while (__to && torture_##nest##_next(&__list, &__one))		\
		torture_copy_##nest(__memory, &__one, &__to[__n++]);	\
	__to;								\
})

static const struct torture_leaf_attrs *
torture_copy_leaves(struct request_memory *memory,
		    struct torture_leaf_list list)
{
	return TORTURE_COPY_LIST(struct torture_leaf_attrs, torture_leaf,
				 memory, list);
}

static void torture_copy_twig(struct request_memory *memory,
			      const struct torture_twig_req *from,
			      struct torture_twig_rsp *to)
{
	to->leaf = torture_copy_leaves(memory, from->leaf);
	to->n_leaf = from->leaf.count;
	to->has.only = from->has.only;
	to->only = from->only;
	to->has.bend = true;
	to->bend = from->bend;
}

static void torture_copy_branch(struct request_memory *memory,
				const struct torture_branch_req *from,
				struct torture_branch_rsp *to)
{
	to->twigs = TORTURE_COPY_NESTS(twig, memory, from->twigs);
	to->n_twigs = from->twigs.count;
	to->name = from->name;
	to->has.length = true;
	to->length = from->length;
}

static void torture_copy_tree(struct request_memory *memory,
			      const struct torture_tree_req *from,
			      struct torture_tree_rsp *to)
{
	to->branch = TORTURE_COPY_NESTS(branch, memory, from->branch);
	to->n_branch = from->branch.count;
	to->has.height = from->has.height;
	to->height = from->height;
}

static void torture_copy_knot(struct request_memory *memory,
			      const struct torture_knot_req *from,
			      struct torture_knot_rsp *to)
{
	to->value = from->value;
	to->child = TORTURE_COPY_NESTS(knot, memory, from->child);
	to->children = TORTURE_COPY_NESTS(knot, memory, from->children);
	to->n_children = from->children.count;
}

static void torture_copy_lists(struct request_memory *memory,
			       const struct torture_lists_req *from,
			       struct torture_lists_rsp *to)
{
	to->numbers = TORTURE_COPY_LIST(u16, torture_lists_numbers, memory,
					from->numbers);
	to->n_numbers = from->numbers.count;
	to->big_numbers = TORTURE_COPY_LIST(u64, torture_lists_big_numbers,
					    memory, from->big_numbers);
	to->n_big_numbers = from->big_numbers.count;
	to->colors = TORTURE_COPY_LIST(enum torture_color, torture_lists_colors,
				       memory, from->colors);
	to->n_colors = from->colors.count;
	to->names = TORTURE_COPY_LIST(const char *, torture_lists_names,
				      memory, from->names);
	to->n_names = from->names.count;
	to->blobs = TORTURE_COPY_LIST(struct genlc_binary, torture_lists_blobs,
				      memory, from->blobs);
	to->n_blobs = from->blobs.count;
	to->array_u32 = TORTURE_COPY_LIST(u32, torture_lists_array_u32,
					  memory, from->array_u32);
	to->n_array_u32 = from->array_u32.count;
	to->array_binary = TORTURE_COPY_LIST(struct genlc_binary,
					     torture_lists_array_binary,
					     memory, from->array_binary);
	to->n_array_binary = from->array_binary.count;
}

static void torture_copy_echo(struct request_memory *memory,
			      const struct torture_echo_req *req,
			      struct torture_echo_rsp *rsp)
{
	rsp->id = req->id;
	rsp->urgent = req->urgent;
	rsp->label = req->label;
	rsp->port = req->port;
	rsp->depth = req->depth;
	rsp->has.numbers = req->has.numbers;
	rsp->numbers = req->numbers;
	rsp->has.bytes = req->has.bytes;
	rsp->bytes = req->bytes;
	rsp->has.lists = req->has.lists;
	torture_copy_lists(memory, &req->lists, &rsp->lists);
	rsp->tree = TORTURE_COPY_NESTS(tree, memory, req->tree);
	rsp->n_tree = req->tree.count;
	rsp->has.leaf = req->has.leaf;
	rsp->leaf = req->leaf;
	rsp->leaves = torture_copy_leaves(memory, req->leaves);
	rsp->n_leaves = req->leaves.count;
	rsp->knot = TORTURE_COPY_NESTS(knot, memory, req->knot);
	rsp->table = TORTURE_COPY_LIST(struct torture_main_table,
				       torture_main_table, memory, req->table);
	rsp->n_table = req->table.count;
}

static void torture_tell(struct net *net, const struct torture_echo_rsp *rsp)
{
	const struct torture_knot_ntf ntf = { .knot = rsp->knot };

	torture_echo_ntf_send(net, rsp, GFP_KERNEL);
	if (ntf.knot)
		torture_knot_ntf_send(net, &ntf, GFP_KERNEL);
}

int torture_echo(struct genl_info *info, const struct torture_echo_req *req,
		 struct genlc_reply *reply)
{
	struct request_memory memory = {};
	struct torture_echo_rsp rsp = {};
	int err = -ENOMEM;

	torture_copy_echo(&memory, req, &rsp);
	if (!memory.failed)
		err = torture_echo_reply(reply, &rsp, GFP_KERNEL);
	if (!err)
		torture_tell(genl_info_net(info), &rsp);
	request_release(&memory);
	return err;
}
