// SPDX-License-Identifier: Apache-2.0
#include "exchange/import.h"

#include "db/db.h"
#include "exchange/import_work.h"
#include "improvement/import.h"
#include "ledger/ledger.h"

void import_refuse(Import *im, ImportFile *file, size_t line, size_t column, const char *message) {
  ImportError *error = list_add(im->c->arena, &file->errors);
  *error = (ImportError){.line = line > 0 ? line : 1, .column = column, .message = message};
}

// Who is who first, then what they own, then what is checked against both.
static int order_of(const Kind *kind) {
  if (kind == &training_kind) return 0;
  if (kind == &competence_kind || kind == &raci_kind) return 1;
  if (kind == &audits_kind || kind == &exercises_kind) return 3;
  return 2;
}

static bool import_units(Import *im) {
  for (int order = 0; order <= 3; order++)
    for (size_t i = 0; i < im->units.count; i++)
      if (order_of(im->units.items[i].map.kind) == order && !import_unit(im, &im->units.items[i]))
        return false;
  return true;
}

static void make_room_for_keys(Import *im) {
  im->seen_size = 1024;
  while (im->seen_size < im->total * 2) im->seen_size *= 2;
  im->seen = arena_array(im->c->arena, im->seen_size, sizeof *im->seen);
}

static bool record_import(Import *im, size_t count) {
  int64_t created = 0, changed = 0, refused = 0;
  for (size_t i = 0; i < im->report->files.count; i++) {
    created += im->report->files.items[i].created;
    changed += im->report->files.items[i].changed;
    refused += im->report->files.items[i].refused;
  }
  if (created + changed == 0) return true;
  LedgerEntry *entry = ledger_entry(im->c, "import.done", "organisation", im->c->org);
  ledger_number(entry, "files", (int64_t)count);
  ledger_number(entry, "created", created);
  ledger_number(entry, "changed", changed);
  ledger_number(entry, "refused", refused);
  return ledger_write(entry);
}

static bool know_the_cycle(Import *im) {
  Facts facts = {0};
  if (!org_facts(im->c, &facts)) return false;
  im->until = facts.expiry;
  im->start = facts.start;
  im->owners = owner_book(im->c);
  return context_ok(im->c);
}

static bool write_all(Import *im, size_t count) {
  make_room_for_keys(im);
  if (!know_the_cycle(im) || !import_units(im)) return false;
  owner_book_news(im->owners, &im->report->people, &im->report->positions);
  return findings_from_items(im->c) && import_history(im) && import_warnings(im) &&
         record_import(im, count);
}

bool import_run(Context *c, const ImportSource *sources, size_t count, const ImportOptions *options,
                ImportReport *out) {
  static const ImportOptions plain = {0};
  *out = (ImportReport){0};
  Import im = {.c = c, .options = options != NULL ? options : &plain, .report = out};
  for (size_t i = 0; i < count; i++) list_add(c->arena, &out->files);
  for (size_t i = 0; i < count; i++) import_read(&im, &sources[i], &out->files.items[i]);
  if (!context_ok(c)) return false;
  TRANSACTION(c, tx);
  if (!write_all(&im, count)) return false;
  if (im.options->dry_run) return context_ok(c);
  return transaction_commit(&tx);
}
