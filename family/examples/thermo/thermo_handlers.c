// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/*
 * An inventory of simulated temperature sensors, one for each network
 * namespace. Requests change it under the mutex of the inventory; a timer
 * samples each sensor and raises its alarms under the lock of the sensor.
 * Readers need RCU to find a sensor and its lock to read it.
 */

#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <linux/xarray.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "thermo_nl.h"

#ifndef kzalloc_obj	/* before Linux 7.0 */
#define kzalloc_obj(object)		kzalloc(sizeof(object), GFP_KERNEL)
#endif

#define THERMO_THRESHOLDS_MAX		8
#define THERMO_NOTE_MAX			63
#define THERMO_LABEL_HASH_BITS		10
/* In millidegrees Celsius. */
#define THERMO_ABSOLUTE_ZERO		(-273150)
#define THERMO_HOTTEST			2000000
#define THERMO_ROOM_TEMPERATURE		21000

struct thermo_inventory {
	DECLARE_HASHTABLE(labels, THERMO_LABEL_HASH_BITS);
	struct mutex lock;		/* of all changes */
	struct xarray sensors;		/* by number */
	struct genlc_generation generation;	/* of the set of sensors */
	struct net *net;
};

struct thermo_sensor {
	/* What user space sees; its pointers lead to these arrays. */
	struct thermo_sensor_get_rsp state;
	struct thermo_threshold threshold[THERMO_THRESHOLDS_MAX];
	char label[THERMO_LABEL_MAX + 1];
	char note[THERMO_NOTE_MAX + 1];
	u8 serial[THERMO_SERIAL_LEN];

	spinlock_t lock;		/* of all above, and of the next three */
	unsigned long raised;		/* thresholds whose alarm stands */
	u64 alarms;			/* sent or muted */
	bool gone;
	struct timer_list timer;

	struct thermo_inventory *inventory;
	struct hlist_node by_label;
	struct rcu_head rcu;
};

static unsigned int thermo_net_id __read_mostly;

static struct thermo_inventory *thermo_inventory(struct net *net)
{
	return net_generic(net, thermo_net_id);
}

/* Alarms */

static void thermo_raise(struct thermo_sensor *sensor,
			 const struct thermo_threshold *threshold)
{
	const struct thermo_alarm_ntf alarm = {
		.sensor_id = sensor->state.id,
		.label = sensor->label,
		.temperature = sensor->state.temperature,
		.threshold = *threshold,
		.timestamp = ktime_get_boottime_ns(),
	};

	sensor->alarms++;
	if (!sensor->state.muted)
		thermo_alarm_ntf_send(sensor->inventory->net, &alarm,
				      GFP_ATOMIC);
}

static void thermo_compare(struct thermo_sensor *sensor)
{
	bool latching = sensor->state.features & THERMO_FEATURE_LATCHING;
	const struct thermo_threshold *threshold = sensor->threshold;
	s64 temperature = sensor->state.temperature;
	unsigned int i;

	for (i = 0; i < sensor->state.n_threshold; i++, threshold++) {
		s64 release = (s64)threshold->temperature -
			      threshold->hysteresis;

		if (test_bit(i, &sensor->raised)) {
			if (!latching && temperature < release)
				__clear_bit(i, &sensor->raised);
		} else if (temperature >= threshold->temperature) {
			__set_bit(i, &sensor->raised);
			thermo_raise(sensor, threshold);
		}
	}
}

static void thermo_schedule(struct thermo_sensor *sensor)
{
	mod_timer(&sensor->timer,
		  jiffies + msecs_to_jiffies(sensor->state.interval_ms));
}

static void thermo_sample(struct timer_list *timer)
{
	struct thermo_sensor *sensor;
	s64 temperature;

	sensor = container_of(timer, struct thermo_sensor, timer);
	spin_lock(&sensor->lock);
	temperature = (s64)sensor->state.temperature + sensor->state.drift;
	sensor->state.temperature = clamp_t(s64, temperature,
					    THERMO_ABSOLUTE_ZERO,
					    THERMO_HOTTEST);
	sensor->state.samples++;
	thermo_compare(sensor);
	if (!sensor->gone)
		thermo_schedule(sensor);
	spin_unlock(&sensor->lock);
}

