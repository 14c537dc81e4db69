// SPDX-License-Identifier: Apache-2.0
// The pack as a page: for those who prepare and read it, for the room, and for a guest.
#include "org/throttle.h"
#include "reviews/inside.h"
#include "reviews/pack_document.h"
#include "reviews/pages.h"
#include "reviews/reviews.routes.h"

#include <string.h>

void review_pack_handler(Request *r, const ReviewPackInput *in) {
  Context *c = &r->context;
  Review review;
  Pack pack;
  PackChanges changes = {0};
  if (!review_get(c, in->id, &review) || !pack_get(c, &review, &pack)) return;
  if (review.activity.state < STATE_CONCLUDED && !pack_since(c, &review, &pack, &changes)) return;
  ReviewPackPage page = {.id = in->id,
                         .title = pack.title,
                         .organisation = pack.organisation,
                         .draft = pack.edition == 0,
                         .edition = pack.edition,
                         .made = pack.made,
                         .made_by = pack.made_by,
                         .reason = pack.reason,
                         .sha256 = pack.sha256,
                         .due = pack.due,
                         .from = pack.from,
                         .to = pack.to,
                         .pack_due = review.pack_due,
                         .changes = change_rows(c, r->org_slug, &changes),
                         .body = pack_body(c, &pack, r->org_slug)};
  if (context_ok(c)) respond_review_pack_page(r, &page);
}

static const char *file_name(Context *c, const char *what, const Review *review) {
  Date day = date_is_none(review->held_on) ? review->activity.due : review->held_on;
  return text_format(c->arena, "%s-%s", what, date_text(c->arena, day));
}

void review_pack_document_handler(Request *r, const ReviewPackDocumentInput *in) {
  Context *c = &r->context;
  Review review;
  Pack pack;
  PackChanges changes = {0};
  if (!review_get(c, in->id, &review) || !pack_get(c, &review, &pack)) return;
  if (review.activity.state < STATE_CONCLUDED && !pack_since(c, &review, &pack, &changes)) return;
  if (text_equal(in->form, "json")) {
    const char *json = pack_json_answer(c, &pack);
    request_bytes(r, "application/json",
                  text_format(c->arena, "%s.json", file_name(c, "pack", &review)), json,
                  strlen(json));
    return;
  }
  document_answer(r, pack_document(c, &pack, &changes, r->base_url), in->form,
                  file_name(c, "pack", &review));
}

void review_minutes_document_handler(Request *r, const ReviewMinutesDocumentInput *in) {
  Context *c = &r->context;
  Review review;
  if (review_get(c, in->id, &review))
    document_answer(r, minutes_document(c, &review, r->base_url), in->form,
                    file_name(c, "minutes", &review));
}

void guest_pack_handler(Request *r, const GuestPackInput *in) {
  Context *c = &r->context;
  GuestReading reading;
  Review review;
  Pack pack;
  if (!throttle_link(c, "pack", in->secret, r->client) || !guest_read(c, in->secret, &reading))
    return;
  if (!review_get(c, reading.review, &review) || !pack_get(c, &review, &pack)) return;
  GuestPackPage page = {.title = pack.title,
                        .organisation = reading.organisation,
                        .guest = reading.name,
                        .expires = reading.expires,
                        .made = pack.made,
                        .edition = pack.edition,
                        .sha256 = pack.sha256,
                        .from = pack.from,
                        .to = pack.to,
                        .due = pack.due,
                        .body = pack_body(c, &pack, NULL)};
  request_header(r, "Referrer-Policy", "no-referrer");
  if (context_ok(c)) respond_guest_pack_page(r, &page);
}

void review_pack_issue_handler(Request *r, const ReviewPackIssueInput *in) {
  if (pack_issue(&r->context, in->id, in->reason))
    request_done(r, in->id, review_home(r, in->id, "/pack"),
                 _("The pack is issued: its numbers stay as they are."));
}

void review_guest_add_handler(Request *r, const ReviewGuestAddInput *in) {
  Context *c = &r->context;
  const char *secret;
  int64_t id;
  if (!guest_add(c, in->id, in->name, (int32_t)in->days, &secret, &id)) return;
  ReviewGuestPage page = {.id = in->id,
                          .name = in->name,
                          .address = text_format(c->arena, "%s/pack/%s", r->base_url, secret),
                          .expires = {c->now.us + in->days * INT64_C(86400) * 1000000}};
  request_secret(r);
  respond_review_guest_page(r, &page);
}

void review_guest_end_handler(Request *r, const ReviewGuestEndInput *in) {
  if (guest_revoke(&r->context, in->id, in->guest))
    request_done(r, in->id, review_home(r, in->id, ""), _("The address has ended."));
}
