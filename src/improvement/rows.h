// SPDX-License-Identifier: Apache-2.0
// What files tell of findings and incidents: register items
// with a table of their own each. A finding's own life is in improvement.h.
#ifndef DAYBOOK_IMPROVEMENT_ROWS_H
#define DAYBOOK_IMPROVEMENT_ROWS_H

#include "registers/kinds.h"

typedef enum FindingField {
  FINDING_SOURCE = COMMON_COUNT,
  FINDING_CLASSIFICATION,
  FINDING_RAISED,
  FINDING_CAUSE,
  FINDING_CORRECTION,
  FINDING_ACTION,
  FINDING_DUE,
  FINDING_EFFECTIVENESS,
  FINDING_CLOSED,
  FINDING_FIELD_COUNT
} FindingField;

typedef enum IncidentField {
  INCIDENT_TYPE = COMMON_COUNT,
  INCIDENT_SEVERITY,
  INCIDENT_ASSETS,
  INCIDENT_REPORTED_BY,
  INCIDENT_REPORTED_AT,
  INCIDENT_DETECTED_BY,
  INCIDENT_DETECTION_METHOD,
  INCIDENT_RESPONSE_TEAM,
  INCIDENT_CONTAINED_AT,
  INCIDENT_RESOLVED_AT,
  INCIDENT_REPAIR_HOURS,
  INCIDENT_DATA_BREACH,
  INCIDENT_NOTIFICATION,
  INCIDENT_CAUSE,
  INCIDENT_ACTION,
  INCIDENT_FIELD_COUNT
} IncidentField;

bool finding_row_put(Context *c, int64_t item, const Values *v);
bool finding_row_get(Context *c, int64_t item, Values *v);
bool incident_put(Context *c, int64_t item, const Values *v);
bool incident_get(Context *c, int64_t item, Values *v);

#endif