/* The inventory; callers hold its lock. */

static u32 thermo_label_hash(const char *label)
{
	return jhash(label, strlen(label), 0);
}

static bool thermo_label_taken(struct thermo_inventory *inventory,
			       const char *label)
{
	u32 hash = thermo_label_hash(label);
	struct thermo_sensor *sensor;

	hash_for_each_possible(inventory->labels, sensor, by_label, hash)
		if (!strcmp(sensor->label, label))
			return true;
	return false;
}

static int thermo_insert(struct thermo_inventory *inventory,
			 struct thermo_sensor *sensor)
{
	int err;

	/* Nobody sees the sensor before it knows its number. */
	err = xa_alloc(&inventory->sensors, &sensor->state.id, NULL,
		       xa_limit_31b, GFP_KERNEL);
	if (err)
		return err;
	sensor->inventory = inventory;
	hash_add(inventory->labels, &sensor->by_label,
		 thermo_label_hash(sensor->label));
	xa_store(&inventory->sensors, sensor->state.id, sensor, GFP_KERNEL);
	genlc_count_change(&inventory->generation);
	return 0;
}

static void thermo_remove(struct thermo_sensor *sensor)
{
	struct thermo_inventory *inventory = sensor->inventory;

	xa_erase(&inventory->sensors, sensor->state.id);
	hash_del(&sensor->by_label);
	genlc_count_change(&inventory->generation);
	spin_lock_bh(&sensor->lock);
	sensor->gone = true;
	spin_unlock_bh(&sensor->lock);
	timer_delete_sync(&sensor->timer);
}

typedef int (*thermo_announce_fn)(struct net *net,
				  const struct thermo_sensor_get_rsp *rsp,
				  gfp_t gfp);

/* Tells listeners the state of a sensor, which its lock guards. */
static void thermo_announce(struct thermo_sensor *sensor,
			    thermo_announce_fn send)
{
	spin_lock_bh(&sensor->lock);
	send(sensor->inventory->net, &sensor->state, GFP_ATOMIC);
	spin_unlock_bh(&sensor->lock);
}

/* Requests */

static int thermo_check_temperature(struct genl_info *info, s32 temperature)
{
	if (temperature >= THERMO_ABSOLUTE_ZERO)
		return 0;
	return genlc_refuse_attr(info, THERMO_A_SENSOR_TEMPERATURE, -ERANGE,
				 "temperature below absolute zero");
}

static int thermo_check_thresholds(struct genl_info *info,
				   struct thermo_threshold_list list)
{
	struct thermo_threshold threshold;
	unsigned int count = 0;

	while (thermo_threshold_next(&list, &threshold))
		if (++count > THERMO_THRESHOLDS_MAX)
			return genlc_refuse_element(info, &list, -E2BIG,
						    "too many thresholds");
	return 0;
}

static void thermo_set_location(struct thermo_sensor *sensor,
				const struct thermo_location *location)
{
	sensor->state.has.location = true;
	sensor->state.location = *location;
	if (location->note) {
		strscpy(sensor->note, location->note, sizeof(sensor->note));
		sensor->state.location.note = sensor->note;
	}
}

static void thermo_set_thresholds(struct thermo_sensor *sensor,
				  struct thermo_threshold_list list)
{
	unsigned int count = 0;

	while (count < THERMO_THRESHOLDS_MAX &&
	       thermo_threshold_next(&list, &sensor->threshold[count])) {
		/* Say what applies, also where the request left it open. */
		sensor->threshold[count].has.hysteresis = true;
		count++;
	}
	sensor->state.threshold = sensor->threshold;
	sensor->state.n_threshold = count;
}

