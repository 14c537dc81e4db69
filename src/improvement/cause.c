// SPDX-License-Identifier: Apache-2.0
// The cause as structure: a chain of whys, or the branches of a fishbone; and which other findings
// have one that reads alike.
#include "db/db.h"
#include "improvement/life.h"
#include "improvement/work.h"

#include <string.h>

enum { LINE_MOST = 500, LOOKED_AT = 500, ALIKE_MONTHS = 24, ALIKE_PERCENT = 40, ALIKE_MOST = 5 };

const CauseKind cause_kinds[] = {
    {"people", N_("People")},
    {"process", N_("Process and rules")},
    {"technology", N_("Technology")},
    {"supplier", N_("Suppliers")},
    {"surroundings", N_("Surroundings")},
    {"leadership", N_("Leadership")},
    {NULL, NULL},
};

static bool kind_is_known(const char *name) {
  for (size_t i = 0; cause_kinds[i].name != NULL; i++)
    if (text_equal(cause_kinds[i].name, name)) return true;
  return false;
}

// ---- from a form's texts to rows ----

typedef struct CauseRow {
  int64_t place, parent;
  const char *branch, *body;
} CauseRow;
typedef LIST_OF(CauseRow) CauseRows;

static void add_row(Context *c, CauseRows *rows, int64_t parent, const char *branch,
                    const char *body) {
  *list_add(c->arena, rows) = (CauseRow){
      .place = (int64_t)rows->count + 1, .parent = parent, .branch = branch, .body = body};
  rows->items[rows->count - 1].place = (int64_t)rows->count;
}

static void read_whys(Context *c, const FindingCause *in, CauseRows *rows) {
  bool ended = false;
  for (size_t i = 0; i < WHYS_MOST; i++) {
    if (text_is_empty(in->whys[i])) {
      ended = true;
      continue;
    }
    if (ended)
      invalid(c, text_format(c->arena, "why%zu", i + 1),
              _("The why before it is empty: each answers the one before."));
    add_row(c, rows, (int64_t)rows->count, "", text_trim(c->arena, in->whys[i]));
  }
  if (rows->count < 2 && context_ok(c))
    invalid(c, "why2", _("Ask at least twice: the first answer is seldom the cause."));
}

static void read_branch(Context *c, const char *branch, const char *text, CauseRows *rows) {
  char *rest = text_copy(c->arena, text);
  int64_t bone = 0;
  size_t lines = 0;
  for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
    const char *body = text_trim(c->arena, line);
    if (body[0] == '\0') continue;
    bool behind = body[0] == '-' && bone != 0;
    if (body[0] == '-') body = text_trim(c->arena, body + 1);
    if (++lines > BRANCH_CAUSES_MOST) {
      invalid(c, branch, _("At most %d causes on one branch."), BRANCH_CAUSES_MOST);
      return;
    }
    add_row(c, rows, behind ? bone : 0, branch, body);
    if (!behind) bone = (int64_t)rows->count;
  }
}

static void read_fishbone(Context *c, const FindingCause *in, CauseRows *rows) {
  for (size_t i = 0; cause_kinds[i].name != NULL; i++)
    if (in->branches != NULL && !text_is_empty(in->branches[i]))
      read_branch(c, cause_kinds[i].name, in->branches[i], rows);
  if (rows->count < 2 && context_ok(c))
    invalid(c, "process", _("Name at least two possible causes before choosing one."));
}

static bool cause_is_sound(Context *c, const FindingCause *in, CauseRows *rows) {
  if (in->method == CAUSE_WHYS)
    read_whys(c, in, rows);
  else if (in->method == CAUSE_FISHBONE)
    read_fishbone(c, in, rows);
  else
    invalid(c, "method", _("Ask why, or draw a fishbone."));
  for (size_t i = 0; i < rows->count; i++)
    if (strlen(rows->items[i].body) > LINE_MOST)
      invalid(c, "root", _("“%.40s…” is longer than %d characters."), rows->items[i].body,
              LINE_MOST);
  if (text_is_empty(in->root)) invalid(c, "root", _("Say which cause it is that will be removed."));
  if (!kind_is_known(in->kind)) invalid(c, "kind", _("Say what the cause is about."));
  return context_ok(c);
}

static bool write_rows(Context *c, const SqlFindingByIdRow *row, const CauseRows *rows) {
  sql_finding_cause_clear(c, (SqlFindingCauseClear){.finding = row->id, .round = row->round});
  for (size_t i = 0; i < rows->count; i++) {
    const CauseRow *cause = &rows->items[i];
    sql_finding_cause_insert(c, (SqlFindingCauseInsert){.finding = row->id,
                                                        .round = row->round,
                                                        .place = cause->place,
                                                        .parent = cause->parent,
                                                        .branch = cause->branch,
                                                        .body = cause->body});
  }
  return context_ok(c);
}

void cause_line(Text *out, const char *branch, bool behind, const char *body) {
  text_add_format(out, "%s%s%s%s%s", out->length == 0 ? "" : "\n", branch,
                  branch[0] == '\0' ? "" : ": ", behind && branch[0] != '\0' ? "- " : "", body);
}

