// SPDX-License-Identifier: Apache-2.0
// One review: how far it is, who comes, what is missing, what was frozen and decided.
#include "reviews/inside.h"
#include "reviews/pages.h"
#include "reviews/reviews.routes.h"

static ReviewStepList steps_of(Context *c, const Review *review) {
  ReviewStepList list = {.items = arena_array(c->arena, 4, sizeof(ReviewStep))};
  const char *issued =
      instant_is_none(review->issued)
          ? text_format(c->arena, _("due %s"), date_words(c->arena, review->pack_due))
          : date_words(c->arena, zone_date(c->zone, review->issued, NULL));
  const char *held = date_is_none(review->held_on) ? date_words(c->arena, review->activity.due)
                                                   : date_words(c->arena, review->held_on);
  const struct {
    const char *title, *note;
    Stage done_from, current;
  } steps[] = {
      {_("Pack issued"), issued, STAGE_PACK_ISSUED, STAGE_PREPARING},
      {_("Meeting held"), held, STAGE_MINUTES, STAGE_PACK_ISSUED},
      {_("Minutes approved"), review->approved_by, STAGE_CONCLUDED, STAGE_MINUTES},
  };
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    bool meeting = review->stage == STAGE_MEETING && i == 1;
    list.items[list.count++] = (ReviewStep){
        .title = steps[i].title,
        .note = steps[i].note,
        .done = review->stage != STAGE_CANCELLED && review->stage >= steps[i].done_from,
        .current = meeting || review->stage == steps[i].current};
  }
  return list;
}

static ReviewChoiceList chairs_of(Context *c, const Review *review) {
  ReviewChoiceList list = {
      .items = arena_array(c->arena, review->people.count + 1, sizeof(ReviewChoice))};
  for (size_t i = 0; i < review->people.count; i++) {
    const Invited *one = &review->people.items[i];
    if (one->part != PART_TOP_MANAGEMENT) continue;
    list.items[list.count++] = (ReviewChoice){one->person, one->name, one->person == review->chair};
  }
  return list;
}

static ReviewDocumentRowList documents_of(Context *c, int64_t id) {
  SqlReviewDocumentListRows rows = sql_review_document_list(c, (SqlReviewDocumentList){.id = id});
  ReviewDocumentRowList list = {
      .items = arena_array(c->arena, rows.count + 1, sizeof(ReviewDocumentRow))};
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewDocumentListRow *row = &rows.items[i];
    bool pack = text_equal(row->kind, "pack");
    list.items[list.count++] = (ReviewDocumentRow){
        .kind = row->kind,
        .title = pack ? text_format(c->arena, _("Pack, edition %lld"), (long long)row->edition)
                      : _("Minutes"),
        .edition = row->edition,
        .sha256 = row->sha256,
        .made = row->made,
        .by = row->made_by == NULL ? "" : row->made_by,
        .reason = row->reason};
  }
  return list;
}

static GuestReadingRowList readings_of(Context *c, const Guest *guest) {
  GuestReadingRowList list = {0};
  for (size_t i = 0; i < guest->read.count; i++)
    *list_add(c->arena, &list) = (GuestReadingRow){guest->read.items[i]};
  return list;
}

static bool guests_of(Context *c, int64_t id, ReviewGuestRowList *out) {
  Guests guests = {0};
  if (!guest_list(c, id, &guests)) return false;
  out->items = arena_array(c->arena, guests.count + 1, sizeof(ReviewGuestRow));
  for (size_t i = 0; i < guests.count; i++) {
    const Guest *guest = &guests.items[i];
    out->items[out->count++] = (ReviewGuestRow){.id = guest->id,
                                                .name = guest->name,
                                                .expires = guest->expires,
                                                .ended = guest->revoked || guest->expired,
                                                .readings = guest->readings,
                                                .last_read = guest->last_read,
                                                .read = readings_of(c, guest)};
  }
  return true;
}

static void facts_of(Context *c, const Review *review, ReviewPage *page) {
  const Activity *a = &review->activity;
  *page = (ReviewPage){.id = a->id,
                       .version = review->version,
                       .title = a->title,
                       .mark = status_mark(a->status),
                       .stage = stage_name(review->stage),
                       .stage_title = stage_title(review->stage),
                       .due = a->due,
                       .baseline = a->baseline,
                       .latest = a->latest,
                       .when = days_words(c, date_diff(a->due, c->today)),
                       .slip = "",
                       .why = a->why,
                       .open = a->state < STATE_CONCLUDED,
                       .chair = review->chair_name,
                       .quorum = review->quorum.words,
                       .quorum_met = review->quorum.met,
                       .quorum_percent = review->quorum_percent,
                       .quorum_chair = review->quorum_chair,
                       .pack_days = review->pack_days,
                       .pack_due = review->pack_due,
                       .pack_late = review->stage == STAGE_PREPARING &&
                                    date_compare(c->today, review->pack_due) > 0,
                       .issued = review->issued,
                       .editions = review->editions,
                       .agenda = review->agenda,
                       .summary = review->summary,
                       .held_on = review->held_on,
                       .approved = review->approved,
                       .approved_by = review->approved_by,
                       .is_chair = c->actor != 0 && c->actor == review->chair};
  if (a->slip_days != 0)
    page->slip = text_format(
        c->arena, a->slip_days > 0 ? _("%s after the first date") : _("%s before the first date"),
        count_words(c, a->slip_days < 0 ? -a->slip_days : a->slip_days, _("day"), _("days")));
}

static bool preparation_of(Context *c, const Review *review, ReviewPage *page) {
  Gaps gaps = {0};
  page->preparing = review->stage < STAGE_MEETING;
  if (page->preparing && !review_preparation(c, review, &gaps)) return false;
  page->preparation = gap_lines(c, &gaps);
  return true;
}

void review_show_handler(Request *r, const ReviewShowInput *in) {
  Context *c = &r->context;
  Review review;
  Pack pack;
  PackChanges changes = {0};
  Gaps gaps = {0};
  if (!review_get(c, in->id, &review) || !pack_get(c, &review, &pack)) return;
  ReviewPage page;
  facts_of(c, &review, &page);
  if (page.open &&
      (!review_gaps(c, &review, false, &gaps) || !pack_since(c, &review, &pack, &changes)))
    return;
  page.steps = steps_of(c, &review);
  page.people = person_rows(c, &review);
  page.chairs = chairs_of(c, &review);
  page.inputs = input_rows(c, r->org_slug, &review, &pack);
  page.gaps = gap_lines(c, &gaps);
  if (!preparation_of(c, &review, &page)) return;
  page.decisions = decision_rows(c, r->org_slug, &review, 0);
  page.documents = documents_of(c, in->id);
  page.changes = change_rows(c, r->org_slug, &changes);
  page.addenda = addendum_rows(c, &review);
  if (!guests_of(c, in->id, &page.guests)) return;
  owner_names(c, &page.names);
  if (context_ok(c)) respond_review_page(r, &page);
}
