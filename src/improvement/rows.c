// SPDX-License-Identifier: Apache-2.0
#include "improvement/rows.h"

#include "improvement/import.h"
#include "improvement/rows.sql.h"

bool finding_row_put(Context *c, int64_t item, const Values *v) {
  int64_t rows = sql_finding_row_put(c, (SqlFindingRowPut){
                                            .item = item,
                                            .source = value_text(v, FINDING_SOURCE),
                                            .classification = value_text(v, FINDING_CLASSIFICATION),
                                            .raised = value_date(v, FINDING_RAISED),
                                            .cause = value_text(v, FINDING_CAUSE),
                                            .correction = value_text(v, FINDING_CORRECTION),
                                            .action = value_text(v, FINDING_ACTION),
                                            .due = value_date(v, FINDING_DUE),
                                            .effectiveness = value_text(v, FINDING_EFFECTIVENESS),
                                            .closed = value_date(v, FINDING_CLOSED),
                                        });
  return rows >= 0 && finding_from_item(c, item);
}

bool finding_row_get(Context *c, int64_t item, Values *v) {
  SqlFindingRowGetRow row;
  if (!sql_finding_row_get(c, (SqlFindingRowGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, FINDING_SOURCE, row.source);
  values_set_text(v, FINDING_CLASSIFICATION, row.classification);
  values_set_date(c->arena, v, FINDING_RAISED, row.raised);
  values_set_text(v, FINDING_CAUSE, row.cause);
  values_set_text(v, FINDING_CORRECTION, row.correction);
  values_set_text(v, FINDING_ACTION, row.action);
  values_set_date(c->arena, v, FINDING_DUE, row.due);
  values_set_text(v, FINDING_EFFECTIVENESS, row.effectiveness);
  values_set_date(c->arena, v, FINDING_CLOSED, row.closed);
  return context_ok(c);
}

bool incident_put(Context *c, int64_t item, const Values *v) {
  return sql_incident_put(c, (SqlIncidentPut){
                                 .item = item,
                                 .type = value_text(v, INCIDENT_TYPE),
                                 .severity = value_text(v, INCIDENT_SEVERITY),
                                 .assets = value_text(v, INCIDENT_ASSETS),
                                 .reported_by = value_text(v, INCIDENT_REPORTED_BY),
                                 .reported_at = value_text(v, INCIDENT_REPORTED_AT),
                                 .detected_by = value_text(v, INCIDENT_DETECTED_BY),
                                 .detection_method = value_text(v, INCIDENT_DETECTION_METHOD),
                                 .response_team = value_text(v, INCIDENT_RESPONSE_TEAM),
                                 .contained_at = value_text(v, INCIDENT_CONTAINED_AT),
                                 .resolved_at = value_text(v, INCIDENT_RESOLVED_AT),
                                 .repair_hours = value_text(v, INCIDENT_REPAIR_HOURS),
                                 .data_breach = value_text(v, INCIDENT_DATA_BREACH),
                                 .notification = value_text(v, INCIDENT_NOTIFICATION),
                                 .cause = value_text(v, INCIDENT_CAUSE),
                                 .action = value_text(v, INCIDENT_ACTION),
                             }) >= 0;
}

bool incident_get(Context *c, int64_t item, Values *v) {
  SqlIncidentGetRow row;
  if (!sql_incident_get(c, (SqlIncidentGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, INCIDENT_TYPE, row.type);
  values_set_text(v, INCIDENT_SEVERITY, row.severity);
  values_set_text(v, INCIDENT_ASSETS, row.assets);
  values_set_text(v, INCIDENT_REPORTED_BY, row.reported_by);
  values_set_text(v, INCIDENT_REPORTED_AT, row.reported_at);
  values_set_text(v, INCIDENT_DETECTED_BY, row.detected_by);
  values_set_text(v, INCIDENT_DETECTION_METHOD, row.detection_method);
  values_set_text(v, INCIDENT_RESPONSE_TEAM, row.response_team);
  values_set_text(v, INCIDENT_CONTAINED_AT, row.contained_at);
  values_set_text(v, INCIDENT_RESOLVED_AT, row.resolved_at);
  values_set_text(v, INCIDENT_REPAIR_HOURS, row.repair_hours);
  values_set_text(v, INCIDENT_DATA_BREACH, row.data_breach);
  values_set_text(v, INCIDENT_NOTIFICATION, row.notification);
  values_set_text(v, INCIDENT_CAUSE, row.cause);
  values_set_text(v, INCIDENT_ACTION, row.action);
  return context_ok(c);
}
