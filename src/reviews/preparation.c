// SPDX-License-Identifier: Apache-2.0
// What a review needs before it begins: somebody to chair it, somebody to decide, an agenda, the
// pack in time. Said on its page, on Today, and by mail.
#include "diary/offer.h"
#include "diary/prompt.h"
#include "reviews/inside.h"
#include "reviews/preparation.sql.h"
#include "reviews/reviews.h"

enum {
  SETUP_DAYS = 60, // before the review: who chairs and decides has to be known
  SETUP_MAIL = 28,
  PACK_SHOWN = 7, // days before the pack is due
};

static void gap(Context *c, Gaps *gaps, const char *what, const char *how) {
  *list_add(c->arena, gaps) = (Gap){.what = what, .how = how};
}

static void deferred_here(Context *c, const Review *review, Gaps *gaps) {
  SqlReviewLeftRows rows = sql_review_left(c, (SqlReviewLeft){.id = review->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewLeftRow *row = &rows.items[i];
    if (review->inputs[row->letter[0] - 'a'].state != INPUT_OPEN) continue;
    gap(c, gaps,
        text_format(c->arena, _("Input (%s) was left to this review by “%s”%s."), row->letter,
                    row->title,
                    date_is_none(row->held_on)
                        ? ""
                        : text_format(c->arena, _(" of %s"), date_words(c->arena, row->held_on))),
        _("Put it on the agenda: it cannot wait longer than twelve months."));
  }
}

static void pack_gap(Context *c, const Review *review, Gaps *gaps) {
  if (review->editions > 0) return;
  bool late = date_compare(c->today, review->pack_due) > 0;
  const char *day = date_words(c->arena, review->pack_due);
  gap(c, gaps,
      late ? text_format(c->arena, _("The pack is not issued; it was due on %s."), day)
           : text_format(c->arena, _("The pack is not issued yet; it is due on %s."), day),
      _("Read the draft, add your words, and issue it: its numbers are frozen then."));
}

bool review_preparation(Context *c, const Review *review, Gaps *gaps) {
  const ReviewQuorum *q = &review->quorum;
  if (review->chair == 0)
    gap(c, gaps, _("Nobody chairs it."),
        _("Give somebody the role of top management, invite them and name them as chair."));
  if (q->top == 0)
    gap(c, gaps, _("Nobody of top management is invited."),
        _("Without them there is no quorum: invite those who decide."));
  else if (q->top < 2 && review->quorum_percent > 0)
    gap(c, gaps, _("Only one of top management is invited."),
        _("If they cannot come there is no quorum: invite a second, or agree the day early."));
  if (text_is_empty(review->agenda))
    gap(c, gaps, _("There is no agenda yet."), _("Write what is to be decided, in a few lines."));
  pack_gap(c, review, gaps);
  deferred_here(c, review, gaps);
  return context_ok(c);
}

bool reviews_preparation(Context *c, int64_t activity, Gaps *gaps) {
  Review review;
  if (!review_get(c, activity, &review)) return false;
  if (review.stage < STAGE_MEETING) return review_preparation(c, &review, gaps);
  return review_gaps(c, &review, false, gaps);
}

// ---- prompts ----

static Prompt prompt_of(Context *c, const SqlReviewComingRow *row, const char *stage) {
  return (Prompt){.activity = row->id,
                  .stage = stage,
                  .place = text_format(c->arena, "/reviews/%lld", (long long)row->id),
                  .due = row->due};
}

static void add_setup(Context *c, const SqlReviewComingRow *row, Prompts *out) {
  int32_t days = date_diff(row->due, c->today);
  bool nobody = row->prepared ? row->invited == 0 : row->able == 0;
  bool no_chair = row->prepared && (row->chair == 0 || row->chair_role == 0);
  if (days > SETUP_DAYS || (!nobody && !no_chair)) return;
  Prompt *prompt = list_add(c->arena, out);
  *prompt = prompt_of(c, row, "setup");
  prompt->heading = text_format(c->arena,
                                nobody ? _("“%s” on %s has nobody of top management")
                                       : _("“%s” on %s has nobody of top management to chair it"),
                                row->title, date_words(c->arena, row->due));
  prompt->todo = nobody ? _("Without them there is no quorum: give the role, and invite them.")
                        : _("Name one of the invited top management as chair.");
  prompt->mail = days <= SETUP_MAIL;
  prompt->late = days <= SETUP_MAIL;
}

static void add_pack(Context *c, const SqlReviewComingRow *row, Prompts *out) {
  Date due = date_add_days(row->due, -(int32_t)row->pack_days);
  int32_t days = date_diff(due, c->today);
  if (row->packs > 0 || days > PACK_SHOWN) return;
  Prompt *prompt = list_add(c->arena, out);
  *prompt = prompt_of(c, row, "pack");
  prompt->due = due;
  prompt->late = days < 0;
  prompt->mail = days <= 0;
  prompt->heading = text_format(c->arena,
                                days < 0    ? _("The pack of “%s” was due on %s")
                                : days == 0 ? _("The pack of “%s” is due today, %s")
                                            : _("The pack of “%s” is due on %s"),
                                row->title, date_words(c->arena, due));
  prompt->todo = _("Read the draft, add your words, and issue it, so that whoever decides can read "
                   "it in time.");
  prompt->place = text_format(c->arena, "/reviews/%lld/pack", (long long)row->id);
}

static void add_minutes(Context *c, const SqlReviewComingRow *row, Prompts *out) {
  Prompt *prompt = list_add(c->arena, out);
  *prompt = prompt_of(c, row, "minutes");
  prompt->due = zone_date(c->zone, row->closed, NULL);
  prompt->late = date_diff(c->today, prompt->due) > PACK_SHOWN;
  prompt->mail = true;
  prompt->person = row->chair;
  prompt->heading = text_format(c->arena, _("The minutes of “%s” wait for you"), row->title);
  prompt->todo = _("Read and approve them, or send them back: what was decided takes effect then.");
  prompt->place = text_format(c->arena, "/reviews/%lld/minutes", (long long)row->id);
}

// One statement: Today asks for it.
static bool prompts_at_a_glance(Context *c, Prompts *out) {
  SqlReviewComingRows rows = sql_review_coming(
      c, (SqlReviewComing){.top = ROLE_TOP_MANAGEMENT,
                           .until = date_add_days(c->today, SETUP_DAYS + PACK_SHOWN)});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewComingRow *row = &rows.items[i];
    if (!instant_is_none(row->closed)) {
      add_minutes(c, row, out);
      continue;
    }
    add_setup(c, row, out);
    add_pack(c, row, out);
  }
  return context_ok(c);
}

