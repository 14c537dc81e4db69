// SPDX-License-Identifier: Apache-2.0
// Audits of the demo: one of suppliers, concluded with its report and an exception that stays
// visible; one of access, under way with an auditor from outside; one that a customer held.
#include "demo/demo.h"

#include "audits/audit_work.h"
#include "audits/checklist.h"
#include "registers/soa.h"

enum { NONCONFORM_AT = 1, OBSERVED_AT = 3 };

static Date workday(Date day) {
  while (date_weekday(day) > 5) day = date_add_days(day, -1);
  return day;
}

static bool file_at(Context *c, const char *name, const char *words, const char *kind,
                    int64_t object) {
  Text body;
  text_init(&body, c->arena);
  text_add_format(&body, "Harbour Light Logistics\n%s\n", words);
  return demo_file(c, name, &body, c->today, kind, object);
}

static bool make(Context *c, const AuditPlan *plan, const char *const *scope, int64_t *audit) {
  int64_t area;
  if (!audit_create(c, plan, audit)) return false;
  for (; *scope != NULL; scope++)
    if (!audit_area_add(c, *audit, *scope, 0, &area)) return false;
  return true;
}

static bool join(Context *c, int64_t audit, int64_t person, const char *part, const char *firm) {
  AuditMember member = {
      .audit = audit, .person = person, .part = part, .outside = firm, .worked_until = DATE_NONE};
  return audit_member_add(c, &member);
}

// The first items of a checklist, one after the other; two of them not as they should be.
static bool assess(Context *c, int64_t audit, size_t most, int64_t nonconform[1]) {
  static const char *const notes[] = {
      "The list and what runs agree; twelve entries compared.",
      "Two of five contracts have no clause about telling us of incidents.",
      "Chain followed for the tracking platform: hosting, mail, maps. All named.",
      "Reviews were held, but three of them without a date for the next.",
      "Exit plan of the platform read and understood; data could be moved in a month.",
  };
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = audit});
  for (size_t i = 0; i < items.count && i < most; i++) {
    Assessment a = {.item = items.items[i].id,
                    .result = i == NONCONFORM_AT ? RESULT_NONCONFORMITY
                              : i == OBSERVED_AT ? RESULT_OBSERVATION
                                                 : RESULT_CONFORMS,
                    .note = notes[i % COUNT_OF(notes)]};
    if (i == NONCONFORM_AT) nonconform[0] = a.item;
    const char *name = text_format(c->arena, "%s interview.txt", items.items[i].ref);
    if (!checklist_assess(c, &a) || !file_at(c, name, a.note, "audit_item", a.item)) return false;
  }
  return context_ok(c);
}

static bool find(Context *c, const AuditFinding *finding, bool agreed, const char *words) {
  int64_t id;
  return audit_finding_put(c, finding, &id) && audit_finding_answer(c, id, agreed, words);
}

static bool supplier_findings(Context *c, const Demo *demo, int64_t audit, int64_t item) {
  AuditFinding missing = {.audit = audit,
                          .item = item,
                          .grade = GRADE_MINOR,
                          .title = "Contracts without a duty to tell of incidents",
                          .criterion = "A.5.20 and our supplier rule: every contract says within "
                                       "which time we hear of an incident",
                          .evidence = "Five contracts read; those of the forwarding agent and of "
                                      "the cleaning firm say nothing",
                          .statement = "Not every supplier with access to our data is bound to "
                                       "tell us of incidents.",
                          .owner = {.person = demo->people[DEMO_FINANCE]},
                          .due = date_add_days(demo->day, 24)};
  AuditFinding dates = {.audit = audit,
                        .grade = GRADE_OBSERVATION,
                        .title = "Reviews without a next date",
                        .criterion = "A.5.22",
                        .evidence = "Three of eight review records",
                        .statement = "Where the next review is not dated, it may be forgotten.",
                        .owner = {.person = demo->people[DEMO_OPERATIONS]},
                        .due = date_add_days(demo->day, 40)};
  AuditFinding good = {.audit = audit,
                       .grade = GRADE_CONFORMITY,
                       .title = "An exit plan that somebody has read",
                       .criterion = "A.5.23",
                       .evidence = "Interview with technology; the plan is of this spring",
                       .statement = "The exit from the tracking platform was walked through on "
                                    "paper, with a timetable. Others may copy it.",
                       .due = DATE_NONE};
  return find(c, &missing, true, "Seen; two letters are on their way.") &&
         find(c, &dates, false, "The dates stand in the calendar, only not in the record.") &&
         find(c, &good, true, "");
}

