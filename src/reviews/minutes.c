// SPDX-License-Identifier: Apache-2.0
// The minutes: approved by the chair, frozen, attached as evidence, and with them the review ends.
#include "reviews/inside.h"

#include "db/db.h"
#include "ledger/evidence.h"
#include "ledger/store.h"
#include "json/json.h"

#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void json_people(Json *j, const Review *review) {
  static const char *const presence[] = {"not_said", "present", "absent"};
  json_key(j, "people");
  json_open_list(j);
  for (size_t i = 0; i < review->people.count; i++) {
    const Invited *one = &review->people.items[i];
    json_open(j);
    json_put_int(j, "person", one->person);
    json_put_text(j, "name", one->name);
    json_put_text(j, "part", part_name(one->part));
    json_put_bool(j, "chair", one->person == review->chair);
    json_put_text(j, "presence", presence[one->presence]);
    json_close(j);
  }
  json_close_list(j);
}

static void json_decisions(Json *j, const Review *review, char letter) {
  json_key(j, "decisions");
  json_open_list(j);
  for (size_t i = 0; i < review->decisions.count; i++) {
    const ReviewDecision *one = &review->decisions.items[i];
    if (one->letter != letter || one->struck) continue;
    json_open(j);
    json_put_int(j, "id", one->id);
    json_put_text(j, "kind", decided_kind_name(one->kind));
    json_put_text(j, "words", one->words);
    json_put_text(j, "owner", one->owner_label);
    json_put_date(j, "due", one->due);
    json_put_int(j, "action", one->action);
    if (one->effect.kind != EFFECT_NONE) {
      json_put_text(j, "effect", effect_name(one->effect.kind));
      json_put_text(j, "changes", one->effect.words);
      json_put_text(j, "effect_state", effect_state_name(one->effect.state));
      json_put_text(j, "outcome", one->effect.outcome);
    }
    json_close(j);
  }
  json_close_list(j);
}

static void json_inputs(Json *j, const Review *review) {
  json_key(j, "inputs");
  json_open_list(j);
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const Input *input = &review->inputs[i];
    const char letter[2] = {input->letter, '\0'};
    json_open(j);
    json_put_text(j, "letter", letter);
    json_put_text(j, "title", review_inputs[i].title);
    json_put_text(j, "state", input_state_name(input->state));
    json_put_text(j, "words", input->words);
    json_put_text(j, "notes", input->notes);
    json_put_text(j, "reason", input->reason);
    json_put_text(j, "deferred_to", input->deferred_title);
    json_put_date(j, "deferred_due", input->deferred_due);
    json_put_text(j, "said_by", input->said_by);
    json_decisions(j, review, input->letter);
    json_close(j);
  }
  json_close_list(j);
}

const char *minutes_json(Context *c, const Review *review) {
  SqlReviewDocumentLastRow pack;
  bool has_pack = sql_review_document_last(
      c, (SqlReviewDocumentLast){.id = review->activity.id, .kind = "pack"}, &pack);
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_text(&j, "format", "daybook review minutes 1");
  json_put_int(&j, "review", review->activity.id);
  json_put_text(&j, "title", review->activity.title);
  json_put_date(&j, "baseline", review->activity.baseline);
  json_put_date(&j, "due", review->activity.due);
  json_put_date(&j, "held_on", review->held_on);
  json_put_text(&j, "agenda", review->agenda);
  json_put_text(&j, "chair", review->chair_name);
  json_put_text(&j, "quorum", review->quorum.words);
  json_people(&j, review);
  json_inputs(&j, review);
  json_put_text(&j, "summary", review->summary);
  json_put_int(&j, "pack_edition", has_pack ? pack.edition : 0);
  json_put_text(&j, "pack_sha256", has_pack ? pack.sha256 : "");
  json_put_text(&j, "approved_by", review->chair_name);
  json_put_instant(&j, "approved", c->now);
  json_close(&j);
  return json_result(&j);
}

// ---- the chair approves ----

// The file is durable before the row: once a quarter that wait is worth one whole transaction.
static bool attach(Context *c, const Review *review, const char *minutes) {
  const char *name = text_format(c->arena, "Minutes %s.md", date_text(c->arena, review->held_on));
  int file = memfd_create("minutes", MFD_CLOEXEC);
  size_t length = strlen(minutes);
  if (file < 0) return failure(c, "no room for the minutes");
  Upload upload = {0};
  bool received = write(file, minutes, length) == (ssize_t)length &&
                  lseek(file, 0, SEEK_SET) == 0 && store_receive_fd(c, file, name, &upload);
  close(file);
  const EvidenceAbout about = {.source = _("Minutes approved by the chair"),
                               .taken_on = review->held_on,
                               .period_from = DATE_NONE,
                               .period_to = DATE_NONE,
                               .kind = "activity",
                               .object = review->activity.id};
  int64_t id = 0;
  if (!received) return context_ok(c) && failure(c, "the minutes could not be kept");
  return evidence_add(c, &upload, &about, &id);
}

// The room has looked after each point of the placeholder's checklist.
static bool settle_checklist(Context *c, int64_t id) {
  ActivityDetail detail;
  if (!activity_detail(c, id, &detail)) return false;
  for (size_t i = 0; i < detail.items.count; i++)
    if (detail.items.items[i].state == ITEM_OPEN &&
        !activity_item_set(c, detail.items.items[i].id, ITEM_DONE, ""))
      return false;
  return true;
}

static bool may_approve(Context *c, const Review *review, int64_t version) {
  if (review->stage != STAGE_MINUTES)
    return conflict(c, _("Close the meeting first: there are no minutes to approve yet."));
  if (version != 0 && version != review->version)
    return conflict(c, _("The minutes changed since you read them. Read them again."));
  if (c->actor == 0 || c->actor != review->chair)
    return denied(c, _("Only the chair, %s, approves the minutes."),
                  review->chair_name[0] == '\0' ? _("nobody yet") : review->chair_name);
  Gaps gaps = {0};
  if (!review_gaps(c, review, true, &gaps)) return false;
  for (size_t i = 0; i < gaps.count; i++)
    invalid(c, "approve", "%s %s", gaps.items[i].what, gaps.items[i].how);
  return context_ok(c);
}

bool review_approve(Context *c, int64_t id, int64_t version) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin(c, id, &review) || !may_approve(c, &review, version)) return false;
  // What was decided takes effect now, so that the minutes say what came of it.
  if (!effects_settle(c, &review) || !review_get(c, id, &review)) return false;
  const char *json = minutes_json(c, &review);
  const SqlReviewSetApproved set = {.id = id, .version = review.version, .by = c->actor};
  if (!review_landed(c, sql_review_set_approved(c, set))) return false;
  review.approved = c->now;
  review.approved_by = review.chair_name;
  LedgerEntry *entry = ledger_entry(c, "review.approved", "review", id);
  ledger_number(entry, "approved_by", c->actor);
  ledger_value(entry, "sha256", sha256_hex(c->arena, json, strlen(json)));
  ActivityResult result = {.activity = id, .held_on = review.held_on, .result = review.summary};
  return ledger_write(entry) && document_freeze(c, id, "minutes", json, "") &&
         attach(c, &review, minutes_markdown(c, &review)) && settle_checklist(c, id) &&
         activity_record(c, &result) && activity_conclude(c, id, 0) && transaction_commit(&tx);
}
