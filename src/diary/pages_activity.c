// SPDX-License-Identifier: Apache-2.0
// One activity: what it needs, what happened to it, and what may be done with it next.
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"
#include "ledger/evidence.h"

static const char *clock_words(Context *c, int32_t minute, int32_t duration) {
  int32_t end = minute + duration;
  return text_format(c->arena, "%02d:%02d–%02d:%02d", minute / 60 % 24, minute % 60, end / 60 % 24,
                     end % 60);
}

// The hour at the site, and the reader's own where it differs on that day.
static void times_of(Context *c, const Activity *a, ActivityPage *page) {
  page->start_time =
      text_format(c->arena, "%02d:%02d", a->start_minute / 60 % 24, a->start_minute % 60);
  page->time_site = text_format(c->arena, "%s, %s",
                                clock_words(c, a->start_minute, a->duration_minutes), a->time_zone);
  page->time_reader = "";
  const Zone *zone = zone_find(a->time_zone);
  if (zone == NULL || c->zone == NULL) return;
  Instant start = zone_instant(zone, a->due, a->start_minute * 60);
  if (zone_offset(zone, start, NULL) == zone_offset(c->zone, start, NULL)) return;
  int32_t second = 0;
  Date day = zone_date(c->zone, start, &second);
  page->time_reader =
      text_format(c->arena, _("%s%s for you, %s"), clock_words(c, second / 60, a->duration_minutes),
                  date_compare(day, a->due) == 0
                      ? ""
                      : text_format(c->arena, _(" on %s"), date_words(c->arena, day)),
                  zone_name(c->zone));
}

static const char *size_words(Context *c, int64_t bytes) {
  if (bytes < 1024) return text_format(c->arena, "%lld B", (long long)bytes);
  if (bytes < 1024 * 1024) return text_format(c->arena, "%.1f KB", (double)bytes / 1024);
  return text_format(c->arena, "%.1f MB", (double)bytes / (1024 * 1024));
}

static StatusMark freshness_mark(Freshness freshness) {
  switch (freshness) {
  case EVIDENCE_FRESH: return (StatusMark){"fresh", _("Fresh"), "i-file-check"};
  case EVIDENCE_AGEING: return (StatusMark){"late", _("Ageing"), "i-file-time"};
  case EVIDENCE_STALE: break;
  }
  return (StatusMark){"stale", _("Old"), "i-file-alert"};
}

static void evidence_of(Context *c, int64_t activity, EvidenceLineList *out) {
  SqlPageEvidenceRows rows = sql_page_evidence(c, (SqlPageEvidence){.activity = activity});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlPageEvidenceRow *row = &rows.items[i];
    Date until = evidence_speaks_until(row->period_to, row->taken_on,
                                       zone_date(c->zone, row->added_at, NULL));
    *list_add(c->arena, out) = (EvidenceLine){
        .id = row->id,
        .name = row->name,
        .media_type = row->media_type,
        .size = size_words(c, row->size),
        .added = row->added_at,
        .by = or_empty(row->added_by),
        .speaks = text_format(c->arena, _("speaks until %s"), date_words(c->arena, until)),
        .mark = freshness_mark(evidence_freshness(until, EVIDENCE_FRESH_MONTHS, c->today))};
  }
}

static const char *initials_of(Context *c, const char *name) {
  Text out;
  text_init(&out, c->arena);
  bool start = true;
  for (const char *p = or_empty(name); *p != '\0' && out.length < 2; p++) {
    if (start && *p >= 'A' && *p <= 'Z') text_add_char(&out, *p);
    start = *p == ' ';
  }
  return out.data == NULL ? "" : out.data;
}

static void lists_of(Context *c, const ActivityDetail *detail, ActivityPage *page) {
  static const char *const states[] = {"open", "done", "not_applicable"};
  for (size_t i = 0; i < detail->items.count; i++) {
    const ActivityItem *item = &detail->items.items[i];
    *list_add(c->arena, &page->items) = (ItemLine){.id = item->id,
                                                   .text = item->text,
                                                   .state = states[item->state],
                                                   .reason = or_empty(item->reason),
                                                   .by = or_empty(item->changed_by),
                                                   .at = item->changed};
    page->items_done += item->state != ITEM_OPEN;
    page->items_open += item->state == ITEM_OPEN;
    page->items_total++;
  }
  for (size_t i = 0; i < detail->notes.count; i++) {
    const ActivityNote *note = &detail->notes.items[i];
    *list_add(c->arena, &page->notes) =
        (NoteLine){note->id, note->correction, note->body, or_empty(note->by), note->at};
  }
  for (size_t i = 0; i < detail->people.count; i++) {
    const ActivityPerson *person = &detail->people.items[i];
    *list_add(c->arena, &page->people) = (PersonLine){
        person->person, person->name, or_empty(person->part), initials_of(c, person->name)};
  }
  for (size_t i = 0; i < detail->gaps.count; i++) {
    const Gap *gap = &detail->gaps.items[i];
    if (!text_starts(gap->what, _("Checklist: "))) // the points stand in `items`
      *list_add(c->arena, &page->gaps) = (GapLine){gap->what, or_empty(gap->how)};
  }
}

