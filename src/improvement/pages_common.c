// SPDX-License-Identifier: Apache-2.0
// Words, marks and rows, made once for pages and API.
#include "improvement/pages.h"
#include "improvement/pages.sql.h"
#include "improvement/work.h"
#include "ledger/evidence.h"
#include "ledger/history.h"

#include <string.h>

enum { HISTORY_LINES = 30 };

StatusMark grade_mark(FindingGrade grade) {
  static const struct {
    const char *look, *icon;
  } marks[GRADE_COUNT] = {
      [GRADE_MAJOR] = {"missed", "i-alert-octagon"},
      [GRADE_MINOR] = {"late", "i-alert-triangle"},
      [GRADE_OBSERVATION] = {"planned", "i-eye"},
      [GRADE_OPPORTUNITY] = {"stage", "i-trending-up"},
      [GRADE_CONFORMITY] = {"concluded", "i-thumb-up"},
      [GRADE_IDEA] = {"stage", "i-bulb"},
  };
  return (StatusMark){marks[grade].look, grade_title(grade), marks[grade].icon};
}

StatusMark finding_mark(const FindingLine *line) {
  switch ((FindingState)line->state) {
  case STEP_CLOSED: return (StatusMark){"concluded", line->words, "i-circle-check"};
  case STEP_EFFECTIVE: return (StatusMark){"concluded", line->words, "i-checks"};
  case STEP_NOTED: return (StatusMark){"concluded", line->words, "i-note"};
  case STEP_DECLINED: return (StatusMark){"cancelled", line->words, "i-ban"};
  case STEP_PARKED: return (StatusMark){"cancelled", line->words, "i-player-pause"};
  case STEP_RAISED: return (StatusMark){"planned", line->words, "i-flag"};
  default: return (StatusMark){"under_way", line->words, "i-player-play"};
  }
}

StatusMark action_mark(const ActionLine *line) {
  if (line->overdue) return (StatusMark){"missed", _("Overdue"), "i-clock-exclamation"};
  if (text_equal(line->status, "done"))
    return (StatusMark){"concluded", _("Done"), "i-circle-check"};
  if (text_equal(line->status, "cancelled"))
    return (StatusMark){"cancelled", _("Cancelled"), "i-ban"};
  if (text_equal(line->status, "under_way"))
    return (StatusMark){"under_way", _("Under way"), "i-player-play"};
  return (StatusMark){"planned", _("Open"), "i-circle"};
}

const char *source_words(const char *source) {
  static const char *const words[][2] = {{"audit", N_("Internal audit")},
                                         {"external_audit", N_("External audit")},
                                         {"review", N_("Management review")},
                                         {"exercise", N_("Exercise")},
                                         {"training", N_("Training")},
                                         {"incident", N_("Incident")},
                                         {"threat", N_("Threat")},
                                         {"workshop", N_("Risk workshop")},
                                         {"report", N_("Reported")},
                                         {"complaint", N_("Complaint")},
                                         {"register", N_("Your register")},
                                         {"direct", N_("Raised here")},
                                         {"supplier", N_("Supplier")},
                                         {"interested_party", N_("Interested party")}};
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (text_equal(source, words[i][0])) return _(words[i][1]);
  return source;
}

const char *inside(Request *r, const char *place) {
  return text_is_empty(place) ? "" : text_format(r->context.arena, "/o/%s%s", r->org_slug, place);
}

static const char *finding_when(Context *c, const FindingLine *line) {
  if (!date_is_none(line->closed_on))
    return text_format(c->arena, _("closed %s"),
                       days_words(c, date_diff(line->closed_on, c->today)));
  if (!line->open || date_is_none(line->due)) return "";
  return text_format(c->arena, _("due %s"), days_words(c, date_diff(line->due, c->today)));
}

FindingRow finding_row(Context *c, const FindingLine *line) {
  return (FindingRow){
      .id = line->id,
      .label = line->label,
      .title = line->title,
      .grade = grade_name(line->grade),
      .mark = line->overdue ? (StatusMark){"missed", line->words, "i-clock-exclamation"}
                            : finding_mark(line),
      .grade_mark = grade_mark(line->grade),
      .owner = line->owner,
      .source = line->source,
      .source_title =
          text_is_empty(line->source_title) ? source_words(line->source) : line->source_title,
      .raised = line->raised,
      .due = line->due,
      .closed_on = line->closed_on,
      .when = finding_when(c, line),
      .actions = line->actions == 0 ? ""
                 : line->actions_open == 0
                     ? count_words(c, line->actions, _("action, done"), _("actions, all done"))
                     : text_format(c->arena, _("%lld of %lld actions open"),
                                   (long long)line->actions_open, (long long)line->actions),
      .overdue = line->overdue,
      .version = line->version,
  };
}

