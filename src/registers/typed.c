// SPDX-License-Identifier: Apache-2.0
#include "registers/typed.h"

#include "registers/typed.sql.h"

bool risk_put(Context *c, int64_t item, const Values *v) {
  return sql_risk_put(c, (SqlRiskPut){
                             .item = item,
                             .asset = value_text(v, RISK_ASSET),
                             .threat = value_text(v, RISK_THREAT),
                             .vulnerability = value_text(v, RISK_VULNERABILITY),
                             .likelihood = value_number(v, RISK_LIKELIHOOD),
                             .impact = value_number(v, RISK_IMPACT),
                             .impact_financial = value_number(v, RISK_IMPACT_FINANCIAL),
                             .impact_operational = value_number(v, RISK_IMPACT_OPERATIONAL),
                             .impact_reputational = value_number(v, RISK_IMPACT_REPUTATIONAL),
                             .impact_legal = value_number(v, RISK_IMPACT_LEGAL),
                             .impact_safety = value_number(v, RISK_IMPACT_SAFETY),
                             .inherent_score = value_number(v, RISK_INHERENT_SCORE),
                             .inherent_level = value_text(v, RISK_INHERENT_LEVEL),
                             .controls = value_text(v, RISK_CONTROLS),
                             .residual_likelihood = value_number(v, RISK_RESIDUAL_LIKELIHOOD),
                             .residual_impact = value_number(v, RISK_RESIDUAL_IMPACT),
                             .residual_score = value_number(v, RISK_RESIDUAL_SCORE),
                             .residual_level = value_text(v, RISK_RESIDUAL_LEVEL),
                             .treatment = value_text(v, RISK_TREATMENT),
                         }) >= 0;
}

