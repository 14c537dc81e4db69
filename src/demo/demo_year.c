// SPDX-License-Identifier: Apache-2.0
// The first months of the certificate, lived day by day: most is done in time, some moved, two
// stand late, and one evacuation drill was forgotten until it was too late.
#include "demo/demo.h"
#include "demo/demo.sql.h"

#include "diary/activity.h"
#include "diary/duty.h"
#include "ledger/evidence.h"
#include "ledger/store.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const DemoRole OWNERS[DUTY_KIND_COUNT] = {
    [DUTY_COMMUNICATION] = DEMO_SALES,
    [DUTY_AUDIT] = DEMO_AUDITOR,
    [DUTY_MANAGEMENT_REVIEW] = DEMO_EXECUTIVE,
    [DUTY_TRAINING] = DEMO_PEOPLE,
    [DUTY_EXERCISE_CONTINUITY] = DEMO_OPERATIONS,
    [DUTY_EXERCISE_EVACUATION] = DEMO_FACILITIES,
    [DUTY_EXERCISE_RECOVERY] = DEMO_TECHNOLOGY,
    [DUTY_RISK_WORKSHOP] = DEMO_MANAGER,
    [DUTY_IMPROVEMENT] = DEMO_QUALITY,
    [DUTY_SURVEILLANCE] = DEMO_MANAGER,
    [DUTY_CONTROL_CHECK] = DEMO_MANAGER,
};

static const char *const RESULTS[DUTY_KIND_COUNT] = {
    [DUTY_COMMUNICATION] =
        "Customers, staff and the insurer were told; nobody objected. Two customers "
        "asked for the certificate and have it.",
    [DUTY_AUDIT] =
        "Every item of the plan was assessed and the report went to the chief executive. "
        "Two minor nonconformities and one observation are in the findings.",
    [DUTY_MANAGEMENT_REVIEW] =
        "All inputs were considered. Decided: a second factor for mail, money "
        "for a spare gate reader, and a new owner for guarding.",
    [DUTY_TRAINING] = "Everybody invited took part but one, who is excused and has a new date. The "
                      "short quiz went well; the question on tablets was the hard one.",
    [DUTY_EXERCISE_CONTINUITY] =
        "Tidewater was declared lost at nine. Planning ran on paper within "
        "forty minutes; the target is an hour.",
    [DUTY_EXERCISE_EVACUATION] =
        "Building empty in four minutes and ten seconds; the target is five. "
        "The muster list was complete.",
    [DUTY_EXERCISE_RECOVERY] = "A whole restore into the spare environment took two hours and "
                               "fifty minutes; the target is four. Data loss was eleven minutes.",
    [DUTY_RISK_WORKSHOP] =
        "Ten risks in two and a half hours with seven people. Ransomware stays the "
        "highest; two risks were lowered with reasons.",
    [DUTY_IMPROVEMENT] =
        "Open findings were gone through one by one. Two were closed after somebody "
        "else had checked that the cause is gone.",
    [DUTY_SURVEILLANCE] =
        "Checked against the list of the certification body; what is missing has an "
        "owner and a date.",
    [DUTY_CONTROL_CHECK] =
        "Checked against the list. Four rights were taken away, one was wrong from "
        "the start.",
};

void demo_clock(Context *c, Date day, int hour) {
  c->zone = zone_find("Europe/London");
  c->today = day;
  c->now = zone_instant(c->zone, day, hour * 3600);
}

static bool delegate_duties(Context *c, const Demo *demo) {
  Duties duties = {0};
  if (!duty_list(c, NULL, &duties)) return false;
  for (size_t i = 0; i < duties.count; i++) {
    Owner owner = {.person = demo->people[OWNERS[duties.items[i].kind]]};
    if (duties.items[i].owner.person == owner.person) continue;
    if (!duty_delegate(c, duties.items[i].id, owner, "Named when the programme was adopted", 0))
      return false;
  }
  return true;
}

bool demo_file(Context *c, const char *name, const Text *body, Date taken, const char *kind,
               int64_t object) {
  int file = memfd_create("evidence", MFD_CLOEXEC);
  if (file < 0 || write(file, body->data, body->length) != (ssize_t)body->length ||
      lseek(file, 0, SEEK_SET) != 0)
    return failure(c, "no room for a piece of evidence");
  Upload upload = {0};
  bool received = store_receive_fd(c, file, name, &upload);
  close(file);
  EvidenceAbout about = {.source = "Made for the demo",
                         .taken_on = taken,
                         .period_from = DATE_NONE,
                         .period_to = DATE_NONE,
                         .kind = kind,
                         .object = object};
  int64_t id = 0;
  return received && evidence_add(c, &upload, &about, &id);
}

