// SPDX-License-Identifier: Apache-2.0
// What each known kind of register holds beyond the common fields; one table each. A Values is
// filled by field number: the common ones of kinds.h first, then these in the kind's own order.
#ifndef DAYBOOK_TYPED_H
#define DAYBOOK_TYPED_H

#include "registers/kinds.h"

typedef enum RiskField {
  RISK_ASSET = COMMON_COUNT,
  RISK_THREAT,
  RISK_VULNERABILITY,
  RISK_LIKELIHOOD,
  RISK_IMPACT,
  RISK_IMPACT_FINANCIAL,
  RISK_IMPACT_OPERATIONAL,
  RISK_IMPACT_REPUTATIONAL,
  RISK_IMPACT_LEGAL,
  RISK_IMPACT_SAFETY,
  RISK_INHERENT_SCORE,
  RISK_INHERENT_LEVEL,
  RISK_CONTROLS,
  RISK_RESIDUAL_LIKELIHOOD,
  RISK_RESIDUAL_IMPACT,
  RISK_RESIDUAL_SCORE,
  RISK_RESIDUAL_LEVEL,
  RISK_TREATMENT,
  RISK_FIELD_COUNT
} RiskField;

typedef enum ControlField {
  CONTROL_THEME = COMMON_COUNT,
  CONTROL_APPLICABLE,
  CONTROL_JUSTIFICATION,
  CONTROL_REFERENCE,
  CONTROL_FIELD_COUNT
} ControlField;

typedef enum ControlTextField {
  CONTROL_TEXT_SET = COMMON_COUNT,
  CONTROL_TEXT_THEME,
  CONTROL_TEXT_ASK,
  CONTROL_TEXT_LOOK,
  CONTROL_TEXT_TAKE,
  CONTROL_TEXT_FIELD_COUNT
} ControlTextField;

typedef enum SupplierField {
  SUPPLIER_SERVICE = COMMON_COUNT,
  SUPPLIER_CATEGORY,
  SUPPLIER_CRITICALITY,
  SUPPLIER_DATA_ACCESSED,
  SUPPLIER_LOCATION,
  SUPPLIER_CONTRACT_START,
  SUPPLIER_CONTRACT_END,
  SUPPLIER_DPA_SIGNED,
  SUPPLIER_CERTIFICATIONS,
  SUPPLIER_REVIEW_RESULT,
  SUPPLIER_FIELD_COUNT
} SupplierField;

typedef enum AssetField {
  ASSET_TYPE = COMMON_COUNT,
  ASSET_CATEGORY,
  ASSET_CUSTODIAN,
  ASSET_LOCATION,
  ASSET_CLASSIFICATION,
  ASSET_CRITICALITY,
  ASSET_ENVIRONMENT,
  ASSET_FIELD_COUNT
} AssetField;

typedef enum InterestedPartyField {
  PARTY_CATEGORY = COMMON_COUNT,
  PARTY_NEED,
  PARTY_REQUIREMENT,
  PARTY_SOURCE,
  PARTY_PRIORITY,
  PARTY_COVERED_BY,
  PARTY_FIELD_COUNT
} InterestedPartyField;

typedef enum CommunicationNeedField {
  COMMUNICATION_CATEGORY = COMMON_COUNT,
  COMMUNICATION_INTEREST,
  COMMUNICATION_CONTENT,
  COMMUNICATION_CHANNEL,
  COMMUNICATION_FREQUENCY,
  COMMUNICATION_LANGUAGE,
  COMMUNICATION_FIELD_COUNT
} CommunicationNeedField;

typedef enum ObjectiveField {
  OBJECTIVE_CLAUSE = COMMON_COUNT,
  OBJECTIVE_METRIC,
  OBJECTIVE_BASELINE,
  OBJECTIVE_TARGET,
  OBJECTIVE_FREQUENCY,
  OBJECTIVE_CURRENT_VALUE,
  OBJECTIVE_ACTION,
  OBJECTIVE_FIELD_COUNT
} ObjectiveField;

typedef enum DocumentField {
  DOCUMENT_TYPE = COMMON_COUNT,
  DOCUMENT_APPROVER,
  DOCUMENT_EDITION,
  DOCUMENT_EFFECTIVE,
  DOCUMENT_CLASSIFICATION,
  DOCUMENT_DISTRIBUTION,
  DOCUMENT_BODY,
  DOCUMENT_FIELD_COUNT
} DocumentField;

typedef enum PlannedEventField {
  EVENT_TYPE = COMMON_COUNT,
  EVENT_PLANNED,
  EVENT_EFFORT,
  EVENT_PARTICIPANTS,
  EVENT_OBSERVER,
  EVENT_RESULT,
  EVENT_FIELD_COUNT
} PlannedEventField;

typedef enum TrainingRecordField {
  TRAINING_ROLE = COMMON_COUNT,
  TRAINING_TYPE,
  TRAINING_DUE,
  TRAINING_COMPLETED,
  TRAINING_EVIDENCE,
  TRAINING_FIELD_COUNT
} TrainingRecordField;

typedef enum CompetenceField {
  COMPETENCE_ROLE = COMMON_COUNT,
  COMPETENCE_LEVEL,
  COMPETENCE_SOURCE,
  COMPETENCE_MANDATORY,
  COMPETENCE_MONTHS,
  COMPETENCE_FIELD_COUNT
} CompetenceField;

typedef enum IssueField {
  ISSUE_SIDE = COMMON_COUNT,
  ISSUE_CLIMATE,
  ISSUE_EFFECT,
  ISSUE_RESPONSE,
  ISSUE_FIELD_COUNT
} IssueField;

// Each *_put writes the item's row (anew or over the old one), each *_get reads it.
bool risk_put(Context *c, int64_t item, const Values *v);
bool risk_get(Context *c, int64_t item, Values *v);
bool control_put(Context *c, int64_t item, const Values *v);
bool control_get(Context *c, int64_t item, Values *v);
bool control_text_put(Context *c, int64_t item, const Values *v);
bool control_text_get(Context *c, int64_t item, Values *v);
bool supplier_put(Context *c, int64_t item, const Values *v);
bool supplier_get(Context *c, int64_t item, Values *v);
bool asset_put(Context *c, int64_t item, const Values *v);
bool asset_get(Context *c, int64_t item, Values *v);
bool interested_party_put(Context *c, int64_t item, const Values *v);
bool interested_party_get(Context *c, int64_t item, Values *v);
bool issue_put(Context *c, int64_t item, const Values *v);
bool issue_get(Context *c, int64_t item, Values *v);
bool communication_need_put(Context *c, int64_t item, const Values *v);
bool communication_need_get(Context *c, int64_t item, Values *v);
bool objective_put(Context *c, int64_t item, const Values *v);
bool objective_get(Context *c, int64_t item, Values *v);
bool document_put(Context *c, int64_t item, const Values *v);
bool document_get(Context *c, int64_t item, Values *v);
bool planned_event_put(Context *c, int64_t item, const Values *v);
bool planned_event_get(Context *c, int64_t item, Values *v);
bool training_record_put(Context *c, int64_t item, const Values *v);
bool training_record_get(Context *c, int64_t item, Values *v);
bool competence_put(Context *c, int64_t item, const Values *v);
bool competence_get(Context *c, int64_t item, Values *v);

#endif
