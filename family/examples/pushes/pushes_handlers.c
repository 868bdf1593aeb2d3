// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * Four sources of ticks, each with a speaker in a context of its own. The clock
 * of a speaker is a timer: it calls the speaker to where it speaks, and the
 * speaker sets it again as long as there is something left to say. So a speaker
 * never runs twice at a time and needs no lock. One that is taken with
 * interrupts off would make every sender wait for a work item.
 */

#include <linux/bitops.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>

#include "pushes_nl.h"

#define PUSHES_LISTENERS_MAX	16
#define PUSHES_SOURCES		(PUSHES_SOURCE_MAX + 1)

struct pushes_listener {
	u32 port;			/* 0: the group, or nobody */
	u32 number[PUSHES_SOURCES];	/* of the next tick of each source */
};

static struct pushes_listener pushes_group;
static struct pushes_listener pushes_listeners[PUSHES_LISTENERS_MAX];

struct pushes_speaker {
	unsigned long busy;		/* bit 0: has something left to say */
	struct pushes_listener *to;
	u32 port;			/* of the listener, 0 for the group */
	u32 left;
	u32 burst;
	unsigned long interval;		/* in jiffies */

	struct timer_list clock;
	struct work_struct work;
	struct tasklet_struct tasklet;
	struct irq_work irq;
};

static struct pushes_speaker pushes_speakers[PUSHES_SOURCES];
static bool pushes_stopping;

/* Ticks */

static u32 pushes_context(void)
{
	if (hardirq_count())
		return PUSHES_CONTEXT_HARDIRQ;
	return in_serving_softirq() ? PUSHES_CONTEXT_SOFTIRQ :
				      PUSHES_CONTEXT_PROCESS;
}

static int pushes_say(struct pushes_speaker *speaker)
{
	const u32 source = speaker - pushes_speakers;
	const struct pushes_tick tick = {
		.source = source,
		.context = pushes_context(),
		.number = speaker->to->number[source],
	};
	int err;

	if (speaker->port)
		err = pushes_tick_unicast(&init_net, speaker->port, &tick,
					  GFP_ATOMIC);
	else
		err = pushes_tick_send(&init_net, &tick, GFP_ATOMIC);
	/* In an interrupt it only queues up, and too many do: again later. */
	if (err == -ENOBUFS && hardirq_count())
		return err;
	/* Any other that is lost is a gap in the numbers. */
	speaker->to->number[source]++;
	speaker->left--;
	return err;
}

/* The socket has closed. Somebody else may have its place by now. */
static void pushes_forget(struct pushes_speaker *speaker)
{
	cmpxchg(&speaker->to->port, speaker->port, 0);
	speaker->left = 0;
}

static void pushes_speak(struct pushes_speaker *speaker)
{
	u32 burst = speaker->burst;
	int err = 0;

	while (burst-- && speaker->left && err != -ENOBUFS) {
		err = pushes_say(speaker);
		if (err == -ECONNREFUSED)
			pushes_forget(speaker);
	}
	if (speaker->left && !READ_ONCE(pushes_stopping))
		mod_timer(&speaker->clock, jiffies + speaker->interval);
	else
		clear_bit_unlock(0, &speaker->busy);
}

static void pushes_work(struct work_struct *work)
{
	pushes_speak(container_of(work, struct pushes_speaker, work));
}

static void pushes_tasklet(struct tasklet_struct *tasklet)
{
	pushes_speak(container_of(tasklet, struct pushes_speaker, tasklet));
}

static void pushes_irq(struct irq_work *irq)
{
	pushes_speak(container_of(irq, struct pushes_speaker, irq));
}

static void pushes_clock(struct timer_list *clock)
{
	struct pushes_speaker *speaker;

	speaker = container_of(clock, struct pushes_speaker, clock);
	if (READ_ONCE(pushes_stopping))
		return;
	switch (speaker - pushes_speakers) {
	case PUSHES_SOURCE_TIMER:
		pushes_speak(speaker);
		break;
	case PUSHES_SOURCE_WORK:
		schedule_work(&speaker->work);
		break;
	case PUSHES_SOURCE_SOFTIRQ:
		tasklet_schedule(&speaker->tasklet);
		break;
	case PUSHES_SOURCE_HARDIRQ:
		irq_work_queue(&speaker->irq);
		break;
	}
}

/* Requests */

static struct pushes_listener *pushes_find(u32 port)
{
	unsigned int i;

	for (i = 0; i < PUSHES_LISTENERS_MAX; i++)
		if (READ_ONCE(pushes_listeners[i].port) == port)
			return &pushes_listeners[i];
	return NULL;
}

int pushes_register(struct genl_info *info)
{
	struct pushes_listener *free;

	if (pushes_find(info->snd_portid))
		return 0;
	free = pushes_find(0);
	if (!free)
		return genlc_refuse(info, -ENOSPC, "too many have registered");
	WRITE_ONCE(free->port, info->snd_portid);
	return 0;
}

int pushes_listener_get_dump(struct genlc_dump *dump)
{
	struct pushes_listener_get_rsp rsp;
	int err;

	for (; dump->cursor < PUSHES_LISTENERS_MAX; dump->cursor++) {
		rsp.port = READ_ONCE(pushes_listeners[dump->cursor].port);
		if (!rsp.port)
			continue;
		err = pushes_listener_get_dump_put(dump, &rsp);
		if (err)
			return err;
	}
	return 0;
}

int pushes_push(struct genl_info *info, const struct pushes_push_req *req)
{
	struct pushes_speaker *speaker = &pushes_speakers[req->source];
	struct pushes_listener *to = &pushes_group;

	if (req->has.port)
		to = pushes_find(req->port);
	if (!to)
		return genlc_refuse_attr(info, PUSHES_A_PUSH_PORT, -ENOENT,
					 "this port has not registered");
	if (test_and_set_bit_lock(0, &speaker->busy))
		return genlc_refuse_attr(info, PUSHES_A_PUSH_SOURCE, -EBUSY,
					 "this source is still at work");
	speaker->to = to;
	speaker->port = req->port;
	speaker->left = req->count;
	speaker->burst = req->burst;
	speaker->interval = msecs_to_jiffies(req->interval_ms);
	mod_timer(&speaker->clock, jiffies);
	return 0;
}

/* Start and end */

int pushes_start(void)
{
	struct pushes_speaker *speaker;
	unsigned int i;

	for (i = 0; i < PUSHES_SOURCES; i++) {
		speaker = &pushes_speakers[i];
		timer_setup(&speaker->clock, pushes_clock, 0);
		INIT_WORK(&speaker->work, pushes_work);
		tasklet_setup(&speaker->tasklet, pushes_tasklet);
		init_irq_work(&speaker->irq, pushes_irq);
	}
	return 0;
}

void pushes_stop(void)
{
	struct pushes_speaker *speaker;
	unsigned int i;

	WRITE_ONCE(pushes_stopping, true);
	for (i = 0; i < PUSHES_SOURCES; i++) {
		speaker = &pushes_speakers[i];
		timer_delete_sync(&speaker->clock);
		cancel_work_sync(&speaker->work);
		tasklet_kill(&speaker->tasklet);
		irq_work_sync(&speaker->irq);
		/* It may have set its clock before it saw the end. */
		timer_delete_sync(&speaker->clock);
	}
}
