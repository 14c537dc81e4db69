// SPDX-License-Identifier: Apache-2.0
// A guest from outside reads the pack by an address that ends; each reading is an entry.
#include "db/db.h"
#include "org/secret.h"
#include "reviews/inside.h"
#include "reviews/pack.h"

#define DAY_US (INT64_C(86400) * 1000000)

enum { NAME_MOST = 120 };

bool guest_add(Context *c, int64_t review, const char *name, int32_t days, const char **secret,
               int64_t *id) {
  if (text_is_empty(name)) invalid(c, "name", _("Say for whom the address is."));
  if (days < 1 || days > GUEST_DAYS_MOST)
    invalid(c, "days", _("From 1 to %d days."), GUEST_DAYS_MOST);
  if (!context_ok(c)) return false;
  TRANSACTION(c, tx);
  Review it;
  if (!review_get(c, review, &it)) return false;
  if (it.editions == 0)
    return conflict(c, _("Issue the pack first: a guest reads what was frozen."));
  *secret = secret_create(c->arena);
  const Instant expires = {c->now.us + days * DAY_US};
  *id = sql_review_guest_insert(c, (SqlReviewGuestInsert){.id = review,
                                                          .name = name,
                                                          .hash = secret_hash(c->arena, *secret),
                                                          .expires = expires});
  LedgerEntry *entry = ledger_entry(c, "review.guest_invited", "review", review);
  ledger_number(entry, "guest", *id);
  ledger_personal(entry, "name", name);
  ledger_value(entry, "expires", instant_text(c->arena, expires));
  return *id > 0 && ledger_write(entry) && transaction_commit(&tx);
}

bool guest_revoke(Context *c, int64_t review, int64_t guest) {
  TRANSACTION(c, tx);
  if (sql_review_guest_revoke(c, (SqlReviewGuestRevoke){.id = review, .guest = guest}) != 1)
    return context_ok(c) && not_found(c, _("There is no such address, or it ended already."));
  LedgerEntry *entry = ledger_entry(c, "review.guest_ended", "review", review);
  ledger_number(entry, "guest", guest);
  return ledger_write(entry) && transaction_commit(&tx);
}

static void add_readings(Context *c, int64_t review, Guests *guests) {
  SqlReviewReadingsRows rows = sql_review_readings(c, (SqlReviewReadings){.id = review});
  for (size_t i = 0; i < rows.count; i++)
    for (size_t k = 0; k < guests->count; k++)
      if (guests->items[k].id == rows.items[i].guest)
        *list_add(c->arena, &guests->items[k].read) = rows.items[i].read;
}

bool guest_list(Context *c, int64_t review, Guests *out) {
  SqlReviewGuestsRows rows = sql_review_guests(c, (SqlReviewGuests){.id = review});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewGuestsRow *row = &rows.items[i];
    *list_add(c->arena, out) = (Guest){.id = row->guest,
                                       .readings = row->readings,
                                       .name = row->name,
                                       .created_by = row->created_by == NULL ? "" : row->created_by,
                                       .expires = row->expires,
                                       .created = row->created,
                                       .last_read = row->last_read,
                                       .revoked = !instant_is_none(row->revoked),
                                       .expired = row->expires.us < c->now.us};
  }
  add_readings(c, review, out);
  return context_ok(c);
}

bool guest_read(Context *c, const char *secret, GuestReading *out) {
  SqlReviewGuestByHashRow row;
  const char *gone = _("This address does not lead to a pack, or its time is over. Ask who sent it "
                       "for a new one.");
  bool found = sql_review_guest_by_hash(
      c, (SqlReviewGuestByHash){.hash = secret_hash(c->arena, secret)}, &row);
  if (!found || row.expires.us < c->now.us) return context_ok(c) && not_found(c, "%s", gone);
  c->org = row.organisation;
  c->zone = zone_find(row.zone) != NULL ? zone_find(row.zone) : zone_find("UTC");
  c->today = zone_date(c->zone, c->now, NULL);
  *out = (GuestReading){.review = row.id,
                        .name = row.name,
                        .organisation = row.org_name,
                        .slug = row.slug,
                        .expires = row.expires};
  TRANSACTION(c, tx);
  if (sql_review_guest_read(c, (SqlReviewGuestRead){.guest = row.guest}) != 1)
    return context_ok(c) && not_found(c, "%s", gone);
  if (sql_review_reading_add(c, (SqlReviewReadingAdd){.guest = row.guest}) != 1) return false;
  LedgerEntry *entry = ledger_entry(c, "review.pack_read", "review", row.id);
  ledger_number(entry, "guest", row.guest);
  ledger_personal(entry, "name", row.name);
  return ledger_write(entry) && transaction_commit(&tx);
}