bool reviews_prompts(Context *c, Prompts *out) {
  if (!prompts_at_a_glance(c, out)) return false;
  for (size_t i = 0; i < out->count; i++)
    if (out->items[i].mail && !text_equal(out->items[i].stage, "minutes") &&
        !reviews_preparation(c, out->items[i].activity, &out->items[i].gaps))
      return false;
  return true;
}

// ---- on Today ----

static bool today(Request *r, TodaySectionList *out) {
  Context *c = &r->context;
  Prompts prompts = {0};
  TodaySection *section = NULL;
  bool leads = request_may(r, "review.change");
  if (c->actor == 0 || !request_may(r, "review.read")) return true;
  if (!prompts_at_a_glance(c, &prompts)) return false;
  for (size_t i = 0; i < prompts.count; i++) {
    const Prompt *one = &prompts.items[i];
    if (one->person == 0 ? !leads : one->person != c->actor) continue;
    if (section == NULL) {
      section = list_add(c->arena, out);
      *section = (TodaySection){.key = "reviews",
                                .title = _("Management review"),
                                .href = text_format(c->arena, "/o/%s/reviews", r->org_slug),
                                .more = _("All reviews")};
    }
    *list_add(c->arena, &section->rows) = (TodayLine){
        .title = one->heading,
        .href = text_format(c->arena, "/o/%s%s", r->org_slug, one->place),
        .icon = text_equal(one->stage, "minutes") ? "i-signature" : "i-users-group",
        .meta = "",
        .todo = one->todo,
        .mark = one->late ? (StatusMark){"late", _("Late"), "i-clock-exclamation"}
                          : (StatusMark){"planned", _("To prepare"), "i-calendar-event"}};
  }
  return context_ok(c);
}

extern const PageOffer reviews_offer;
const PageOffer reviews_offer = {"reviews", today, NULL};
