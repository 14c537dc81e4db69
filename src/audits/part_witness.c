// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares of an audit's parts: team, exceptions, auditees, scope, timetable,
// samples, reports and who they were issued to.
#include "audits/audit_witness.h"

#include "audits/part_witness.sql.h"

#include <inttypes.h>

#define VALUES(...)                                                                                \
  (const char *const[]){__VA_ARGS__},                                                              \
      sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)

// ---- team ----

#define TEAM "audit.member_added audit.member_left"
static const WitnessColumn member_columns[] = {
    {.name = "part", .actions = "audit.member_added"},
    {.name = "outside", .actions = "audit.member_added"},
    {.name = "worked_until", .actions = "audit.member_added"}};
static const WitnessColumn left_columns[] = {
    {.name = "left_reason", .word = "reason", .actions = "audit.member_left"}};

static PartRows members(Context *c, int64_t first, int64_t last) {
  SqlAuditPartMembersRows all = sql_audit_part_members(c, (SqlAuditPartMembers){first, last, true});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++) {
    const SqlAuditPartMembersRow *m = &all.items[i];
    rows.items[i] = part_row(c, m->audit, m->person, VALUES(m->part, m->outside, m->worked_until));
  }
  return rows;
}

static PartRows former_members(Context *c, int64_t first, int64_t last) {
  SqlAuditPartMembersRows all =
      sql_audit_part_members(c, (SqlAuditPartMembers){first, last, false});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++)
    rows.items[i] =
        part_row(c, all.items[i].audit, all.items[i].person, VALUES(all.items[i].left_reason));
  return rows;
}

const PartWitness audit_member_witness = {.kind = "audit",
                                          .part = "member of the team",
                                          .key = "person",
                                          .actions = TEAM,
                                          .removed = "audit.member_left",
                                          .columns = member_columns,
                                          .column_count = COUNT_OF(member_columns),
                                          .rows = members};
const PartWitness audit_left_witness = {.kind = "audit",
                                        .part = "former member of the team",
                                        .key = "person",
                                        .actions = TEAM,
                                        .removed = "audit.member_added",
                                        .columns = left_columns,
                                        .column_count = COUNT_OF(left_columns),
                                        .rows = former_members};

// ---- exceptions and auditees ----

static const WitnessColumn waiver_columns[] = {{.name = "person"},
                                               {.name = "area"},
                                               {.name = "reason"},
                                               {.name = "approved_by"},
                                               {.name = "confirmed"}};

