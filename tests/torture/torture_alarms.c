// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * Raises alarms from the context and for the audience that a request asks for:
 * in the process itself, in a tasklet or in an interrupt. The request waits, so
 * that it can tell what the sender returned.
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/mutex.h>
#include <linux/preempt.h>

#include "torture.h"

/* Requests that are here. Operations run in parallel, as the profile says. */
static atomic_t torture_requests;

/* One alarm at a time, which belongs to its context until it has been sent. */
static DEFINE_MUTEX(torture_alarm_lock);
static DECLARE_COMPLETION(torture_alarm_sent);
static struct {
	struct net *net;
	const struct torture_raise_req *req;
	int result;
} torture_alarm_now;

/* The last one without its blob, under the lock. */
static struct torture_alarm_rsp torture_alarm_last;

static enum torture_context torture_context(void)
{
	if (hardirq_count())
		return TORTURE_CONTEXT_INTERRUPT;
	return in_serving_softirq() ? TORTURE_CONTEXT_SOFTIRQ :
				      TORTURE_CONTEXT_PROCESS;
}

static int torture_alarm_send(struct net *net,
			      const struct torture_raise_req *req, gfp_t gfp)
{
	const struct torture_alarm_rsp alarm = {
		.serial = req->serial,
		.context = torture_context(),
		.blob = req->blob,
		.has.hint = req->has.hint,
		.hint = req->hint,
		.has.secret = req->has.secret,
		.secret = req->secret,
	};

	switch (req->audience) {
	case TORTURE_AUDIENCE_EVERYBODY:
		return req->everywhere ?
		       torture_alarm_ntf_send_allns(&alarm, gfp) :
		       torture_alarm_ntf_send(net, &alarm, gfp);
	case TORTURE_AUDIENCE_NET_ADMINS:
		return req->everywhere ?
		       torture_net_admin_alarm_ntf_send_allns(&alarm, gfp) :
		       torture_net_admin_alarm_ntf_send(net, &alarm, gfp);
	case TORTURE_AUDIENCE_ADMINS:
		return req->everywhere ?
		       torture_admin_alarm_ntf_send_allns(&alarm, gfp) :
		       torture_admin_alarm_ntf_send(net, &alarm, gfp);
	case TORTURE_AUDIENCE_PORT:
		return torture_alarm_ntf_unicast(net, req->port_id, &alarm,
						 gfp);
	}
	return -EINVAL;
}

static void torture_alarm_send_now(void)
{
	torture_alarm_now.result = torture_alarm_send(torture_alarm_now.net,
						      torture_alarm_now.req,
						      GFP_ATOMIC);
	complete(&torture_alarm_sent);
}

static void torture_on_softirq(struct tasklet_struct *tasklet)
{
	torture_alarm_send_now();
}

static void torture_on_interrupt(struct irq_work *work)
{
	torture_alarm_send_now();
}

static DECLARE_TASKLET(torture_softirq, torture_on_softirq);
static DEFINE_IRQ_WORK(torture_interrupt, torture_on_interrupt);

static int torture_alarm_raise(struct net *net,
			       const struct torture_raise_req *req)
{
	if (req->context == TORTURE_CONTEXT_PROCESS)
		return torture_alarm_send(net, req, GFP_KERNEL);
	torture_alarm_now.net = net;
	torture_alarm_now.req = req;
	reinit_completion(&torture_alarm_sent);
	if (req->context == TORTURE_CONTEXT_SOFTIRQ)
		tasklet_schedule(&torture_softirq);
	else
		irq_work_queue(&torture_interrupt);
	wait_for_completion(&torture_alarm_sent);
	return torture_alarm_now.result;
}

int torture_raise(struct genl_info *info, const struct torture_raise_req *req,
		  struct genlc_reply *reply)
{
	struct torture_raise_rsp rsp;

	rsp.requests = atomic_inc_return(&torture_requests);
	mutex_lock(&torture_alarm_lock);
	rsp.result = torture_alarm_raise(genl_info_net(info), req);
	torture_alarm_last = (struct torture_alarm_rsp) {
		.serial = req->serial,
		.context = req->context,
		.has.hint = req->has.hint,
		.hint = req->hint,
		.has.secret = req->has.secret,
		.secret = req->secret,
	};
	mutex_unlock(&torture_alarm_lock);
	atomic_dec(&torture_requests);
	return torture_raise_reply(reply, &rsp, GFP_KERNEL);
}

int torture_alarm(struct genl_info *info, struct genlc_reply *reply)
{
	struct torture_alarm_rsp rsp;

	mutex_lock(&torture_alarm_lock);
	rsp = torture_alarm_last;
	mutex_unlock(&torture_alarm_lock);
	if (!rsp.serial)
		return genlc_refuse(info, -ENODATA, "no alarm was raised");
	return torture_alarm_reply(reply, &rsp, GFP_KERNEL);
}

void torture_alarms_stop(void)
{
	tasklet_kill(&torture_softirq);
	irq_work_sync(&torture_interrupt);
}