static struct thermo_sensor *
thermo_sensor_alloc(const struct thermo_sensor_new_req *req)
{
	struct thermo_sensor *sensor;

	sensor = kzalloc_obj(*sensor);
	if (!sensor)
		return NULL;
	spin_lock_init(&sensor->lock);
	timer_setup(&sensor->timer, thermo_sample, 0);

	strscpy(sensor->label, req->label, sizeof(sensor->label));
	sensor->state.label = sensor->label;
	sensor->state.kind = req->kind;
	sensor->state.has.features = true;
	sensor->state.features = req->features;
	if (req->serial.data) {
		memcpy(sensor->serial, req->serial.data, req->serial.len);
		sensor->state.serial.data = sensor->serial;
		sensor->state.serial.len = sizeof(sensor->serial);
	}
	sensor->state.has.bus_address = req->has.bus_address;
	sensor->state.bus_address = req->bus_address;
	sensor->state.temperature = req->has.temperature ?
				    req->temperature : THERMO_ROOM_TEMPERATURE;
	sensor->state.has.drift = true;
	sensor->state.drift = req->drift;
	sensor->state.interval_ms = req->interval_ms;
	sensor->state.muted = req->muted;
	if (req->has.location)
		thermo_set_location(sensor, &req->location);
	thermo_set_thresholds(sensor, req->threshold);
	return sensor;
}

int thermo_sensor_new(struct genl_info *info,
		      const struct thermo_sensor_new_req *req,
		      struct genlc_reply *reply)
{
	struct thermo_inventory *inventory;
	struct thermo_sensor_new_rsp rsp = {};
	struct thermo_sensor *sensor;
	int err;

	if (req->has.temperature) {
		err = thermo_check_temperature(info, req->temperature);
		if (err)
			return err;
	}
	err = thermo_check_thresholds(info, req->threshold);
	if (err)
		return err;
	/* From here on nothing may fail that cannot be undone. */
	err = genlc_reply_reserve(reply, thermo_sensor_new_rsp_size(&rsp),
				  GFP_KERNEL);
	if (err)
		return err;
	sensor = thermo_sensor_alloc(req);
	if (!sensor)
		return -ENOMEM;

	inventory = thermo_inventory(genl_info_net(info));
	mutex_lock(&inventory->lock);
	if (thermo_label_taken(inventory, req->label))
		err = genlc_refuse_attr(info, THERMO_A_SENSOR_LABEL, -EEXIST,
					"another sensor has this label");
	else
		err = thermo_insert(inventory, sensor);
	if (err)
		goto err_free_sensor;
	rsp.id = sensor->state.id;
	thermo_announce(sensor, thermo_sensor_new_ntf_send);
	thermo_schedule(sensor);
	mutex_unlock(&inventory->lock);
	return thermo_sensor_new_reply(reply, &rsp, GFP_KERNEL);

err_free_sensor:
	mutex_unlock(&inventory->lock);
	kfree(sensor);
	return err;
}

static void thermo_change(struct thermo_sensor *sensor,
			  const struct thermo_sensor_set_req *req)
{
	spin_lock_bh(&sensor->lock);
	if (req->has.features)
		sensor->state.features = req->features;
	if (req->has.temperature)
		sensor->state.temperature = req->temperature;
	if (req->has.drift)
		sensor->state.drift = req->drift;
	if (req->has.location)
		thermo_set_location(sensor, &req->location);
	if (req->threshold.count)
		thermo_set_thresholds(sensor, req->threshold);
	sensor->state.muted = req->muted;
	sensor->raised = 0;
	if (req->has.interval_ms) {
		sensor->state.interval_ms = req->interval_ms;
		thermo_schedule(sensor);
	}
	spin_unlock_bh(&sensor->lock);
}

int thermo_sensor_set(struct genl_info *info,
		      const struct thermo_sensor_set_req *req)
{
	struct thermo_inventory *inventory;
	struct thermo_sensor *sensor;
	int err = 0;

	if (req->has.temperature) {
		err = thermo_check_temperature(info, req->temperature);
		if (err)
			return err;
	}
	err = thermo_check_thresholds(info, req->threshold);
	if (err)
		return err;

	inventory = thermo_inventory(genl_info_net(info));
	mutex_lock(&inventory->lock);
	sensor = xa_load(&inventory->sensors, req->id);
	if (sensor) {
		thermo_change(sensor, req);
		thermo_announce(sensor, thermo_sensor_set_ntf_send);
	} else {
		err = genlc_refuse_attr(info, THERMO_A_SENSOR_ID, -ENOENT,
					"no such sensor");
	}
	mutex_unlock(&inventory->lock);
	return err;
}