static const char *priority_words(int32_t priority) {
  return priority == 1 ? _("High") : priority == 3 ? _("Low") : _("Normal");
}

ActionRow action_row(Request *r, const ActionLine *line) {
  Context *c = &r->context;
  const char *when =
      !date_is_none(line->done_on)
          ? text_format(c->arena, _("done %s"), days_words(c, date_diff(line->done_on, c->today)))
          : text_format(c->arena, _("due %s"), days_words(c, date_diff(line->due, c->today)));
  return (ActionRow){
      .id = line->id,
      .title = line->title,
      .mark = action_mark(line),
      .priority = line->priority,
      .priority_word = priority_words(line->priority),
      .owner = line->owner,
      .due = line->due,
      .baseline = line->baseline,
      .done_on = line->done_on,
      .when = when,
      .progress = line->progress,
      .extensions = line->extensions,
      .finding = line->finding,
      .source = line->source,
      .source_title = text_is_empty(line->source_title)
                          ? (text_equal(line->source, "direct") ? "" : source_words(line->source))
                          : line->source_title,
      .source_href = inside(r, line->source_place),
      .overdue = line->overdue,
      .version = line->version};
}

ActionRowList action_rows(Request *r, const ActionLines *lines) {
  ActionRowList rows = {0};
  for (size_t i = 0; i < lines->count; i++)
    *list_add(r->context.arena, &rows) = action_row(r, &lines->items[i]);
  return rows;
}

// ---- lists ----

const char *list_address(Request *r, const char *path, const Pair *pairs) {
  Text out;
  text_init(&out, r->context.arena);
  text_add_format(&out, "/o/%s/%s", r->org_slug, path);
  for (; pairs->name != NULL; pairs++) query_add(&out, pairs->name, pairs->value);
  return out.data;
}

Sorting sorting(Request *r, const char *path, const char *sort, const char *name, Pair *pairs) {
  bool descending = sort[0] == '-', mine = text_equal(sort + descending, name);
  const char *next = mine && !descending ? text_format(r->context.arena, "-%s", name) : name;
  Pair *place = pairs; // the pair that is called sort
  while (place->name != NULL && !text_equal(place->name, "sort")) place++;
  const char *kept = place->value;
  place->value = next;
  Sorting out = {.href = list_address(r, path, pairs),
                 .order = !mine        ? "none"
                          : descending ? "descending"
                                       : "ascending"};
  place->value = kept;
  return out;
}

// ---- evidence and history ----

static const char *bytes_of(Context *c, int64_t bytes) {
  return bytes < 1024 * 1024 ? text_format(c->arena, "%.1f KB", (double)bytes / 1024)
                             : text_format(c->arena, "%.1f MB", (double)bytes / (1024 * 1024));
}

EvidenceLineList evidence_lines(Context *c, const char *kind, int64_t object) {
  EvidenceLineList out = {0};
  SqlPageProofRows rows = sql_page_proof(c, (SqlPageProof){.kind = kind, .object = object});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlPageProofRow *row = &rows.items[i];
    *list_add(c->arena, &out) = (EvidenceLine){.id = row->id,
                                               .name = row->name,
                                               .media_type = row->media_type,
                                               .size = bytes_of(c, row->size),
                                               .added = row->added_at,
                                               .by = or_empty(row->added_by),
                                               .speaks = "",
                                               .mark = {"fresh", "", "i-file"}};
  }
  return out;
}

