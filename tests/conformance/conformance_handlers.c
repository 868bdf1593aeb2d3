// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Sends everything back that it gets: all that is decoded is encoded again. */

#include "conformance_nl.h"
#include "request_memory.h"

/* Reads a list into a new array of its count: one function for each type. */
#define CONFORMANCE_DEFINE_COPY(_type, _name)				\
static const _type *							\
conformance_all_##_name(struct request_memory *memory,		\
			struct conformance_value_##_name##_list list)	\
{									\
	_type *to = request_array(memory, list.count, sizeof(*to));	\
	unsigned int n = 0;						\
									\
	while (to && conformance_value_##_name##_next(&list, &to[n]))	\
		n++;							\
	return to;							\
}

CONFORMANCE_DEFINE_COPY(u32, array_u32)
CONFORMANCE_DEFINE_COPY(struct genlc_binary, array_binary)
CONFORMANCE_DEFINE_COPY(u8, u8_many)
CONFORMANCE_DEFINE_COPY(u16, u16_many)
CONFORMANCE_DEFINE_COPY(u32, u32_many)
CONFORMANCE_DEFINE_COPY(u64, u64_many)
CONFORMANCE_DEFINE_COPY(s32, s32_many)
CONFORMANCE_DEFINE_COPY(s64, sint_many)
CONFORMANCE_DEFINE_COPY(__be32, be32_many)
CONFORMANCE_DEFINE_COPY(enum conformance_color, color_many)
CONFORMANCE_DEFINE_COPY(const char *, string_many)
CONFORMANCE_DEFINE_COPY(struct genlc_binary, binary_many)
CONFORMANCE_DEFINE_COPY(struct conformance_shape, shape_many)
CONFORMANCE_DEFINE_COPY(struct nla_bitfield32, bits_many)
CONFORMANCE_DEFINE_COPY(struct conformance_value_table, table)

/* A message and a nest carry the same: one text for both. */
#define CONFORMANCE_COPY_PRESENCE(_to, _from) ({			\
	(_to)->has.u8 = (_from)->has.u8;				\
	(_to)->has.u16 = (_from)->has.u16;				\
	(_to)->has.u32 = (_from)->has.u32;				\
	(_to)->has.u64 = (_from)->has.u64;				\
	(_to)->has.s8 = (_from)->has.s8;				\
	(_to)->has.s16 = (_from)->has.s16;				\
	(_to)->has.s32 = (_from)->has.s32;				\
	(_to)->has.s64 = (_from)->has.s64;				\
	(_to)->has.uint = (_from)->has.uint;				\
	(_to)->has.sint = (_from)->has.sint;				\
	(_to)->has.be16 = (_from)->has.be16;				\
	(_to)->has.be32 = (_from)->has.be32;				\
	(_to)->has.be64 = (_from)->has.be64;				\
	(_to)->has.sbe16 = (_from)->has.sbe16;				\
	(_to)->has.le32 = (_from)->has.le32;				\
	(_to)->has.color = (_from)->has.color;				\
	(_to)->has.traits = (_from)->has.traits;			\
	(_to)->has.colors = (_from)->has.colors;			\
	(_to)->has.bits = (_from)->has.bits;				\
	(_to)->has.shape = (_from)->has.shape;				\
})

