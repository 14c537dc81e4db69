// SPDX-License-Identifier: Apache-2.0
#include "registers/soa.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "registers/soa.sql.h"

#include <sodium.h>
#include <string.h>

static bool in_place(const char *status) {
  static const char *const words[] = {"implemented", "yes", "done", "fully implemented",
                                      "in place"};
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (text_equal_fold(status, words[i])) return true;
  return false;
}

static void count(SoaEntries *out) {
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    SoaEntry *e = &out->of[i];
    e->in_place = e->said && e->applicable && in_place(e->status);
    out->open += !e->said;
    out->excluded += e->said && !e->applicable;
    out->applicable += e->said && e->applicable;
    out->implemented += e->in_place;
  }
}

static void begin(SoaEntries *out) {
  memset(out, 0, sizeof *out);
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++)
    out->of[i] = (SoaEntry){.ref = annex_controls[i].ref,
                            .title = "",
                            .justification = "",
                            .status = "",
                            .implementation = "",
                            .reference = "",
                            .owner = ""};
}

static SoaEntry *entry_of(SoaEntries *entries, const char *ref) {
  const AnnexControl *control = annex_control_find(ref);
  return control == NULL ? NULL : &entries->of[control - annex_controls];
}

static bool read_present(Context *c, SoaEntries *out) {
  SqlSoaPresentRows rows = sql_soa_present(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSoaPresentRow *row = &rows.items[i];
    SoaEntry *e = entry_of(out, row->ref);
    if (e == NULL || e->said) continue;
    const char *ref = e->ref;
    *e = (SoaEntry){.item = row->id,
                    .ref = ref,
                    .title = row->title,
                    .justification = row->justification,
                    .status = row->status,
                    .implementation = row->description,
                    .reference = row->reference,
                    .owner = row->owner,
                    .said = true,
                    .applicable = row->applicable,
                    .evidence = row->evidence};
  }
  return context_ok(c);
}

static bool read_frozen(Context *c, int64_t version, SoaEntries *out) {
  SqlSoaLinesRows rows = sql_soa_lines(c, (SqlSoaLines){.version_id = version});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSoaLinesRow *row = &rows.items[i];
    SoaEntry *e = entry_of(out, row->ref);
    if (e == NULL) continue;
    const char *ref = e->ref;
    *e = (SoaEntry){.ref = ref,
                    .title = row->title,
                    .justification = row->justification,
                    .status = row->status,
                    .implementation = row->implementation,
                    .reference = row->reference,
                    .owner = row->owner,
                    .said = true,
                    .applicable = row->applicable,
                    .evidence = row->evidence};
  }
  return context_ok(c);
}

bool soa_read(Context *c, int64_t version, SoaEntries *out) {
  begin(out);
  bool read = version == 0 ? read_present(c, out) : read_frozen(c, version, out);
  count(out);
  return read;
}

// ---- frozen ----

static void hash_entries(Context *c, const SoaEntries *entries, char hex[65]) {
  crypto_hash_sha256_state state;
  uint8_t digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_init(&state);
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    const SoaEntry *e = &entries->of[i];
    const char *const parts[] = {
        e->ref,           e->title,  e->applicable ? "1" : "0",
        e->justification, e->status, e->implementation,
        e->reference,     e->owner,  text_format(c->arena, "%lld", (long long)e->evidence)};
    for (size_t k = 0; k < COUNT_OF(parts); k++)
      crypto_hash_sha256_update(&state, (const uint8_t *)parts[k], strlen(parts[k]) + 1);
  }
  crypto_hash_sha256_final(&state, digest);
  sodium_bin2hex(hex, 65, digest, sizeof digest);
}

static bool everything_is_said(Context *c, const SoaEntries *entries) {
  enum { NAMED = 8 };
  Text names;
  text_init(&names, c->arena);
  int64_t missing = 0, unexplained = 0;
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    const SoaEntry *e = &entries->of[i];
    bool why = !text_is_empty(e->justification);
    missing += !e->said;
    unexplained += e->said && !why;
    if ((!e->said || !why) && missing + unexplained <= NAMED)
      text_add_format(&names, "%s%s", names.length > 0 ? ", " : "", e->ref);
  }
  if (missing + unexplained == 0) return true;
  return invalid(c, "note",
                 _("Of %lld controls it is not said whether they apply, of %lld not why: %s%s. Say "
                   "so in the register first."),
                 (long long)missing, (long long)unexplained, names.data,
                 missing + unexplained > NAMED ? ", …" : "");
}