int thermo_sensor_del(struct genl_info *info,
		      const struct thermo_sensor_del_req *req)
{
	struct thermo_inventory *inventory;
	struct thermo_sensor *sensor;
	int err = 0;

	inventory = thermo_inventory(genl_info_net(info));
	mutex_lock(&inventory->lock);
	sensor = xa_load(&inventory->sensors, req->id);
	if (sensor) {
		thermo_remove(sensor);
		thermo_announce(sensor, thermo_sensor_del_ntf_send);
		kfree_rcu(sensor, rcu);
	} else {
		err = genlc_refuse_attr(info, THERMO_A_SENSOR_ID, -ENOENT,
					"no such sensor");
	}
	mutex_unlock(&inventory->lock);
	return err;
}

int thermo_sensor_get(struct genl_info *info,
		      const struct thermo_sensor_get_req *req,
		      struct genlc_reply *reply)
{
	struct thermo_inventory *inventory;
	struct thermo_sensor *sensor;
	int err;

	inventory = thermo_inventory(genl_info_net(info));
	rcu_read_lock();
	sensor = xa_load(&inventory->sensors, req->id);
	if (sensor) {
		spin_lock_bh(&sensor->lock);
		err = thermo_sensor_get_reply(reply, &sensor->state,
					      GFP_ATOMIC);
		spin_unlock_bh(&sensor->lock);
	} else {
		err = genlc_refuse_attr(info, THERMO_A_SENSOR_ID, -ENOENT,
					"no such sensor");
	}
	rcu_read_unlock();
	return err;
}

/* Whether a dump asks for a sensor: of that kind, with all those features. */
static bool thermo_wanted(const struct thermo_sensor *sensor,
			  const struct thermo_sensor_get_dump_req *req)
{
	if (req->has.kind && sensor->state.kind != req->kind)
		return false;
	return (sensor->state.features & req->features) == req->features;
}

int thermo_sensor_get_dump(struct genlc_dump *dump,
			   const struct thermo_sensor_get_dump_req *req)
{
	struct thermo_inventory *inventory;
	struct thermo_sensor *sensor;
	int err = 0;

	inventory = thermo_inventory(genlc_dump_net(dump));
	genlc_dump_watch(dump, &inventory->generation);
	rcu_read_lock();
	xa_for_each_start(&inventory->sensors, dump->cursor, sensor,
			  dump->cursor) {
		spin_lock_bh(&sensor->lock);
		if (thermo_wanted(sensor, req))
			err = thermo_sensor_get_dump_put(dump, &sensor->state);
		spin_unlock_bh(&sensor->lock);
		if (err)
			break;
	}
	rcu_read_unlock();
	return err;
}

/* Start and end */

static int __net_init thermo_net_init(struct net *net)
{
	struct thermo_inventory *inventory = thermo_inventory(net);

	hash_init(inventory->labels);
	mutex_init(&inventory->lock);
	xa_init_flags(&inventory->sensors, XA_FLAGS_ALLOC1);
	inventory->net = net;
	return 0;
}

static void __net_exit thermo_net_exit(struct net *net)
{
	struct thermo_inventory *inventory = thermo_inventory(net);
	struct thermo_sensor *sensor;
	unsigned long id;

	mutex_lock(&inventory->lock);
	xa_for_each(&inventory->sensors, id, sensor) {
		thermo_remove(sensor);
		kfree_rcu(sensor, rcu);
	}
	mutex_unlock(&inventory->lock);
	xa_destroy(&inventory->sensors);
}

static struct pernet_operations thermo_net_ops = {
	.init = thermo_net_init,
	.exit = thermo_net_exit,
	.id = &thermo_net_id,
	.size = sizeof(struct thermo_inventory),
};

int thermo_start(void)
{
	return register_pernet_subsys(&thermo_net_ops);
}

void thermo_stop(void)
{
	unregister_pernet_subsys(&thermo_net_ops);
}
