// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* What thermo does. genlc has written this file once; it is yours. */

#include "thermo_nl.h"

/* Before the first request can arrive; an error keeps the module out. */
int thermo_start(void)
{
	return 0;
}

/* After the last. */
void thermo_stop(void)
{
}

/* sensor-new: Create a sensor and answer its number. */
int thermo_sensor_new(struct genl_info *info,
		      const struct thermo_sensor_new_req *req,
		      struct genlc_reply *reply)
{
	return -EOPNOTSUPP;
}

/*
 * sensor-set: Change a sensor. What is not given stays as it is; thresholds,
 * where given, replace the old ones.
 */
int thermo_sensor_set(struct genl_info *info,
		      const struct thermo_sensor_set_req *req)
{
	return -EOPNOTSUPP;
}

/* sensor-del: Remove a sensor. */
int thermo_sensor_del(struct genl_info *info,
		      const struct thermo_sensor_del_req *req)
{
	return -EOPNOTSUPP;
}

/* sensor-get: Get one sensor, or dump all of them or those of one kind. */
int thermo_sensor_get(struct genl_info *info,
		      const struct thermo_sensor_get_req *req,
		      struct genlc_reply *reply)
{
	return -EOPNOTSUPP;
}

int thermo_sensor_get_dump(struct genlc_dump *dump,
			   const struct thermo_sensor_get_dump_req *req)
{
	return -EOPNOTSUPP;
}
