// SPDX-License-Identifier: Apache-2.0
// What every room declares to the ledger: whose rows `daybook verify` compares, and who hears of
// evidence.
#include "audits/audit_witness.h"
#include "audits/checklist.h"
#include "audits/programme_witness.h"
#include "diary/activity.h"
#include "diary/paper.h"
#include "diary/witness.h"
#include "improvement/finding.h"
#include "improvement/witness.h"
#include "ledger/evidence.h"
#include "ledger/witness.h"
#include "registers/measure_witness.h"
#include "registers/soa.h"
#include "reviews/witness.h"

const Witness *const witnesses[] = {&activity_witness,
                                    &decided_witness,
                                    &evidence_witness,
                                    &review_witness,
                                    &review_input_witness,
                                    &review_decision_witness,
                                    &review_document_witness,
                                    &review_effect_witness,
                                    &review_words_witness,
                                    &reading_witness,
                                    &audit_witness,
                                    &audit_item_witness,
                                    &audit_finding_witness,
                                    &soa_witness,
                                    &finding_witness,
                                    &action_witness,
                                    &finding_check_witness,
                                    &finding_exception_witness,
                                    &audit_unit_witness,
                                    &audit_auditor_witness,
                                    &audit_exception_witness,
                                    &audit_programme_witness,
                                    &audit_assignment_witness,
                                    NULL};

const PartWitness *const part_witnesses[] = {&audit_member_witness,
                                             &audit_left_witness,
                                             &audit_waiver_witness,
                                             &audit_auditee_witness,
                                             &audit_area_witness,
                                             &audit_slot_witness,
                                             &audit_sample_witness,
                                             &audit_report_witness,
                                             &finding_cause_witness,
                                             &finding_place_witness,
                                             &action_need_witness,
                                             &action_extension_witness,
                                             NULL};

const EvidenceHolder evidence_holders[] = {
    {"activity", activity_evidence_changed, activity_may_lose_evidence},
    {"register_item", paper_refresh, NULL},
    {"finding", action_evidence_changed, finding_may_lose_evidence},
    {"action", action_evidence_changed, action_may_lose_evidence},
    {"audit_item", checklist_evidence_changed, checklist_may_lose_evidence},
    {0}};