static const char *event_words(const char *action, const char **icon) {
  static const struct {
    const char *action, *words, *icon;
  } events[] = {
      {"finding.raised", N_("Raised"), "i-flag"},
      {"finding.sorted", N_("Graded"), "i-flag"},
      {"finding.given", N_("Given, or another date"), "i-user-share"},
      {"finding.corrected", N_("Correction recorded"), "i-tool"},
      {"finding.contained", N_("Containment recorded"), "i-shield-check"},
      {"finding.cause_found", N_("Cause found"), "i-hierarchy"},
      {"finding.looked", N_("Looked elsewhere"), "i-zoom-question"},
      {"finding.searched", N_("Search elsewhere ended"), "i-zoom-question"},
      {"finding.action_added", N_("Action added"), "i-plus"},
      {"finding.action_done", N_("Action done"), "i-check"},
      {"finding.action_cancelled", N_("Action cancelled"), "i-ban"},
      {"finding.accepted", N_("To be acted on"), "i-player-play"},
      {"finding.parked", N_("Parked"), "i-player-pause"},
      {"finding.returned", N_("Back from parking, to be decided again"), "i-rotate"},
      {"finding.declined", N_("Declined"), "i-ban"},
      {"finding.exception", N_("Exception: may check their own work"), "i-shield-exclamation"},
      {"finding.effective", N_("Checked: effective"), "i-checks"},
      {"finding.not_effective", N_("Checked: not effective"), "i-circle-x"},
      {"finding.closed", N_("Closed"), "i-circle-check"},
      {"finding.reopened", N_("Opened again"), "i-rotate"},
      {"finding.leader_told", N_("Top management told"), "i-bell"},
      {"finding.leader_saw", N_("Top management has seen it"), "i-eye"},
      {"finding.read_from_file", N_("As the file tells it"), "i-table-import"},
      {"finding.reworded_by_file", N_("Reworded by the file"), "i-table-import"},
      {"action.added", N_("Added"), "i-plus"},
      {"action.progressed", N_("Progress"), "i-player-play"},
      {"action.done", N_("Done"), "i-circle-check"},
      {"action.extended", N_("More time"), "i-calendar-up"},
      {"action.given", N_("Given to somebody else"), "i-user-share"},
      {"action.cancelled", N_("Cancelled"), "i-ban"},
      {"action.need_added", N_("Waits for another"), "i-link"},
      {"action.need_removed", N_("Waits no more for another"), "i-unlink"},
      {"action.read_from_file", N_("As the file tells it"), "i-table-import"},
      {"evidence.linked", N_("Evidence attached"), "i-paperclip"},
      {"evidence.unlinked", N_("Evidence taken off"), "i-paperclip"},
  };
  *icon = "i-point";
  for (size_t i = 0; i < COUNT_OF(events); i++) {
    if (!text_equal(action, events[i].action)) continue;
    *icon = events[i].icon;
    return _(events[i].words);
  }
  return action;
}

// What people said; dates in words.
static const char *said(Context *c, const Changes *changes) {
  static const char *const names[] = {"reason", "words",    "correction", "containment",
                                      "extent", "improved", "result",     "cancel reason"};
  for (size_t n = 0; n < COUNT_OF(names); n++)
    for (size_t i = 0; i < changes->count; i++)
      if (text_equal(changes->items[i].name, names[n]) && changes->items[i].after != NULL)
        return changes->items[i].after;
  for (size_t i = 0; i < changes->count; i++) {
    const Change *change = &changes->items[i];
    if (text_equal(change->name, "due") && change->before != NULL && change->after != NULL)
      return text_format(c->arena, "%s → %s", change->before, change->after);
  }
  return "";
}

HistoryLineList history_lines(Context *c, const char *kind, int64_t object) {
  HistoryLineList out = {0};
  Histories entries = {0};
  HistoryFilter filter = {
      .kind = kind, .object = object, .from = DATE_NONE, .to = DATE_NONE, .limit = HISTORY_LINES};
  if (!history_list(c, &filter, &entries)) return out;
  for (size_t i = 0; i < entries.count; i++) {
    const History *h = &entries.items[i];
    HistoryLine *line = list_add(c->arena, &out);
    line->what = event_words(h->action, &line->icon);
    line->reason = said(c, &h->changes);
    line->by = h->actor_name == NULL ? _("The installation") : h->actor_name;
    line->at = h->at;
  }
  return out;
}

bool attach_all(Request *r, const Uploads *files, const char *kind, int64_t object,
                const char *source, Date until) {
  Context *c = &r->context;
  const EvidenceAbout about = {.source = source,
                               .taken_on = DATE_NONE,
                               .period_from = DATE_NONE,
                               .period_to = until,
                               .kind = kind,
                               .object = object};
  int64_t id;
  if (files->count == 0) return invalid(c, "files", _("Choose at least one file."));
  for (size_t i = 0; i < files->count; i++)
    if (files->items[i].size == 0)
      return invalid(c, "files", _("%s is empty: it proves nothing."), files->items[i].name);
  for (size_t i = 0; i < files->count; i++)
    if (!evidence_add(c, &files->items[i], &about, &id)) return false;
  return true;
}