// A small report as a text file, or for an exercise a picture of its times.
static bool attach(Context *c, const ActivityLine *line, Date held) {
  Text body;
  text_init(&body, c->arena);
  const char *suffix = "txt";
  if (line->kind == DUTY_EXERCISE_RECOVERY || line->kind == DUTY_EXERCISE_EVACUATION) {
    suffix = "svg";
    text_add_format(&body,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 120\"><title>%s"
                    "</title><rect x=\"20\" y=\"30\" width=\"250\" height=\"24\" fill=\"#1a6b3c\"/>"
                    "<rect x=\"20\" y=\"66\" width=\"360\" height=\"24\" fill=\"#b9c2d0\"/>"
                    "<text x=\"26\" y=\"47\" fill=\"#fff\">measured</text>"
                    "<text x=\"26\" y=\"83\">target</text></svg>\n",
                    line->title);
  } else {
    text_add_format(&body, "Harbour Light Logistics\n%s\nHeld on %s\n\n%s\n", line->title,
                    date_words(c->arena, held), RESULTS[line->kind]);
  }
  const char *name = text_format(c->arena, "%s %s.%s", date_text(c->arena, held),
                                 duty_kind_name(line->kind), suffix);
  return demo_file(c, name, &body, held, "activity", line->id);
}

static bool tick(Context *c, int64_t activity, size_t most) {
  ActivityDetail detail = {0};
  if (!activity_detail(c, activity, &detail)) return false;
  for (size_t i = 0; i < detail.items.count && i < most; i++)
    if (!activity_item_set(c, detail.items.items[i].id, ITEM_DONE, "")) return false;
  return true;
}

static bool conclude(Context *c, const Demo *demo, const ActivityLine *line, Date held) {
  if (line->kind == DUTY_MANAGEMENT_REVIEW) return demo_review_hold(c, demo, line->id, held);
  demo_clock(c, held, 15);
  c->actor = demo->people[OWNERS[line->kind]];
  ActivityResult result = {.activity = line->id, .held_on = held, .result = RESULTS[line->kind]};
  return activity_start(c, line->id, 0) && tick(c, line->id, SIZE_MAX) &&
         activity_record(c, &result) && attach(c, line, held) && activity_conclude(c, line->id, 0);
}

static bool moved(Context *c, const Demo *demo, const ActivityLine *line, Date asked, int32_t days,
                  const char *reason) {
  demo_clock(c, asked, 11);
  c->actor = demo->people[OWNERS[line->kind]];
  ActivityMove move = {
      .activity = line->id, .due = date_add_days(line->due, days), .reason = reason};
  return activity_move(c, &move);
}

static Date working_day(Date day) {
  while (date_weekday(day) > 5) day = date_add_days(day, -1);
  return day;
}

typedef struct Story { // what has been told already
  int done, late, missed, moved;
} Story;

// What became of one activity that has fallen due.
static bool live(Context *c, const Demo *demo, const ActivityLine *line, Story *story) {
  bool over = date_compare(demo->day, line->latest) > 0;
  if (over && story->missed == 0 && line->kind == DUTY_EXERCISE_EVACUATION) {
    story->missed++;
    return true;
  }
  if (!over && story->late < 2) {
    story->late++;
    return true;
  }
  story->done++;
  if (story->done % 5 == 3) {
    static const char *const reasons[] = {
        "Two of those who must be there are at sea that week",
        "The auditor's report of the quarter before is not out yet",
        "The depot moves its racks and nobody can be spared",
    };
    if (!moved(c, demo, line, working_day(date_add_days(line->due, -9)), 5,
               reasons[story->moved++ % 3]))
      return false;
    Date held = working_day(date_add_days(line->due, 5));
    return conclude(c, demo, line, date_compare(held, demo->day) < 0 ? held : line->due);
  }
  if (story->done % 7 == 5) { // late, and it stays visible
    Date held = working_day(date_add_days(line->latest, 4));
    if (date_compare(held, demo->day) < 0) return conclude(c, demo, line, held);
  }
  return conclude(c, demo, line, working_day(date_add_days(line->due, -(story->done % 4))));
}

