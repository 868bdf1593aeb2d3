// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * Sends everything back that it gets: in the reply, in a notification and, where
 * there is a tree, in an event. Dumps show messages that are full.
 */

#include "kinds_nl.h"
#include "request_memory.h"

#define KINDS_DUMPED	7
#define KINDS_LARGE	6000
#define KINDS_TOO_LARGE	60000

/* Reads a list into a new array of its count: one function for each type. */
#define KINDS_DEFINE_COPY(_type, _list, _next)				\
static _type *_next##_all(struct request_memory *memory,		\
			  struct _list list)				\
{									\
	_type *to = request_array(memory, list.count, sizeof(*to));	\
	unsigned int n = 0;						\
									\
	while (to && _next(&list, &to[n]))				\
		n++;							\
	return to;							\
}

KINDS_DEFINE_COPY(struct kinds_leaf_attrs, kinds_leaf_list, kinds_leaf_next)
KINDS_DEFINE_COPY(const char *, kinds_branch_names_list,
		  kinds_branch_names_next)
KINDS_DEFINE_COPY(u16, kinds_main_numbers_list, kinds_main_numbers_next)
KINDS_DEFINE_COPY(u64, kinds_main_big_numbers_list,
		  kinds_main_big_numbers_next)
KINDS_DEFINE_COPY(struct genlc_binary, kinds_main_blobs_list,
		  kinds_main_blobs_next)
KINDS_DEFINE_COPY(u32, kinds_main_array_u32_list, kinds_main_array_u32_next)
KINDS_DEFINE_COPY(struct genlc_binary, kinds_main_array_binary_list,
		  kinds_main_array_binary_next)

static void kinds_copy_tree(struct request_memory *memory,
			    const struct kinds_tree_req *from,
			    struct kinds_tree_rsp *to);

static struct kinds_tree_rsp *
kinds_copy_trees(struct request_memory *memory, struct kinds_tree_list list)
{
	struct kinds_tree_rsp *trees;
	struct kinds_tree_req one;
	unsigned int n = 0;

	trees = request_array(memory, list.count, sizeof(*trees));
	while (trees && kinds_tree_next(&list, &one))
		kinds_copy_tree(memory, &one, &trees[n++]);
	return trees;
}

static void kinds_copy_tree(struct request_memory *memory,
			    const struct kinds_tree_req *from,
			    struct kinds_tree_rsp *to)
{
	to->value = from->value;
	to->child = kinds_copy_trees(memory, from->child);
	to->children = kinds_copy_trees(memory, from->children);
	to->n_children = from->children.count;
}

static void kinds_copy_branch(struct request_memory *memory,
			      const struct kinds_branch_req *req,
			      struct kinds_branch_rsp *rsp)
{
	rsp->has.only = req->has.only;
	rsp->only = req->only;
	rsp->leaf = kinds_leaf_next_all(memory, req->leaf);
	rsp->n_leaf = req->leaf.count;
	rsp->names = kinds_branch_names_next_all(memory, req->names);
	rsp->n_names = req->names.count;
}

static void kinds_copy_presence(const struct kinds_echo_req *req,
				struct kinds_echo_rsp *rsp)
{
	rsp->has.u16 = req->has.u16;
	rsp->has.u32 = req->has.u32;
	rsp->has.u64 = req->has.u64;
	rsp->has.s8 = req->has.s8;
	rsp->has.s16 = req->has.s16;
	rsp->has.s32 = req->has.s32;
	rsp->has.s64 = req->has.s64;
	rsp->has.uint = req->has.uint;
	rsp->has.sint = req->has.sint;
	rsp->has.plain_uint = req->has.plain_uint;
	rsp->has.plain_sint = req->has.plain_sint;
	rsp->has.be32 = req->has.be32;
	rsp->has.be64 = req->has.be64;
	rsp->has.sbe32 = req->has.sbe32;
	rsp->has.le32 = req->has.le32;
	rsp->has.color = req->has.color;
	rsp->has.holes = req->has.holes;
	rsp->has.traits = req->has.traits;
	rsp->has.colors = req->has.colors;
	rsp->has.masked = req->has.masked;
	rsp->has.leaf = req->has.leaf;
}

static void kinds_copy_values(const struct kinds_echo_req *req,
			      struct kinds_echo_rsp *rsp)
{
	rsp->flag = req->flag;
	rsp->u8 = req->u8;
	rsp->u16 = req->u16;
	rsp->u32 = req->u32;
	rsp->u64 = req->u64;
	rsp->s8 = req->s8;
	rsp->s16 = req->s16;
	rsp->s32 = req->s32;
	rsp->s64 = req->s64;
	rsp->uint = req->uint;
	rsp->sint = req->sint;
	rsp->plain_uint = req->plain_uint;
	rsp->plain_sint = req->plain_sint;
	rsp->be16 = req->be16;
	rsp->be32 = req->be32;
	rsp->be64 = req->be64;
	rsp->sbe32 = req->sbe32;
	rsp->le32 = req->le32;
	rsp->color = req->color;
	rsp->holes = req->holes;
	rsp->traits = req->traits;
	rsp->colors = req->colors;
	rsp->masked = req->masked;
	rsp->string = req->string;
	rsp->binary = req->binary;
	rsp->at_least_ = req->at_least_;
	rsp->at_most = req->at_most;
	rsp->exactly = req->exactly;
	rsp->huge = req->huge;
	rsp->words = req->words;
	rsp->n_words = req->n_words;
	rsp->shorts = req->shorts;
	rsp->n_shorts = req->n_shorts;
	rsp->leaf = req->leaf;
}

