// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Sends everything back that it gets, and says where it was. */

#include "vintage_nl.h"

#define VINTAGE_MOST	4

/* What the lists of a reply point at. */
struct vintage_lists {
	struct vintage_reading readings[VINTAGE_MOST];
	struct vintage_main_table table[VINTAGE_MOST];
	struct vintage_main_rows rows[VINTAGE_MOST];
	struct genlc_binary blocks[VINTAGE_MOST];
	s16 shares[VINTAGE_MOST];
	enum vintage_grade grades[VINTAGE_MOST];
};

static void vintage_copy_lists(struct vintage_lists *lists,
			       const struct vintage_echo_req *req,
			       struct vintage_echo_rsp *rsp)
{
	struct vintage_main_readings_list readings = req->readings;
	struct vintage_main_table_list table = req->table;
	struct vintage_main_blocks_list blocks = req->blocks;
	struct vintage_main_rows_list rows = req->rows;
	struct vintage_main_shares_list shares = req->shares;
	struct vintage_main_grades_list grades = req->grades;

	rsp->readings = lists->readings;
	while (rsp->n_readings < VINTAGE_MOST &&
	       vintage_main_readings_next(&readings,
					  &lists->readings[rsp->n_readings]))
		rsp->n_readings++;
	rsp->table = lists->table;
	while (rsp->n_table < VINTAGE_MOST &&
	       vintage_main_table_next(&table, &lists->table[rsp->n_table]))
		rsp->n_table++;
	rsp->rows = lists->rows;
	while (rsp->n_rows < VINTAGE_MOST &&
	       vintage_main_rows_next(&rows, &lists->rows[rsp->n_rows]))
		rsp->n_rows++;
	rsp->blocks = lists->blocks;
	while (rsp->n_blocks < VINTAGE_MOST &&
	       vintage_main_blocks_next(&blocks,
					&lists->blocks[rsp->n_blocks]))
		rsp->n_blocks++;
	rsp->shares = lists->shares;
	while (rsp->n_shares < VINTAGE_MOST &&
	       vintage_main_shares_next(&shares,
					&lists->shares[rsp->n_shares]))
		rsp->n_shares++;
	rsp->grades = lists->grades;
	while (rsp->n_grades < VINTAGE_MOST &&
	       vintage_main_grades_next(&grades,
					&lists->grades[rsp->n_grades]))
		rsp->n_grades++;
}

int vintage_echo(struct genl_info *info, const struct vintage_echo_req *req,
		 struct genlc_reply *reply)
{
	struct vintage_echo_rsp rsp = {
		.has.reading	= req->has.reading,
		.has.stamp	= req->has.stamp,
		.has.ability	= req->has.ability,
		.has.bits	= req->has.bits,
		.has.leaf	= req->has.leaf,
		.has.early	= req->has.early,
		.fixed_header	= req->fixed_header,
		.reading	= req->reading,
		.stamp		= req->stamp,
		.ability	= req->ability,
		.bits		= req->bits,
		.leaf		= req->leaf,
		.early		= req->early,
		.word		= req->word,
	};
	struct vintage_lists lists;
	int err;

	if (req->has.bits && !req->bits.selector)
		return genlc_refuse_attr(info, VINTAGE_A_MAIN_BITS, -EDOM,
					 "no bit is selected");
	vintage_copy_lists(&lists, req, &rsp);
	err = vintage_echo_reply(reply, &rsp, GFP_KERNEL);
	if (!err)
		err = vintage_echo_ntf_send(genl_info_net(info), &rsp,
					    GFP_KERNEL);
	return err;
}

int vintage_echo_dump(struct genlc_dump *dump,
		      const struct vintage_echo_dump_req *req)
{
	struct vintage_echo_dump_rsp rsp = {
		.has.reading	= true,
		.fixed_header	= req->fixed_header,
	};
	int err = 0;

	for (; !err && dump->cursor < req->count; dump->cursor++) {
		rsp.fixed_header.ifindex = dump->cursor;
		rsp.reading.value = dump->cursor * 10;
		err = vintage_echo_dump_put(dump, &rsp);
	}
	return err;
}

int vintage_move(struct genl_info *info, const struct vintage_move_req *req,
		 struct genlc_reply *reply)
{
	const struct vintage_moved moved = {
		.fixed_header = req->fixed_header,
	};
	struct vintage_move_rsp rsp = {
		.fixed_header = req->fixed_header,
	};

	rsp.fixed_header.ifindex++;
	vintage_moved_send(genl_info_net(info), &moved, GFP_KERNEL);
	return vintage_move_reply(reply, &rsp, GFP_KERNEL);
}

int vintage_start(void)
{
	return 0;
}

void vintage_stop(void)
{
}
