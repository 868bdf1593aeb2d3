// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * Accounts in memory. Requests come one after the other, as the family is not
 * `parallel-ops`, so that nothing needs a lock.
 */
#include <linux/overflow.h>

#include "ledger_nl.h"

static s64 ledger_balance[LEDGER_ACCOUNT_MAX + 1];

int ledger_book(struct genl_info *info, const struct ledger_book_req *req,
		struct genlc_reply *reply)
{
	s64 *balance = &ledger_balance[req->account];
	struct ledger_book_rsp rsp = {
		.to = req->from,
		.from = LEDGER_FAMILY_NAME,
		.account = req->account,
		.amount = req->amount,
	};
	int err;

	if (strcmp(req->to, LEDGER_FAMILY_NAME))
		return genlc_refuse_attr(info, LEDGER_A_BOOKING_TO, -EXDEV,
					 "this is the ledger");
	if (check_add_overflow(*balance, req->amount, &rsp.balance))
		return genlc_refuse_attr(info, LEDGER_A_BOOKING_AMOUNT,
					 -EOVERFLOW, "no account can hold that");
	err = ledger_book_reply(reply, &rsp, GFP_KERNEL);
	if (err)
		return err;
	*balance = rsp.balance;
	ledger_booked_ntf_send(genl_info_net(info), &rsp, GFP_KERNEL);
	return 0;
}

int ledger_start(void)
{
	return 0;
}

void ledger_stop(void)
{
}