static void kinds_copy(struct request_memory *memory,
		       const struct kinds_echo_req *req,
		       struct kinds_echo_rsp *rsp)
{
	kinds_copy_presence(req, rsp);
	kinds_copy_values(req, rsp);
	kinds_copy_branch(memory, &req->branch, &rsp->branch);
	rsp->tree = kinds_copy_trees(memory, req->tree);
	rsp->numbers = kinds_main_numbers_next_all(memory, req->numbers);
	rsp->n_numbers = req->numbers.count;
	rsp->big_numbers = kinds_main_big_numbers_next_all(memory,
							   req->big_numbers);
	rsp->n_big_numbers = req->big_numbers.count;
	rsp->blobs = kinds_main_blobs_next_all(memory, req->blobs);
	rsp->n_blobs = req->blobs.count;
	rsp->array_u32 = kinds_main_array_u32_next_all(memory, req->array_u32);
	rsp->n_array_u32 = req->array_u32.count;
	rsp->array_binary = kinds_main_array_binary_next_all(memory,
							     req->array_binary);
	rsp->n_array_binary = req->array_binary.count;
	rsp->array_nest = kinds_leaf_next_all(memory, req->array_nest);
	rsp->n_array_nest = req->array_nest.count;
}

int kinds_echo(struct genl_info *info, const struct kinds_echo_req *req,
	       struct genlc_reply *reply)
{
	struct net *net = genl_info_net(info);
	struct request_memory memory = {};
	struct kinds_echo_rsp rsp = {};
	struct kinds_loud loud = {};
	int err = -ENOMEM;

	kinds_copy(&memory, req, &rsp);
	if (!memory.failed)
		err = kinds_echo_reply(reply, &rsp, GFP_KERNEL);
	if (!err) {
		kinds_echo_ntf_send(net, &rsp, GFP_KERNEL);
		kinds_ping_unicast(net, info->snd_portid, GFP_KERNEL);
		loud.tree = rsp.tree;
		if (rsp.tree)
			kinds_loud_send(net, &loud, GFP_KERNEL);
	}
	request_release(&memory);
	return err;
}

/* Objects that do not fit into one message, or one that fits into none. */
int kinds_echo_dump(struct genlc_dump *dump,
		    const struct kinds_echo_dump_req *req)
{
	const bool too_large = req->color == KINDS_COLOR_BLUE;
	static const u8 zeroes[KINDS_TOO_LARGE];
	struct kinds_leaf_attrs leaf = {};
	struct kinds_echo_rsp rsp = {};
	u16 number;
	int err = 0;

	rsp.string = "object";
	rsp.exactly.data = zeroes;
	rsp.exactly.len = 16;
	rsp.binary.data = zeroes;
	rsp.binary.len = too_large ? KINDS_TOO_LARGE : KINDS_LARGE;
	rsp.numbers = &number;
	rsp.n_numbers = 1;
	rsp.array_nest = &leaf;
	rsp.n_array_nest = 1;
	for (; !err && dump->cursor < KINDS_DUMPED; dump->cursor++) {
		number = dump->cursor;
		err = kinds_echo_dump_put(dump, &rsp);
	}
	return err;
}

int kinds_poke(struct genl_info *info)
{
	return 0;
}

int kinds_count(struct genl_info *info, const struct kinds_count_req *req)
{
	return req->has.u8 ? 0 : -ENOMSG;
}

int kinds_count_dump(struct genlc_dump *dump)
{
	struct kinds_count_rsp rsp = { .has.u32 = true };

	/* Does not look at errors: the dump goes on where the message was full. */
	for (; dump->cursor < 3000; dump->cursor++) {
		rsp.u32 = dump->cursor;
		kinds_count_dump_put(dump, &rsp);
	}
	return 0;
}

int kinds_lax(struct genl_info *info, const struct kinds_lax_req *req)
{
	return req->string ? 0 : -ENODATA;
}

int kinds_lax_dump(struct genlc_dump *dump,
		   const struct kinds_lax_dump_req *req)
{
	struct kinds_lax_rsp rsp = { .string = req->string };
	int err;

	if (dump->cursor)
		return 0;
	err = kinds_lax_dump_put(dump, &rsp);
	dump->cursor = 1;
	return err;
}

/* The hooks count: what has begun has to end. */
static atomic_t kinds_running;
static atomic_t kinds_dumps;

int kinds_before(struct genl_info *info)
{
	atomic_inc(&kinds_running);
	return 0;
}

void kinds_after(struct genl_info *info)
{
	atomic_dec(&kinds_running);
}

int kinds_dump_start(struct netlink_callback *cb)
{
	atomic_inc(&kinds_dumps);
	return 0;
}

int kinds_dump_done(struct netlink_callback *cb)
{
	atomic_dec(&kinds_dumps);
	return 0;
}

int kinds_start(void)
{
	return 0;
}

void kinds_stop(void)
{
	WARN_ON(atomic_read(&kinds_running));
	WARN_ON(atomic_read(&kinds_dumps));
}