#define CONFORMANCE_COPY_VALUES(_to, _from) ({				\
	(_to)->flag = (_from)->flag;					\
	(_to)->u8 = (_from)->u8;					\
	(_to)->u16 = (_from)->u16;					\
	(_to)->u32 = (_from)->u32;					\
	(_to)->u64 = (_from)->u64;					\
	(_to)->s8 = (_from)->s8;					\
	(_to)->s16 = (_from)->s16;					\
	(_to)->s32 = (_from)->s32;					\
	(_to)->s64 = (_from)->s64;					\
	(_to)->uint = (_from)->uint;					\
	(_to)->sint = (_from)->sint;					\
	(_to)->be16 = (_from)->be16;					\
	(_to)->be32 = (_from)->be32;					\
	(_to)->be64 = (_from)->be64;					\
	(_to)->sbe16 = (_from)->sbe16;					\
	(_to)->le32 = (_from)->le32;					\
	(_to)->color = (_from)->color;					\
	(_to)->traits = (_from)->traits;				\
	(_to)->colors = (_from)->colors;				\
	(_to)->string = (_from)->string;				\
	(_to)->binary = (_from)->binary;				\
	(_to)->mac = (_from)->mac;					\
	(_to)->words = (_from)->words;					\
	(_to)->n_words = (_from)->n_words;				\
	(_to)->shorts = (_from)->shorts;				\
	(_to)->n_shorts = (_from)->n_shorts;				\
	(_to)->bits = (_from)->bits;					\
	(_to)->shape = (_from)->shape;					\
})

#define CONFORMANCE_COPY_LIST(_memory, _to, _from, _name) ({		\
	(_to)->_name = conformance_all_##_name(_memory, (_from)->_name);\
	(_to)->n_##_name = (_from)->_name.count;			\
})

#define CONFORMANCE_COPY_LISTS(_memory, _to, _from) ({			\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, array_u32);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, array_binary);	\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, u8_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, u16_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, u32_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, u64_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, s32_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, sint_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, be32_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, color_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, string_many);	\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, binary_many);	\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, shape_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, bits_many);		\
	CONFORMANCE_COPY_LIST(_memory, _to, _from, table);		\
})

static const struct conformance_value_rsp *
conformance_copy_nests(struct request_memory *memory,
		       struct conformance_value_list list);

#define CONFORMANCE_COPY_NESTS(_memory, _to, _from) ({			\
	(_to)->nest = conformance_copy_nests(_memory, (_from)->nest);	\
	(_to)->array_nest = conformance_copy_nests(_memory,		\
						   (_from)->array_nest);\
	(_to)->n_array_nest = (_from)->array_nest.count;		\
	(_to)->nest_many = conformance_copy_nests(_memory,		\
						  (_from)->nest_many);	\
	(_to)->n_nest_many = (_from)->nest_many.count;			\
})

/* The element of a list is too large for the stack of a function that recurs. */
static const struct conformance_value_rsp *
conformance_copy_nests(struct request_memory *memory,
		       struct conformance_value_list list)
{
	struct conformance_value_req *one;
	struct conformance_value_rsp *to;
	unsigned int n = 0;

	to = request_array(memory, list.count, sizeof(*to));
	one = request_array(memory, 1, sizeof(*one));
	while (to && one && conformance_value_next(&list, one)) {
		CONFORMANCE_COPY_PRESENCE(&to[n], one);
		CONFORMANCE_COPY_VALUES(&to[n], one);
		CONFORMANCE_COPY_LISTS(memory, &to[n], one);
		CONFORMANCE_COPY_NESTS(memory, &to[n], one);
		n++;
	}
	return to;
}

int conformance_echo(struct genl_info *info,
		     const struct conformance_echo_req *req,
		     struct genlc_reply *reply)
{
	struct request_memory memory = {};
	struct conformance_echo_rsp *rsp;
	int err = -ENOMEM;

	rsp = request_array(&memory, 1, sizeof(*rsp));
	if (rsp) {
		rsp->fixed_header = req->fixed_header;
		CONFORMANCE_COPY_PRESENCE(rsp, req);
		CONFORMANCE_COPY_VALUES(rsp, req);
		CONFORMANCE_COPY_LISTS(&memory, rsp, req);
		CONFORMANCE_COPY_NESTS(&memory, rsp, req);
		if (!memory.failed)
			err = conformance_echo_reply(reply, rsp, GFP_KERNEL);
	}
	request_release(&memory);
	return err;
}

int conformance_start(void)
{
	return 0;
}

void conformance_stop(void)
{
}