static bool concluded_audit(Context *c, const Demo *demo) {
  static const char *const scope[] = {"suppliers", NULL};
  Date held = workday(date_add_days(demo->day, -33));
  AuditPlan plan = {.title = "Internal audit: suppliers and cloud services",
                    .scope = "Suppliers with access to customer data; contracts of the last two "
                             "years",
                    .due = held};
  int64_t audit, item[1] = {0}, slot;
  demo_clock(c, date_add_days(held, -16), 9);
  c->actor = demo->people[DEMO_MANAGER];
  if (!make(c, &plan, scope, &audit) || !join(c, audit, demo->people[DEMO_AUDITOR], "lead", NULL) ||
      !audit_auditee_put(c, audit, demo->people[DEMO_FINANCE], "Buys", true) ||
      !audit_auditee_put(c, audit, demo->people[DEMO_OPERATIONS], "Works with them", true) ||
      !audit_notify(c, audit))
    return false;
  AuditSlot morning = {audit, held, "09:30", "Opening, then contracts", "Finance"};
  AuditSlot noon = {audit, held, "13:30", "Reviews and the cloud services", "Operations"};
  AuditWaiver waiver = {.audit = audit,
                        .person = demo->people[DEMO_TECHNOLOGY],
                        .reason = "Nobody else here knows the platform from inside. He explains "
                                  "and judges nothing alone; the lead reads every note."};
  c->actor = demo->people[DEMO_EXECUTIVE];
  if (!audit_waive(c, &waiver) || !join(c, audit, demo->people[DEMO_TECHNOLOGY], "expert", NULL) ||
      !audit_slot_add(c, &morning, &slot) || !audit_slot_add(c, &noon, &slot))
    return false;
  demo_clock(c, held, 9);
  c->actor = demo->people[DEMO_AUDITOR];
  Sample contracts = {.audit = audit,
                      .population = "Contracts with access to our data",
                      .of = 17,
                      .size = 5,
                      .seed = 20260,
                      .how = SAMPLE_RANDOM};
  int64_t sample;
  if (!audit_start(c, audit) || !sample_take(c, &contracts, &sample) ||
      !assess(c, audit, SIZE_MAX, item) || !supplier_findings(c, demo, audit, item[0]))
    return false;
  demo_clock(c, workday(date_add_days(held, 6)), 16);
  if (!audit_summarise(c, audit,
                       "Suppliers are known, chosen with care and reviewed. Contracts lag behind "
                       "the rule in two cases; the cloud exit plan is a model.") ||
      !audit_issue(c, audit,
                   (const int64_t[]){demo->people[DEMO_EXECUTIVE], demo->people[DEMO_FINANCE]}, 2))
    return false;
  c->actor = demo->people[DEMO_EXECUTIVE];
  if (!audit_acknowledge(c, audit)) return false;
  c->actor = demo->people[DEMO_AUDITOR];
  return audit_conclude(c, audit, 0);
}

static bool running_audit(Context *c, const Demo *demo) {
  static const char *const scope[] = {"access", "9.2.1", NULL};
  AuditPlan plan = {.title = "Internal audit: access control, and our own audits",
                    .due = workday(date_add_days(demo->day, 6))};
  int64_t audit, outsider, item[1] = {0}, id;
  demo_clock(c, workday(date_add_days(demo->day, -4)), 9);
  c->actor = demo->people[DEMO_MANAGER];
  if (!make(c, &plan, scope, &audit) || !person_ensure(c, "Oskar Fenwick", NULL, &outsider) ||
      !join(c, audit, demo->people[DEMO_AUDITOR], "lead", NULL) ||
      !join(c, audit, outsider, "auditor", "Fenwick & Daughters") ||
      !audit_auditee_put(c, audit, demo->people[DEMO_TECHNOLOGY], "Gives the rights", true))
    return false;
  demo_clock(c, workday(date_add_days(demo->day, -1)), 10);
  c->actor = demo->people[DEMO_AUDITOR];
  AuditFinding leavers = {.audit = audit,
                          .grade = GRADE_MINOR,
                          .title = "Rights outlive those who left",
                          .criterion = "A.5.18: rights end with the last day of work",
                          .evidence = "Three of eight leavers of this year can still sign in to "
                                      "the tracking platform",
                          .statement = "Access is not taken away in time when people leave.",
                          .due = DATE_NONE};
  Sample who = {.audit = audit,
                .population = "Leavers since the certificate",
                .of = 31,
                .size = 8,
                .seed = 7,
                .how = SAMPLE_RANDOM};
  if (!audit_start(c, audit) || !sample_take(c, &who, &id) || !assess(c, audit, 4, item))
    return false;
  leavers.item = item[0];
  return audit_finding_put(c, &leavers, &id);
}

static bool customer_audit(Context *c, const Demo *demo) {
  static const char *const scope[] = {NULL};
  AuditPlan plan = {.kind = AUDIT_CUSTOMER,
                    .title = "Audit by Northsea Foods",
                    .body = "Northsea Foods, quality department",
                    .due = workday(date_add_days(demo->day, -70))};
  int64_t audit;
  Audit made;
  demo_clock(c, plan.due, 9);
  c->actor = demo->people[DEMO_MANAGER];
  if (!make(c, &plan, scope, &audit) || !audit_start(c, audit) || !audit_get(c, audit, &made))
    return false;
  AuditFinding visitors = {.audit = audit,
                           .grade = GRADE_OPPORTUNITY,
                           .title = "Visitors could be led past the cold store",
                           .criterion = "Their supplier code, 4.2",
                           .evidence = "Walk through the depot",
                           .statement = "Another way for visitors would spare the escort.",
                           .owner = {.person = demo->people[DEMO_FACILITIES]},
                           .due = date_add_days(demo->day, 60)};
  return find(c, &visitors, true, "") &&
         audit_summarise(c, audit, "No complaint; one suggestion. They come again in two years.") &&
         file_at(c, "northsea-report.txt", "Report of the customer's audit", "activity",
                 made.activity) &&
         audit_issue(c, audit, &demo->people[DEMO_EXECUTIVE], 1) && audit_conclude(c, audit, 0);
}

// The statement as it stood when the certificate came, approved by the chief executive.
static bool statement(Context *c, const Demo *demo) {
  int64_t version;
  demo_clock(c, workday(date_add_days(demo->decision, 9)), 10);
  c->actor = demo->people[DEMO_MANAGER];
  if (!soa_freeze(c, "As the certification body saw it", &version)) return false;
  c->actor = demo->people[DEMO_EXECUTIVE];
  return soa_approve(c, version);
}

bool demo_audits_hold(Context *c, Demo *demo) {
  bool held = statement(c, demo) && customer_audit(c, demo) && concluded_audit(c, demo) &&
              running_audit(c, demo);
  demo_clock(c, demo->day, 9);
  return held;
}
