// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence.h"

#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "ledger/canonical.h"
#include "ledger/evidence.sql.h"
#include "ledger/ledger.h"
#include "ledger/store.h"

enum { NOTE_MOST = 2000, SOURCE_MOST = 200, REASON_MOST = 2000 };

static void check_length(Context *c, const char *field, const char *text, size_t most) {
  if (text && strlen(text) > most * 4) invalid(c, field, _("At most %zu characters."), most);
}

static bool about_is_valid(Context *c, const Upload *file, const EvidenceAbout *about) {
  if (file->size == 0) invalid(c, "file", _("%s is empty: it proves nothing."), file->name);
  check_length(c, "source", about->source, SOURCE_MOST);
  check_length(c, "note", about->note, NOTE_MOST);
  if (!date_is_none(about->taken_on) && date_compare(about->taken_on, c->today) > 0)
    invalid(c, "taken_on", _("Evidence cannot be taken in the future."));
  bool both = !date_is_none(about->period_from) && !date_is_none(about->period_to);
  if (both && date_compare(about->period_from, about->period_to) > 0)
    invalid(c, "period_to", _("The period ends before it begins."));
  return context_ok(c);
}

static bool object_is_known(Context *c, const char *kind, int64_t object) {
  SqlEvidenceObjectKnownRow row;
  if (sql_evidence_object_known(c, (SqlEvidenceObjectKnown){.kind = kind, .object = object}, &row))
    return true;
  return context_ok(c) ? not_found(c, _("There is no %s %" PRId64 " here."), kind, object) : false;
}

static bool record(Context *c, const Upload *file, const EvidenceAbout *about, int64_t *id) {
  char sha256[DIGEST_HEX];
  hex_text(sha256, file->sha256, DIGEST_BYTES);
  const char *source = text_is_empty(about->source) ? NULL : about->source;
  const char *note = text_is_empty(about->note) ? NULL : about->note;
  *id = sql_evidence_insert(c, (SqlEvidenceInsert){.sha256 = sha256,
                                                   .size = file->size,
                                                   .media_type = file->media_type,
                                                   .name = file->name,
                                                   .source = source,
                                                   .note = note,
                                                   .taken_on = about->taken_on,
                                                   .period_from = about->period_from,
                                                   .period_to = about->period_to});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "evidence.added", "evidence", *id);
  ledger_value(e, "sha256", sha256);
  ledger_number(e, "size", file->size);
  ledger_value(e, "media_type", file->media_type);
  ledger_personal(e, "name", file->name);
  ledger_personal(e, "source", source);
  ledger_personal(e, "note", note);
  ledger_day(e, "taken_on", about->taken_on);
  ledger_day(e, "period_from", about->period_from);
  ledger_day(e, "period_to", about->period_to);
  ledger_number(e, "added_by", c->actor);
  ledger_number(e, "added_at", c->now.us);
  return ledger_write(e);
}

bool evidence_add(Context *c, const Upload *file, const EvidenceAbout *about, int64_t *id) {
  if (!context_ok(c) || !about_is_valid(c, file, about)) return false;
  if (about->kind && !object_is_known(c, about->kind, about->object)) return false;
  if (!store_keep(c, file)) return false;
  TRANSACTION(c, tx);
  if (!record(c, file, about, id)) return false;
  if (about->kind && !evidence_link(c, *id, about->kind, about->object)) return false;
  return transaction_commit(&tx);
}

static bool tell_holder(Context *c, const char *kind, int64_t object) {
  for (const EvidenceHolder *h = evidence_holders; h->kind; h++)
    if (text_equal(h->kind, kind)) return h->changed(c, object);
  return true;
}

static bool may_lose(Context *c, const char *kind, int64_t object) {
  for (const EvidenceHolder *h = evidence_holders; h->kind; h++)
    if (text_equal(h->kind, kind)) return !h->may_lose || h->may_lose(c, object);
  return true;
}

static bool tell_all_holders(Context *c, int64_t evidence) {
  SqlEvidenceLinksRows rows = sql_evidence_links(c, (SqlEvidenceLinks){.evidence = evidence});
  for (size_t i = 0; i < rows.count; i++)
    if (!tell_holder(c, rows.items[i].kind, rows.items[i].object)) return false;
  return context_ok(c);
}

