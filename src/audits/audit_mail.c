// SPDX-License-Identifier: Apache-2.0
// What an audit tells people by mail, queued in the transaction of what it speaks of.
#include "audits/audit_work.h"

#include "outbox/outbox.h"

#include <inttypes.h>

static const char *place(Context *c, const Audit *audit, const char *below) {
  SqlAuditOrganisationRow org = {.slug = ""};
  sql_audit_organisation(c, &org);
  return text_format(c->arena, "/o/%s/audits/%" PRId64 "%s", org.slug, audit->id, below);
}

bool audit_mail_report(Context *c, const Audit *audit, int64_t number, int64_t person) {
  MAIL_SPEAKS_TO(c, person);
  Letter letter =
      letter_begin(c, text_format(c->arena, _("The report of “%s” is for you"), audit->title));
  letter_paragraph(c, &letter, audit->summary);
  letter_paragraph(c, &letter,
                   _("Please read it and say so on its page: that is part of the "
                     "record."));
  letter_fact(c, &letter, _("Issue"), text_format(c->arena, "%" PRId64, number));
  letter_button(c, &letter, _("Read the report"), place(c, audit, "/report"));
  MailNew mail = {.kind = MAIL_NOTICE,
                  .person = person,
                  .subject = text_format(c->arena, _("Audit report: %s"), audit->title),
                  .letter = &letter,
                  .once = text_format(c->arena, "audit-report-%" PRId64 "-%" PRId64 "-%" PRId64,
                                      audit->id, number, person),
                  .object_kind = "audit",
                  .object = audit->id};
  return mail_queue(c, &mail, NULL);
}

static void areas_to(Context *c, Letter *letter, int64_t audit) {
  SqlAuditAreasRows areas = sql_audit_areas(c, (SqlAuditAreas){.audit = audit});
  for (size_t i = 0; i < areas.count; i++) letter_point(c, letter, areas.items[i].title);
}

bool audit_mail_auditee(Context *c, const Audit *audit, int64_t person) {
  MAIL_SPEAKS_TO(c, person);
  Letter letter =
      letter_begin(c, text_format(c->arena, _("“%s”: you are asked to take part"), audit->title));
  letter_paragraph(c, &letter, audit->objective);
  letter_fact(c, &letter, _("When"), date_words(c->arena, audit->due));
  letter_fact(c, &letter, _("Criteria"), audit->criteria);
  letter_fact(c, &letter, _("Method"), audit->method);
  areas_to(c, &letter, audit->id);
  letter_button(c, &letter, _("The audit's plan"), place(c, audit, ""));
  MailNew mail = {.kind = MAIL_NOTICE,
                  .person = person,
                  .subject = text_format(c->arena, _("Audit plan: %s"), audit->title),
                  .letter = &letter,
                  .topic = text_format(c->arena, "audit-plan-%" PRId64, audit->id),
                  .object_kind = "audit",
                  .object = audit->id};
  return mail_queue(c, &mail, NULL);
}