// The whole structure in words, so that the ledger keeps each version of it.
static const char *structure_words(Context *c, const CauseRows *rows) {
  Text out;
  text_init(&out, c->arena);
  for (size_t i = 0; i < rows->count; i++)
    cause_line(&out, rows->items[i].branch, rows->items[i].parent != 0, rows->items[i].body);
  return out.data;
}

static bool repeats_is_sound(Context *c, const FindingCause *in) {
  SqlFindingByIdRow other;
  if (in->repeats == 0) return true;
  if (in->repeats == in->finding)
    return invalid(c, "repeats", _("A finding does not repeat itself."));
  return finding_load(c, in->repeats, 0, &other);
}

bool finding_cause_set(Context *c, const FindingCause *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  CauseRows rows = {0};
  if (!finding_step_may(c, in->finding, in->version, STEP_CONTAINED, &was) ||
      !cause_is_sound(c, in, &rows) || !repeats_is_sound(c, in) || !write_rows(c, &was, &rows))
    return false;
  is = was;
  is.cause_method = in->method;
  is.cause = in->root;
  is.cause_kind = in->kind;
  is.cause_on = c->today;
  is.repeats = in->repeats;
  const char *words = structure_words(c, &rows);
  FindingChange change = {.action = "finding.cause_found",
                          .reason = words,
                          .part = "cause_round",
                          .part_key = was.round,
                          .part_words = words};
  return finding_save(c, &was, &is, &change) && transaction_commit(&tx);
}

// ---- repeats ----

typedef struct WordSet {
  uint64_t hashes[64];
  size_t count;
} WordSet;

static bool says_nothing(const char *word, size_t length) {
  static const char *const words[] = {
      "there",   "their", "which", "were", "with", "from", "that", "this",  "have",  "been",
      "because", "when",  "where", "does", "only", "into", "they", "could", "would", "should"};
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0) return true;
  return length < 4;
}

// Words of substance, cut to their first six letters, so that "review" and "reviewed" are one.
static void collect(Arena *arena, const char *text, WordSet *out) {
  const char *p = text_lower(arena, text);
  out->count = 0;
  while (*p != '\0' && out->count < COUNT_OF(out->hashes)) {
    const char *start = p;
    while ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || (unsigned char)*p >= 0x80) p++;
    size_t length = (size_t)(p - start);
    if (length == 0) {
      p++;
      continue;
    }
    if (says_nothing(start, length)) continue;
    uint64_t hash = 1469598103934665603ULL;
    for (size_t i = 0; i < length && i < 6; i++)
      hash = (hash ^ (unsigned char)start[i]) * 1099511628211ULL;
    bool known = false;
    for (size_t i = 0; i < out->count; i++) known = known || out->hashes[i] == hash;
    if (!known) out->hashes[out->count++] = hash;
  }
}

static int32_t in_common(const WordSet *a, const WordSet *b) {
  int32_t common = 0;
  for (size_t i = 0; i < a->count; i++)
    for (size_t k = 0; k < b->count; k++) common += a->hashes[i] == b->hashes[k];
  return common;
}

static void insert_alike(Context *c, Alikes *out, Alike alike) {
  size_t at = out->count;
  *list_add(c->arena, out) = alike;
  for (; at > 0 && out->items[at - 1].percent < alike.percent; at--)
    out->items[at] = out->items[at - 1];
  out->items[at] = alike;
  if (out->count > ALIKE_MOST) out->count = ALIKE_MOST;
}

bool finding_alike(Context *c, int64_t id, const char *cause, const char *kind, Alikes *out) {
  WordSet mine, theirs;
  collect(c->arena, cause, &mine);
  if (mine.count == 0) return true;
  SqlFindingCausesKnownRows rows = sql_finding_causes_known(
      c, (SqlFindingCausesKnown){
             .id = id, .since = date_add_months(c->today, -ALIKE_MONTHS), .limit = LOOKED_AT});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlFindingCausesKnownRow *row = &rows.items[i];
    collect(c->arena, row->cause, &theirs);
    if (theirs.count == 0) continue;
    int32_t common = in_common(&mine, &theirs);
    size_t fewer = mine.count < theirs.count ? mine.count : theirs.count;
    bool same_kind = kind != NULL && kind[0] != '\0' && text_equal(kind, row->cause_kind);
    int32_t percent = common * 100 / (int32_t)fewer;
    if (common < 2 || percent < ALIKE_PERCENT) continue;
    insert_alike(c, out,
                 (Alike){.id = row->id,
                         .number = row->number,
                         .title = row->title,
                         .cause = row->cause,
                         .on = row->cause_on,
                         .percent = percent + (same_kind ? 10 : 0),
                         .words = text_format(c->arena,
                                              same_kind ? _("%d words in common, and about the "
                                                            "same thing")
                                                        : _("%d words in common"),
                                              common)});
  }
  return context_ok(c);
}