bool risk_get(Context *c, int64_t item, Values *v) {
  SqlRiskGetRow row;
  if (!sql_risk_get(c, (SqlRiskGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, RISK_ASSET, row.asset);
  values_set_text(v, RISK_THREAT, row.threat);
  values_set_text(v, RISK_VULNERABILITY, row.vulnerability);
  values_set_number(c->arena, v, RISK_LIKELIHOOD, row.likelihood);
  values_set_number(c->arena, v, RISK_IMPACT, row.impact);
  values_set_number(c->arena, v, RISK_IMPACT_FINANCIAL, row.impact_financial);
  values_set_number(c->arena, v, RISK_IMPACT_OPERATIONAL, row.impact_operational);
  values_set_number(c->arena, v, RISK_IMPACT_REPUTATIONAL, row.impact_reputational);
  values_set_number(c->arena, v, RISK_IMPACT_LEGAL, row.impact_legal);
  values_set_number(c->arena, v, RISK_IMPACT_SAFETY, row.impact_safety);
  values_set_number(c->arena, v, RISK_INHERENT_SCORE, row.inherent_score);
  values_set_text(v, RISK_INHERENT_LEVEL, row.inherent_level);
  values_set_text(v, RISK_CONTROLS, row.controls);
  values_set_number(c->arena, v, RISK_RESIDUAL_LIKELIHOOD, row.residual_likelihood);
  values_set_number(c->arena, v, RISK_RESIDUAL_IMPACT, row.residual_impact);
  values_set_number(c->arena, v, RISK_RESIDUAL_SCORE, row.residual_score);
  values_set_text(v, RISK_RESIDUAL_LEVEL, row.residual_level);
  values_set_text(v, RISK_TREATMENT, row.treatment);
  return context_ok(c);
}

bool control_put(Context *c, int64_t item, const Values *v) {
  return sql_control_put(c, (SqlControlPut){
                                .item = item,
                                .theme = value_text(v, CONTROL_THEME),
                                .applicable = value_number(v, CONTROL_APPLICABLE),
                                .justification = value_text(v, CONTROL_JUSTIFICATION),
                                .reference = value_text(v, CONTROL_REFERENCE),
                            }) >= 0;
}

bool control_get(Context *c, int64_t item, Values *v) {
  SqlControlGetRow row;
  if (!sql_control_get(c, (SqlControlGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, CONTROL_THEME, row.theme);
  values_set_yes_no(v, CONTROL_APPLICABLE, row.applicable);
  values_set_text(v, CONTROL_JUSTIFICATION, row.justification);
  values_set_text(v, CONTROL_REFERENCE, row.reference);
  return context_ok(c);
}

bool supplier_put(Context *c, int64_t item, const Values *v) {
  return sql_supplier_put(c, (SqlSupplierPut){
                                 .item = item,
                                 .service = value_text(v, SUPPLIER_SERVICE),
                                 .category = value_text(v, SUPPLIER_CATEGORY),
                                 .criticality = value_text(v, SUPPLIER_CRITICALITY),
                                 .data_accessed = value_text(v, SUPPLIER_DATA_ACCESSED),
                                 .location = value_text(v, SUPPLIER_LOCATION),
                                 .contract_start = value_date(v, SUPPLIER_CONTRACT_START),
                                 .contract_end = value_date(v, SUPPLIER_CONTRACT_END),
                                 .dpa_signed = value_text(v, SUPPLIER_DPA_SIGNED),
                                 .certifications = value_text(v, SUPPLIER_CERTIFICATIONS),
                                 .review_result = value_text(v, SUPPLIER_REVIEW_RESULT),
                             }) >= 0;
}

bool supplier_get(Context *c, int64_t item, Values *v) {
  SqlSupplierGetRow row;
  if (!sql_supplier_get(c, (SqlSupplierGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, SUPPLIER_SERVICE, row.service);
  values_set_text(v, SUPPLIER_CATEGORY, row.category);
  values_set_text(v, SUPPLIER_CRITICALITY, row.criticality);
  values_set_text(v, SUPPLIER_DATA_ACCESSED, row.data_accessed);
  values_set_text(v, SUPPLIER_LOCATION, row.location);
  values_set_date(c->arena, v, SUPPLIER_CONTRACT_START, row.contract_start);
  values_set_date(c->arena, v, SUPPLIER_CONTRACT_END, row.contract_end);
  values_set_text(v, SUPPLIER_DPA_SIGNED, row.dpa_signed);
  values_set_text(v, SUPPLIER_CERTIFICATIONS, row.certifications);
  values_set_text(v, SUPPLIER_REVIEW_RESULT, row.review_result);
  return context_ok(c);
}

bool asset_put(Context *c, int64_t item, const Values *v) {
  return sql_asset_put(c, (SqlAssetPut){
                              .item = item,
                              .type = value_text(v, ASSET_TYPE),
                              .category = value_text(v, ASSET_CATEGORY),
                              .custodian = value_text(v, ASSET_CUSTODIAN),
                              .location = value_text(v, ASSET_LOCATION),
                              .classification = value_text(v, ASSET_CLASSIFICATION),
                              .criticality = value_text(v, ASSET_CRITICALITY),
                              .environment = value_text(v, ASSET_ENVIRONMENT),
                          }) >= 0;
}

bool asset_get(Context *c, int64_t item, Values *v) {
  SqlAssetGetRow row;
  if (!sql_asset_get(c, (SqlAssetGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, ASSET_TYPE, row.type);
  values_set_text(v, ASSET_CATEGORY, row.category);
  values_set_text(v, ASSET_CUSTODIAN, row.custodian);
  values_set_text(v, ASSET_LOCATION, row.location);
  values_set_text(v, ASSET_CLASSIFICATION, row.classification);
  values_set_text(v, ASSET_CRITICALITY, row.criticality);
  values_set_text(v, ASSET_ENVIRONMENT, row.environment);
  return context_ok(c);
}

bool interested_party_put(Context *c, int64_t item, const Values *v) {
  return sql_interested_party_put(c, (SqlInterestedPartyPut){
                                         .item = item,
                                         .category = value_text(v, PARTY_CATEGORY),
                                         .need = value_text(v, PARTY_NEED),
                                         .requirement = value_text(v, PARTY_REQUIREMENT),
                                         .source = value_text(v, PARTY_SOURCE),
                                         .priority = value_text(v, PARTY_PRIORITY),
                                         .covered_by = value_text(v, PARTY_COVERED_BY),
                                     }) >= 0;
}

bool interested_party_get(Context *c, int64_t item, Values *v) {
  SqlInterestedPartyGetRow row;
  if (!sql_interested_party_get(c, (SqlInterestedPartyGet){.item = item}, &row))
    return context_ok(c);
  values_set_text(v, PARTY_CATEGORY, row.category);
  values_set_text(v, PARTY_NEED, row.need);
  values_set_text(v, PARTY_REQUIREMENT, row.requirement);
  values_set_text(v, PARTY_SOURCE, row.source);
  values_set_text(v, PARTY_PRIORITY, row.priority);
  values_set_text(v, PARTY_COVERED_BY, row.covered_by);
  return context_ok(c);
}

bool communication_need_put(Context *c, int64_t item, const Values *v) {
  return sql_communication_need_put(c, (SqlCommunicationNeedPut){
                                           .item = item,
                                           .category = value_text(v, COMMUNICATION_CATEGORY),
                                           .interest = value_text(v, COMMUNICATION_INTEREST),
                                           .content = value_text(v, COMMUNICATION_CONTENT),
                                           .channel = value_text(v, COMMUNICATION_CHANNEL),
                                           .frequency = value_text(v, COMMUNICATION_FREQUENCY),
                                           .language = value_text(v, COMMUNICATION_LANGUAGE),
                                       }) >= 0;
}

bool communication_need_get(Context *c, int64_t item, Values *v) {
  SqlCommunicationNeedGetRow row;
  if (!sql_communication_need_get(c, (SqlCommunicationNeedGet){.item = item}, &row))
    return context_ok(c);
  values_set_text(v, COMMUNICATION_CATEGORY, row.category);
  values_set_text(v, COMMUNICATION_INTEREST, row.interest);
  values_set_text(v, COMMUNICATION_CONTENT, row.content);
  values_set_text(v, COMMUNICATION_CHANNEL, row.channel);
  values_set_text(v, COMMUNICATION_FREQUENCY, row.frequency);
  values_set_text(v, COMMUNICATION_LANGUAGE, row.language);
  return context_ok(c);
}

bool objective_put(Context *c, int64_t item, const Values *v) {
  return sql_objective_put(c, (SqlObjectivePut){
                                  .item = item,
                                  .clause = value_text(v, OBJECTIVE_CLAUSE),
                                  .metric = value_text(v, OBJECTIVE_METRIC),
                                  .baseline = value_text(v, OBJECTIVE_BASELINE),
                                  .target = value_text(v, OBJECTIVE_TARGET),
                                  .frequency = value_text(v, OBJECTIVE_FREQUENCY),
                                  .current_value = value_text(v, OBJECTIVE_CURRENT_VALUE),
                                  .action = value_text(v, OBJECTIVE_ACTION),
                              }) >= 0;
}

bool objective_get(Context *c, int64_t item, Values *v) {
  SqlObjectiveGetRow row;
  if (!sql_objective_get(c, (SqlObjectiveGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, OBJECTIVE_CLAUSE, row.clause);
  values_set_text(v, OBJECTIVE_METRIC, row.metric);
  values_set_text(v, OBJECTIVE_BASELINE, row.baseline);
  values_set_text(v, OBJECTIVE_TARGET, row.target);
  values_set_text(v, OBJECTIVE_FREQUENCY, row.frequency);
  values_set_text(v, OBJECTIVE_CURRENT_VALUE, row.current_value);
  values_set_text(v, OBJECTIVE_ACTION, row.action);
  return context_ok(c);
}

bool document_put(Context *c, int64_t item, const Values *v) {
  return sql_document_put(c, (SqlDocumentPut){
                                 .item = item,
                                 .type = value_text(v, DOCUMENT_TYPE),
                                 .approver = value_text(v, DOCUMENT_APPROVER),
                                 .edition = value_text(v, DOCUMENT_EDITION),
                                 .effective = value_date(v, DOCUMENT_EFFECTIVE),
                                 .classification = value_text(v, DOCUMENT_CLASSIFICATION),
                                 .distribution = value_text(v, DOCUMENT_DISTRIBUTION),
                                 .body = value_text(v, DOCUMENT_BODY),
                             }) >= 0;
}

bool document_get(Context *c, int64_t item, Values *v) {
  SqlDocumentGetRow row;
  if (!sql_document_get(c, (SqlDocumentGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, DOCUMENT_TYPE, row.type);
  values_set_text(v, DOCUMENT_APPROVER, row.approver);
  values_set_text(v, DOCUMENT_EDITION, row.edition);
  values_set_date(c->arena, v, DOCUMENT_EFFECTIVE, row.effective);
  values_set_text(v, DOCUMENT_CLASSIFICATION, row.classification);
  values_set_text(v, DOCUMENT_DISTRIBUTION, row.distribution);
  values_set_text(v, DOCUMENT_BODY, row.body);
  return context_ok(c);
}

bool planned_event_put(Context *c, int64_t item, const Values *v) {
  return sql_planned_event_put(c, (SqlPlannedEventPut){
                                      .item = item,
                                      .type = value_text(v, EVENT_TYPE),
                                      .planned = value_date(v, EVENT_PLANNED),
                                      .effort = value_text(v, EVENT_EFFORT),
                                      .participants = value_text(v, EVENT_PARTICIPANTS),
                                      .observer = value_text(v, EVENT_OBSERVER),
                                      .result = value_text(v, EVENT_RESULT),
                                  }) >= 0;
}

bool planned_event_get(Context *c, int64_t item, Values *v) {
  SqlPlannedEventGetRow row;
  if (!sql_planned_event_get(c, (SqlPlannedEventGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, EVENT_TYPE, row.type);
  values_set_date(c->arena, v, EVENT_PLANNED, row.planned);
  values_set_text(v, EVENT_EFFORT, row.effort);
  values_set_text(v, EVENT_PARTICIPANTS, row.participants);
  values_set_text(v, EVENT_OBSERVER, row.observer);
  values_set_text(v, EVENT_RESULT, row.result);
  return context_ok(c);
}

bool training_record_put(Context *c, int64_t item, const Values *v) {
  return sql_training_record_put(c, (SqlTrainingRecordPut){
                                        .item = item,
                                        .role = value_text(v, TRAINING_ROLE),
                                        .type = value_text(v, TRAINING_TYPE),
                                        .due = value_date(v, TRAINING_DUE),
                                        .completed = value_date(v, TRAINING_COMPLETED),
                                        .evidence = value_text(v, TRAINING_EVIDENCE),
                                    }) >= 0;
}

bool training_record_get(Context *c, int64_t item, Values *v) {
  SqlTrainingRecordGetRow row;
  if (!sql_training_record_get(c, (SqlTrainingRecordGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, TRAINING_ROLE, row.role);
  values_set_text(v, TRAINING_TYPE, row.type);
  values_set_date(c->arena, v, TRAINING_DUE, row.due);
  values_set_date(c->arena, v, TRAINING_COMPLETED, row.completed);
  values_set_text(v, TRAINING_EVIDENCE, row.evidence);
  return context_ok(c);
}

bool competence_put(Context *c, int64_t item, const Values *v) {
  return sql_competence_put(c, (SqlCompetencePut){
                                   .item = item,
                                   .role = value_text(v, COMPETENCE_ROLE),
                                   .level = value_text(v, COMPETENCE_LEVEL),
                                   .source = value_text(v, COMPETENCE_SOURCE),
                                   .mandatory = value_text(v, COMPETENCE_MANDATORY),
                                   .months = value_number(v, COMPETENCE_MONTHS),
                               }) >= 0;
}

bool competence_get(Context *c, int64_t item, Values *v) {
  SqlCompetenceGetRow row;
  if (!sql_competence_get(c, (SqlCompetenceGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, COMPETENCE_ROLE, row.role);
  values_set_text(v, COMPETENCE_LEVEL, row.level);
  values_set_text(v, COMPETENCE_SOURCE, row.source);
  values_set_text(v, COMPETENCE_MANDATORY, row.mandatory);
  values_set_number(c->arena, v, COMPETENCE_MONTHS, row.months);
  return context_ok(c);
}
