// SPDX-License-Identifier: Apache-2.0
// Does it exist elsewhere? What could be looked at, and what was seen there.
#include "db/db.h"
#include "improvement/life.h"
#include "improvement/work.h"
#include "registers/registers.h"

#include <string.h>

enum { HITS = 20, SHORT_TITLE = 200 };

static bool is_place_kind(const char *kind) {
  static const char *const kinds[] = {"site",    "system", "team", "supplier",
                                      "finding", "unit",   "risk", "other"};
  for (size_t i = 0; i < COUNT_OF(kinds); i++)
    if (text_equal(kind, kinds[i])) return true;
  return false;
}

static const char *place_of(Context *c, const char *kind, int64_t object) {
  static const char *const pages[][2] = {{"site", "/sites/"},       {"system", "/systems/"},
                                         {"team", "/teams/"},       {"supplier", "/items/"},
                                         {"risk", "/items/"},       {"finding", "/findings/"},
                                         {"unit", "/audits/units/"}};
  for (size_t i = 0; i < COUNT_OF(pages) && object != 0; i++)
    if (text_equal(kind, pages[i][0]))
      return text_format(c->arena, "%s%lld", pages[i][1], (long long)object);
  return "";
}

const char *place_words(Context *c, const char *kind, const char *title, int64_t verdict,
                        const char *note) {
  return text_format(c->arena, "%s\n%s\n%lld\n%s", kind, title, (long long)verdict, note);
}

bool finding_look(Context *c, const PlaceLooked *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  if (!finding_step_may(c, in->finding, in->version, STEP_CAUSE_KNOWN, &was)) return false;
  if (!is_place_kind(in->kind)) invalid(c, "kind", _("There is no such kind of place."));
  if (text_is_empty(in->title)) invalid(c, "title", _("Say where you looked."));
  if (in->title != NULL && strlen(in->title) > SHORT_TITLE)
    invalid(c, "title", _("At most %d characters."), SHORT_TITLE);
  if (in->there && text_is_empty(in->note))
    invalid(c, "note", _("It is there, too: say what you saw and what is done about it."));
  if (!context_ok(c)) return false;
  sql_finding_place_put(c, (SqlFindingPlacePut){.finding = was.id,
                                                .round = was.round,
                                                .kind = in->kind,
                                                .object = in->object,
                                                .title = text_trim(c->arena, in->title),
                                                .place = place_of(c, in->kind, in->object),
                                                .verdict = in->there ? 2 : 1,
                                                .note = words_of(in->note)});
  is = was;
  const char *words =
      text_format(c->arena, "%s: %s%s%s", in->title, in->there ? _("there, too") : _("not there"),
                  text_is_empty(in->note) ? "" : ". ", words_of(in->note));
  const char *title = text_trim(c->arena, in->title);
  SqlFindingPlaceIdRow put = {0};
  sql_finding_place_id(
      c,
      (SqlFindingPlaceId){.finding = was.id, .round = was.round, .kind = in->kind, .title = title},
      &put);
  FindingChange change = {
      .action = "finding.looked",
      .reason = words,
      .about = in->object,
      .part = "place_looked",
      .part_key = put.id,
      .part_words = place_words(c, in->kind, title, in->there ? 2 : 1, words_of(in->note))};
  return finding_save(c, &was, &is, &change) && transaction_commit(&tx);
}

static void add(Context *c, Candidates *out, Candidate candidate) {
  for (size_t i = 0; i < out->count; i++)
    if (text_equal(out->items[i].kind, candidate.kind) &&
        text_equal(out->items[i].title, candidate.title))
      return;
  *list_add(c->arena, out) = candidate;
}

static const char *hit_kind(const SearchHit *hit) {
  if (text_equal(hit->kind, "finding")) return "finding";
  if (text_equal(hit->kind, "audit_unit")) return "unit";
  return text_equal(hit->kind, "register_item") ? "risk" : NULL;
}

// Units, findings and register entries are found by words; what few there are of sites, systems,
// teams and suppliers is offered without.
static bool add_hits(Context *c, int64_t id, const char *words, Candidates *out) {
  SearchHits hits = {0};
  if (text_is_empty(words) || !search_find(c, words, 0, HITS, &hits)) return context_ok(c);
  for (size_t i = 0; i < hits.count; i++) {
    const SearchHit *hit = &hits.items[i];
    const char *kind = hit_kind(hit);
    if (kind == NULL || (text_equal(kind, "finding") && hit->object == id)) continue;
    add(c, out, (Candidate){kind, hit->title, hit->place, hit->object});
  }
  return true;
}

bool finding_candidates(Context *c, int64_t id, const char *words, Candidates *out) {
  const char *like =
      text_is_empty(words) ? "%" : text_format(c->arena, "%%%s%%", text_lower(c->arena, words));
  SqlFindingElsewhereRows rows = sql_finding_elsewhere(c, (SqlFindingElsewhere){.like = like});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlFindingElsewhereRow *row = &rows.items[i];
    const char *place = text_format(c->arena, "%s%lld", row->place, (long long)row->object);
    add(c, out, (Candidate){row->kind, row->title, place, row->object});
  }
  return add_hits(c, id, words, out);
}
