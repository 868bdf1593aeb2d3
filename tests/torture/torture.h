/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* What the sources of the module share. */
#ifndef _TORTURE_H
#define _TORTURE_H

#include "torture_nl.h"

/* Waits for what the last alarm was sent from. */
void torture_alarms_stop(void);

#endif /* _TORTURE_H */