static bool evidence_find(Context *c, int64_t id, SqlEvidenceGetRow *row) {
  if (sql_evidence_get(c, (SqlEvidenceGet){.id = id}, row)) return true;
  return context_ok(c) ? not_found(c, _("There is no evidence %" PRId64 " here."), id) : false;
}

bool evidence_link(Context *c, int64_t evidence, const char *kind, int64_t object) {
  SqlEvidenceGetRow row;
  TRANSACTION(c, tx);
  if (!evidence_find(c, evidence, &row) || !object_is_known(c, kind, object)) return false;
  if (!instant_is_none(row.withdrawn_at))
    return conflict(c, _("%s was withdrawn and cannot be linked any more."), row.name);
  int64_t added = sql_evidence_link_insert(
      c, (SqlEvidenceLinkInsert){.evidence = evidence, .kind = kind, .object = object});
  if (!context_ok(c)) return false;
  if (added == 0) return transaction_commit(&tx);
  LedgerEntry *e = ledger_entry(c, "evidence.linked", kind, object);
  ledger_number(e, "evidence", evidence);
  return ledger_write(e) && tell_holder(c, kind, object) && transaction_commit(&tx);
}

bool evidence_unlink(Context *c, int64_t evidence, const char *kind, int64_t object) {
  TRANSACTION(c, tx);
  int64_t removed = sql_evidence_link_delete(
      c, (SqlEvidenceLinkDelete){.evidence = evidence, .kind = kind, .object = object});
  if (!context_ok(c)) return false;
  if (removed == 0) return not_found(c, _("This evidence is not linked here."));
  if (!may_lose(c, kind, object)) return false;
  LedgerEntry *e = ledger_entry(c, "evidence.unlinked", kind, object);
  ledger_number(e, "evidence", evidence);
  return ledger_write(e) && tell_holder(c, kind, object) && transaction_commit(&tx);
}

bool evidence_withdraw(Context *c, int64_t evidence, const char *reason) {
  SqlEvidenceGetRow row;
  if (text_is_empty(reason))
    return invalid(c, "reason", _("Say why it is withdrawn: the reason is kept."));
  check_length(c, "reason", reason, REASON_MOST);
  TRANSACTION(c, tx);
  if (!context_ok(c) || !evidence_find(c, evidence, &row)) return false;
  if (!instant_is_none(row.withdrawn_at))
    return conflict(c, _("%s was withdrawn before."), row.name);
  sql_evidence_withdraw_set(c, (SqlEvidenceWithdrawSet){.id = evidence, .reason = reason});
  LedgerEntry *e = ledger_entry(c, "evidence.withdrawn", "evidence", evidence);
  ledger_number(e, "withdrawn_by", c->actor);
  ledger_number(e, "withdrawn_at", c->now.us);
  ledger_personal(e, "withdrawn_reason", reason);
  return ledger_write(e) && tell_all_holders(c, evidence) && transaction_commit(&tx);
}

int64_t evidence_count(Context *c, const char *kind, int64_t object) {
  SqlEvidenceObjectCountRow row = {0};
  sql_evidence_object_count(c, (SqlEvidenceObjectCount){.kind = kind, .object = object}, &row);
  return row.pieces;
}

Date evidence_speaks_until(Date period_to, Date taken_on, Date added_on) {
  if (!date_is_none(period_to)) return period_to;
  return date_is_none(taken_on) ? added_on : taken_on;
}

Freshness evidence_freshness(Date speaks_until, int32_t fresh_months, Date today) {
  Date stale = date_add_months(speaks_until, fresh_months);
  int32_t left = date_diff(stale, today);
  if (left < 0) return EVIDENCE_STALE;
  return left < EVIDENCE_AGEING_DAYS ? EVIDENCE_AGEING : EVIDENCE_FRESH;
}

const char *freshness_name(Freshness freshness) {
  static const char *const names[] = {"fresh", "ageing", "stale"};
  return names[freshness];
}