static PartRows waivers(Context *c, int64_t first, int64_t last) {
  SqlAuditPartWaiversRows all = sql_audit_part_waivers(c, (SqlAuditPartWaivers){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++) {
    const SqlAuditPartWaiversRow *w = &all.items[i];
    rows.items[i] =
        part_row(c, w->audit, w->id,
                 VALUES(witness_number(c, w->person), witness_number(c, w->area), w->reason,
                        witness_number(c, w->approved_by), w->confirmed ? "1" : "0"));
    rows.items[i].unsaid = w->unsaid; // it came along with the programme's
  }
  return rows;
}

const PartWitness audit_waiver_witness = {.kind = "audit",
                                          .part = "exception",
                                          .key = "waiver",
                                          .actions =
                                              "audit.exception_recorded audit.exception_confirmed",
                                          .columns = waiver_columns,
                                          .column_count = COUNT_OF(waiver_columns),
                                          .rows = waivers};

static const WitnessColumn auditee_columns[] = {{.name = "part"}};

static PartRows auditees(Context *c, int64_t first, int64_t last) {
  SqlAuditPartAuditeesRows all = sql_audit_part_auditees(c, (SqlAuditPartAuditees){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++)
    rows.items[i] = part_row(c, all.items[i].audit, all.items[i].person, VALUES(all.items[i].part));
  return rows;
}

const PartWitness audit_auditee_witness = {.kind = "audit",
                                           .part = "auditee",
                                           .key = "person",
                                           .actions = "audit.auditee_added audit.auditee_removed",
                                           .removed = "audit.auditee_removed",
                                           .columns = auditee_columns,
                                           .column_count = COUNT_OF(auditee_columns),
                                           .rows = auditees};

// ---- scope, timetable, samples ----

static const WitnessColumn area_columns[] = {{.name = "kind"},
                                             {.name = "ref"},
                                             {.name = "title", .word = "area_title"},
                                             {.name = "owner_person"},
                                             {.name = "owner_position"},
                                             {.name = "operator_person"},
                                             {.name = "operator_position"}};

static PartRows areas(Context *c, int64_t first, int64_t last) {
  SqlAuditPartAreasRows all = sql_audit_part_areas(c, (SqlAuditPartAreas){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++) {
    const SqlAuditPartAreasRow *r = &all.items[i];
    rows.items[i] =
        part_row(c, r->audit, r->id,
                 VALUES(r->kind, r->ref, r->title, witness_number(c, r->owner_person),
                        witness_number(c, r->owner_position), witness_number(c, r->operator_person),
                        witness_number(c, r->operator_position)));
  }
  return rows;
}

const PartWitness audit_area_witness = {
    .kind = "audit",
    .part = "area",
    .key = "area",
    .actions = "audit.area_added audit.area_changed audit.area_removed",
    .removed = "audit.area_removed",
    .columns = area_columns,
    .column_count = COUNT_OF(area_columns),
    .rows = areas};

static const WitnessColumn slot_columns[] = {{.name = "on_day", .word = "on"},
                                             {.name = "at_time", .word = "at_time"},
                                             {.name = "what"},
                                             {.name = "who"}};

static PartRows slots(Context *c, int64_t first, int64_t last) {
  SqlAuditPartSlotsRows all = sql_audit_part_slots(c, (SqlAuditPartSlots){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++) {
    const SqlAuditPartSlotsRow *t = &all.items[i];
    rows.items[i] = part_row(c, t->audit, t->id, VALUES(t->on_day, t->at_time, t->what, t->who));
  }
  return rows;
}

const PartWitness audit_slot_witness = {.kind = "audit",
                                        .part = "line of the timetable",
                                        .key = "slot",
                                        .actions = "audit.slot_added audit.slot_removed",
                                        .removed = "audit.slot_removed",
                                        .columns = slot_columns,
                                        .column_count = COUNT_OF(slot_columns),
                                        .rows = slots};

static const WitnessColumn sample_columns[] = {{.name = "how"},
                                               {.name = "size_of_it", .word = "population"},
                                               {.name = "size"},
                                               {.name = "seed"},
                                               {.name = "drawn"}};

static PartRows samples(Context *c, int64_t first, int64_t last) {
  SqlAuditPartSamplesRows all = sql_audit_part_samples(c, (SqlAuditPartSamples){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++) {
    const SqlAuditPartSamplesRow *s = &all.items[i];
    rows.items[i] =
        part_row(c, s->audit, s->id,
                 VALUES(s->how, witness_number(c, s->size_of_it), witness_number(c, s->size),
                        witness_number(c, s->seed), s->drawn));
  }
  return rows;
}

const PartWitness audit_sample_witness = {.kind = "audit",
                                          .part = "sample",
                                          .key = "sample",
                                          .actions = "audit.sample_taken",
                                          .columns = sample_columns,
                                          .column_count = COUNT_OF(sample_columns),
                                          .rows = samples};

// ---- reports ----

static const WitnessColumn report_columns[] = {
    {.name = "hash", .word = "report_hash"}, {.name = "recipients"}, {.name = "people"}};

// "3 7 9": whoever a report was issued to, as its entry says.
static const char *people_of(Context *c, const SqlAuditPartRecipientsRows *all, size_t *at,
                             const SqlAuditPartReportsRow *report) {
  Text people;
  text_init(&people, c->arena);
  for (; *at < all->count && all->items[*at].audit == report->audit &&
         all->items[*at].number == report->number;
       ++*at)
    text_add_format(&people, "%s%" PRId64, people.length > 0 ? " " : "", all->items[*at].person);
  return people.data;
}

static PartRows reports(Context *c, int64_t first, int64_t last) {
  SqlAuditPartReportsRows all = sql_audit_part_reports(c, (SqlAuditPartReports){first, last});
  SqlAuditPartRecipientsRows people =
      sql_audit_part_recipients(c, (SqlAuditPartRecipients){first, last});
  PartRows rows = part_rows(c, all.count);
  size_t at = 0;
  for (size_t i = 0; i < all.count; i++) {
    const SqlAuditPartReportsRow *e = &all.items[i];
    rows.items[i] =
        part_row(c, e->audit, e->number,
                 VALUES(e->hash, witness_number(c, e->recipients), people_of(c, &people, &at, e)));
  }
  return rows;
}

const PartWitness audit_report_witness = {.kind = "audit",
                                          .part = "report",
                                          .key = "number",
                                          .actions = "audit.report_issued",
                                          .columns = report_columns,
                                          .column_count = COUNT_OF(report_columns),
                                          .rows = reports};
