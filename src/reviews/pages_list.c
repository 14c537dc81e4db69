// SPDX-License-Identifier: Apache-2.0
// All reviews: the next one, those held, which inputs each considered, and how the figures moved.
#include "report/chart.h"
#include "reviews/cadence.h"
#include "reviews/pack_chart.h"
#include "reviews/pages.h"
#include "reviews/reviews.routes.h"

enum { MOST_TRENDS = 6 };

static const char *slip_of(Context *c, int32_t days) {
  if (days == 0) return "";
  return text_format(c->arena, days > 0 ? _("%s after the first date") : _("%s before"),
                     count_words(c, days < 0 ? -days : days, _("day"), _("days")));
}

static ReviewCellList cells_of(Context *c, const ReviewLine *line) {
  ReviewCellList list = {.items = arena_array(c->arena, REVIEW_INPUT_COUNT, sizeof(ReviewCell))};
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const ReviewInput *input = &review_inputs[i];
    const InputState state = line->inputs[i];
    list.items[list.count++] =
        (ReviewCell){.letter = text_copy_n(c->arena, &input->letter, 1),
                     .state = input_state_name(state),
                     .words = text_format(c->arena, "(%c) %s: %s", input->letter, _(input->title),
                                          input_title(state)),
                     .icon = input_icon(state)};
  }
  return list;
}

static ReviewRow row_of(Context *c, const ReviewLine *line) {
  return (ReviewRow){.id = line->id,
                     .title = line->title,
                     .mark = status_mark(line->status),
                     .stage = stage_name(line->stage),
                     .stage_title = stage_title(line->stage),
                     .baseline = line->baseline,
                     .due = line->due,
                     .held_on = line->held_on,
                     .slip = slip_of(c, line->slip_days),
                     .moves = line->moves,
                     .decisions = line->decisions,
                     .owner = line->owner,
                     .cells = cells_of(c, line)};
}

static void sort_rows(Context *c, const ReviewLines *lines, ReviewsPage *page) {
  page->open.items = arena_array(c->arena, lines->count + 1, sizeof(ReviewRow));
  page->held.items = arena_array(c->arena, lines->count + 1, sizeof(ReviewRow));
  for (size_t i = 0; i < lines->count; i++) {
    ReviewRow row = row_of(c, &lines->items[i]);
    bool ended = lines->items[i].status >= STATUS_CONCLUDED;
    ReviewRowList *list = ended ? &page->held : &page->open;
    list->items[list->count++] = row;
  }
  for (size_t i = 0; i < page->held.count / 2; i++) { // the last one held first
    ReviewRow swap = page->held.items[i];
    page->held.items[i] = page->held.items[page->held.count - 1 - i];
    page->held.items[page->held.count - 1 - i] = swap;
  }
}

static void add_letters(Context *c, ReviewsPage *page) {
  page->letters.items = arena_array(c->arena, REVIEW_INPUT_COUNT, sizeof(ReviewLetter));
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++)
    page->letters.items[page->letters.count++] = (ReviewLetter){
        text_copy_n(c->arena, &review_inputs[i].letter, 1), _(review_inputs[i].title)};
}

static size_t measured_points(const PackFigure *figure) {
  size_t count = 0;
  for (size_t i = 0; i < figure->trend.count; i++) count += figure->trend.items[i].value.has;
  return count;
}

// How the headline figures moved, as the next review's pack will show it.
static bool add_trends(Context *c, int64_t next, ReviewsPage *page) {
  Review review;
  Pack pack;
  if (!review_get(c, next, &review) || !pack_draft(c, &review, &pack)) return false;
  page->trends.items = arena_array(c->arena, MOST_TRENDS, sizeof(TrendPicture));
  for (size_t i = 0; i < pack.sections.count; i++)
    for (size_t k = 0; k < pack.sections.items[i].figures.count; k++) {
      const PackFigure *figure = &pack.sections.items[i].figures.items[k];
      if (!figure->figure.headline || page->trends.count == MOST_TRENDS) continue;
      if (measured_points(figure) < 2) continue;
      page->trends.items[page->trends.count++] =
          (TrendPicture){.section = pack.sections.items[i].title,
                         .label = figure->figure.label,
                         .value = figure_words(c->arena, figure->figure.value, figure->figure.unit),
                         .chart = chart_html(c->arena, figure_chart(c->arena, figure, CHART_LINE))};
    }
  return true;
}

static CadenceView *cadence_view(Context *c) {
  ReviewCadence cadence;
  if (!cadence_propose(c, &cadence) || cadence.duty == 0) return NULL;
  CadenceView *view = arena_new(c->arena, CadenceView);
  *view = (CadenceView){.now = cadence.now_months,
                        .proposed = cadence.proposed_months,
                        .why = cadence.why,
                        .chosen = cadence.chosen,
                        .differs = cadence.now_months != cadence.proposed_months};
  return view;
}

void reviews_handler(Request *r, const ReviewsInput *in) {
  (void)in;
  Context *c = &r->context;
  ReviewLines lines = {0};
  if (!review_list(c, &lines)) return;
  ReviewsPage page = {.adopted = lines.count > 0, .next_when = ""};
  sort_rows(c, &lines, &page);
  add_letters(c, &page);
  if (page.open.count > 0) {
    page.next = &page.open.items[0];
    page.next_when = days_words(c, date_diff(page.next->due, c->today));
    if (!add_trends(c, page.next->id, &page)) return;
  }
  page.grants = grant_rows(c);
  page.cadence = cadence_view(c);
  if (context_ok(c)) respond_reviews_page(r, &page);
}

void review_cadence_handler(Request *r, const ReviewCadenceInput *in) {
  Context *c = &r->context;
  if (cadence_choose(c, (int32_t)in->months, in->reason))
    request_done(r, 0, text_format(c->arena, "/o/%s/reviews", r->org_slug),
                 _("Chosen: every %lld months after the first year."), (long long)in->months);
}