static bool comment(Context *c, const Demo *demo, const ActivityLine *line, DemoRole who,
                    int32_t days_ago, const char *words) {
  demo_clock(c, working_day(date_add_days(demo->day, -days_ago)), 10);
  c->actor = demo->people[who];
  return activity_comment(c, line->id, words);
}

// What is open and talked about today.
static bool ahead(Context *c, const Demo *demo) {
  demo_clock(c, demo->day, 8);
  ActivityFilter filter = activity_filter();
  filter.status = "open";
  ActivityLines lines = {0};
  if (!activity_list(c, &filter, &lines)) return false;
  int started = 0, planned = 0;
  for (size_t i = 0; i < lines.count && planned < 3; i++) {
    const ActivityLine *line = &lines.items[i];
    if (line->status == STATUS_MISSED &&
        !comment(c, demo, line, DEMO_MANAGER, 6,
                 "Bram, the quay has not been emptied since the certificate. Which day can it be?"))
      return false;
    if (line->status == STATUS_LATE) {
      if (!comment(c, demo, line, DEMO_QUALITY, 3, "I can help with the list on Thursday."))
        return false;
      demo_clock(c, demo->day, 8);
      c->actor = demo->people[OWNERS[line->kind]];
      if (started++ == 0 && (!activity_start(c, line->id, 0) || !tick(c, line->id, 2)))
        return false;
    }
    if (date_compare(line->due, demo->day) < 0) continue;
    planned++;
    if (planned == 2 && !moved(c, demo, line, working_day(date_add_days(demo->day, -4)), 7,
                               "The room at Tilbury is taken in the week first planned"))
      return false;
    demo_clock(c, demo->day, 8);
    if (!activity_participant(c, line->id, demo->people[DEMO_EMPLOYEE], "Speaks for the crews",
                              true))
      return false;
  }
  return true;
}

// What was made at activities also proves documents and controls; some stay a paper shield.
static bool prove(Context *c, const Demo *demo) {
  demo_clock(c, demo->day, 8);
  c->actor = demo->people[DEMO_MANAGER];
  SqlDemoProvenItemsRows items = sql_demo_proven_items(c);
  SqlDemoEvidenceRows evidence = sql_demo_evidence(c);
  for (size_t i = 0; i < items.count && evidence.count > 0; i++)
    if (i % 7 != 3 && i % 11 != 6 &&
        !evidence_link(c, evidence.items[i % evidence.count].id, "register_item",
                       items.items[i].id))
      return false;
  return context_ok(c);
}

// Nothing is planned on the days on which nobody works.
static bool holidays(Context *c, const Demo *demo) {
  static const struct {
    int month, day;
    const char *name;
  } days[] = {{1, 1, "New Year's Day"}, {12, 25, "Christmas Day"}, {12, 26, "Boxing Day"}};
  int first, month, day;
  date_split(demo->decision, &first, &month, &day);
  for (int year = first; year <= first + 3; year++)
    for (size_t i = 0; i < COUNT_OF(days); i++)
      if (!holiday_add(c, 0, date_make(year, days[i].month, days[i].day), days[i].name,
                       "United Kingdom"))
        return false;
  return true;
}

bool demo_year_walk(Context *c, Demo *demo) {
  int64_t duties = 0, activities = 0;
  demo_clock(c, date_add_days(demo->decision, 5), 10);
  c->actor = demo->people[DEMO_MANAGER];
  if (!holidays(c, demo) || !diary_adopt(c, &duties, &activities) || !delegate_duties(c, demo) ||
      !demo_programme_adopt(c, demo))
    return false;
  demo_clock(c, date_add_days(demo->decision, 8), 10);
  ActivityFilter filter = activity_filter();
  filter.to = date_add_days(demo->day, -1);
  filter.limit = 200;
  ActivityLines lines = {0};
  if (!activity_list(c, &filter, &lines)) return false;
  Story story = {0};
  for (size_t i = 0; i < lines.count; i++)
    if (lines.items[i].status != STATUS_CANCELLED && !live(c, demo, &lines.items[i], &story))
      return false;
  return ahead(c, demo) && demo_programme_slip(c, demo) && demo_review_prepare(c, demo) &&
         prove(c, demo);
}