static bool write_lines(Context *c, int64_t version, const SoaEntries *entries) {
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    const SoaEntry *e = &entries->of[i];
    SqlSoaLineInsert line = {.version_id = version,
                             .place = (int64_t)i + 1,
                             .ref = e->ref,
                             .title = e->title,
                             .applicable = e->applicable,
                             .justification = e->justification,
                             .status = e->status,
                             .implementation = e->implementation,
                             .reference = e->reference,
                             .owner = e->owner,
                             .evidence = e->evidence};
    if (sql_soa_line_insert(c, line) < 0) return false;
  }
  return context_ok(c);
}

bool soa_freeze(Context *c, const char *note, int64_t *version) {
  TRANSACTION(c, tx);
  SoaEntries *entries = arena_new(c->arena, SoaEntries);
  char hash[65];
  if (!soa_read(c, 0, entries) || !everything_is_said(c, entries)) return false;
  hash_entries(c, entries, hash);
  SqlSoaVersionsRows last = sql_soa_versions(c, (SqlSoaVersions){.limit = 1});
  if (last.count > 0 && text_equal(last.items[0].hash, hash))
    return conflict(c, _("Nothing has changed since version %lld."),
                    (long long)last.items[0].number);
  int64_t number = last.count > 0 ? last.items[0].number + 1 : 1;
  *version = sql_soa_version_insert(
      c, (SqlSoaVersionInsert){.number = number, .note = note == NULL ? "" : note, .hash = hash});
  if (*version <= 0 || !write_lines(c, *version, entries)) return false;
  LedgerEntry *entry = ledger_entry(c, "soa.frozen", "soa_version", *version);
  ledger_number(entry, "number", number);
  ledger_value(entry, "hash", hash);
  ledger_number(entry, "applicable", entries->applicable);
  ledger_number(entry, "excluded", entries->excluded);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool soa_approve(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  SqlSoaVersionGetRow row;
  if (!sql_soa_version_get(c, (SqlSoaVersionGet){.id = id}, &row))
    return context_ok(c) ? not_found(c, _("There is no such version of the statement.")) : false;
  if (!instant_is_none(row.approved))
    return conflict(c, _("Version %lld was approved by %s."), (long long)row.number,
                    row.approved_by == NULL ? "" : row.approved_by);
  if (c->actor != 0 && c->actor == row.made_by_person)
    return invalid(c, "approve", _("Who froze a version does not approve it: ask top management."));
  if (sql_soa_version_approve(c, (SqlSoaVersionApprove){.id = id, .version = row.version}) != 1)
    return context_ok(c) ? conflict(c, _("Somebody was faster. Look again.")) : false;
  LedgerEntry *entry = ledger_entry(c, "soa.approved", "soa_version", id);
  ledger_number(entry, "version_number", row.number);
  ledger_value(entry, "approved_hash", row.hash);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- what verify compares ----

static const WitnessColumn columns[] = {{.name = "number", .actions = "soa.frozen"},
                                        {.name = "hash", .actions = "soa.frozen"}};

// The hash is computed anew from the lines, so that a changed line shows, too.
static const char *hash_again(Context *c, const SqlSoaWitnessRowsRow *row) {
  SoaEntries *entries = arena_new(c->arena, SoaEntries);
  char hash[65];
  if (!soa_read(c, row->id, entries)) return row->hash;
  hash_entries(c, entries, hash);
  return text_equal(hash, row->hash) ? row->hash : text_copy(c->arena, hash);
}

static WitnessRows page(Context *c, int64_t after) {
  SqlSoaWitnessRowsRows rows =
      sql_soa_witness_rows(c, (SqlSoaWitnessRows){.after = after, .most = WITNESS_PAGE});
  WitnessRows out = {.items = arena_array(c->arena, rows.count + 1, sizeof *out.items),
                     .count = rows.count};
  for (size_t i = 0; i < rows.count; i++) {
    const char **values = arena_array(c->arena, COUNT_OF(columns), sizeof *values);
    values[0] = text_format(c->arena, "%lld", (long long)rows.items[i].number);
    values[1] = hash_again(c, &rows.items[i]);
    out.items[i] = (WitnessRow){.id = rows.items[i].id, .values = values};
  }
  return out;
}

const Witness soa_witness = {
    .kind = "soa_version", .columns = columns, .column_count = COUNT_OF(columns), .page = page};