// From the first date to the end, oldest first.
static void history_of(Context *c, const ActivityDetail *detail, HistoryLineList *out) {
  const Activity *a = &detail->activity;
  *list_add(c->arena, out) = (HistoryLine){
      .icon = "i-flag",
      .by = "",
      .reason = a->why,
      .at = INSTANT_NONE,
      .what = text_format(c->arena, _("First planned for %s; this date stays as the baseline"),
                          date_words(c->arena, a->baseline))};
  for (size_t i = 0; i < detail->moves.count; i++) {
    const ActivityMoveLine *move = &detail->moves.items[i];
    *list_add(c->arena, out) = (HistoryLine){.icon = "i-arrows-move-horizontal",
                                             .by = or_empty(move->by),
                                             .at = move->at,
                                             .reason = move->reason,
                                             .what = text_format(c->arena, _("Moved from %s to %s"),
                                                                 date_words(c->arena, move->from),
                                                                 date_words(c->arena, move->to))};
  }
  if (a->state == STATE_CONCLUDED)
    *list_add(c->arena, out) =
        (HistoryLine){.icon = "i-circle-check",
                      .by = or_empty(a->concluded_by),
                      .at = a->concluded,
                      .reason = "",
                      .what = text_format(c->arena,
                                          a->imported ? _("Entered as earlier work, held on %s")
                                                      : _("Concluded, held on %s"),
                                          date_words(c->arena, a->held_on))};
  if (a->state == STATE_CANCELLED)
    *list_add(c->arena, out) = (HistoryLine){.icon = "i-ban",
                                             .by = "",
                                             .at = INSTANT_NONE,
                                             .reason = a->cancel_reason,
                                             .what = _("Cancelled")};
}

static ActivityLine line_of(const Context *c, const Activity *a) {
  return (ActivityLine){.id = a->id,
                        .duty = a->duty,
                        .kind = a->kind,
                        .title = a->title,
                        .stage = a->stage,
                        .why = a->why,
                        .owner = a->owner_label,
                        .status = a->status,
                        .baseline = a->baseline,
                        .earliest = a->earliest,
                        .due = a->due,
                        .latest = a->latest,
                        .held_on = a->held_on,
                        .slip_days = a->slip_days,
                        .days = date_diff(a->due, c->today)};
}

static const char *room_place(Context *c, const Room *room, const Activity *a) {
  if (room == NULL || room->place == NULL) return "";
  if (room->place_stage != NULL && text_equal(a->stage, room->place_stage)) return "";
  return text_format(c->arena, "%s%lld", room->place, (long long)a->id);
}

static const char *room_name(const Room *room) {
  if (room == NULL) return "";
  return room->place_name != NULL ? _(room->place_name) : or_empty(room->name);
}

static void facts_of(Context *c, const Activity *a, ActivityPage *page) {
  ActivityLine line = line_of(c, a);
  ActivityRow row = activity_row(c, &line);
  const Room *room = diary_room(a->kind);
  *page = (ActivityPage){.id = a->id,
                         .version = a->version,
                         .title = a->title,
                         .kind = row.kind,
                         .kind_title = row.kind_title,
                         .icon = row.icon,
                         .stage = row.stage,
                         .why = row.why,
                         .purpose = room == NULL ? "" : _(or_empty(room->purpose)),
                         .clauses = room == NULL ? "" : clause_words(c, room->clauses),
                         .room_place = room_place(c, room, a),
                         .room_beside = room != NULL && room->place_beside,
                         .room_name = room_name(room),
                         .mark = row.mark,
                         .open = a->state < STATE_CONCLUDED,
                         .started = a->state == STATE_UNDER_WAY,
                         .duty = a->duty,
                         .duty_title = or_empty(a->duty_title),
                         .owner = row.owner,
                         .site = or_empty(a->site_name),
                         .series = a->series,
                         .baseline = a->baseline,
                         .earliest = a->earliest,
                         .due = a->due,
                         .latest = a->latest,
                         .held_on = a->held_on,
                         .when = row.when,
                         .slip = row.slip,
                         .todo = row.todo,
                         .duration = a->duration_minutes,
                         .result = or_empty(a->result),
                         .cancel_reason = or_empty(a->cancel_reason),
                         .imported = a->imported,
                         .superseded_by = a->superseded_by,
                         .concluded = a->concluded,
                         .concluded_by = or_empty(a->concluded_by),
                         .today = c->today};
}

void activity_handler(Request *r, const ActivityInput *in) {
  Context *c = &r->context;
  ActivityDetail detail = {0};
  if (!activity_detail(c, in->id, &detail)) return;
  ActivityPage page;
  facts_of(c, &detail.activity, &page);
  times_of(c, &detail.activity, &page);
  lists_of(c, &detail, &page);
  history_of(c, &detail, &page.history);
  evidence_of(c, in->id, &page.evidence);
  if (!decided_lines(c, r->org_slug, "activity", in->id, &page.decided)) return;
  page.breach = or_empty(detail.breach);
  const Room *room = diary_room(detail.activity.kind);
  if (room != NULL && room->reads != NULL && !request_may(r, room->reads)) page.room_place = "";
  page.room_href = text_format(c->arena, "/o/%s%s", r->org_slug, page.room_place);
  page.in_diary = page.room_place[0] == '\0' || page.room_beside;
  page.ready = page.open && detail.gaps.count == 0;
  if (context_ok(c)) respond_activity_page(r, &page);
}
