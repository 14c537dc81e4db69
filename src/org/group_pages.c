// SPDX-License-Identifier: Apache-2.0
// Pages of positions and teams.
#include "db/db.h"
#include "http/request.h"
#include "org/pages.h"
#include "org/people.h"
#include "org/people.routes.h"
#include "org/people.sql.h"

#include <string.h>

// ---- positions ----

static const char *positions_path(Request *r) {
  return text_format(r->context.arena, "/o/%s/positions", r->org_slug);
}

void positions_handler(Request *r, const PositionsInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlPositionListRows rows = sql_position_list(c);
  PositionRow *items = arena_array(c->arena, rows.count, sizeof *items);
  int64_t vacant = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlPositionListRow *row = &rows.items[i];
    items[i] = (PositionRow){
        .id = row->id, .title = row->title, .person = row->person, .holder = row->holder};
    vacant += !row->person;
  }
  PositionsPage view = {.positions = {items, rows.count}, .vacant = vacant};
  if (vacant > 0 && request_may(r, "position.change")) view.people = person_choices(c, 0);
  respond_positions_page(r, &view);
}

static bool fill_one(Context *c, const Pair *pair, int64_t *filled) {
  int64_t position, person;
  SqlPositionGetRow row;
  if (!text_starts(pair->name, "position-") || text_is_empty(pair->value)) return true;
  if (!text_to_int(pair->name + strlen("position-"), &position) ||
      !text_to_int(pair->value, &person))
    return invalid(c, pair->name, _("The number of a person is expected."));
  if (!sql_position_get(c, (SqlPositionGet){.id = position}, &row))
    return not_found(c, _("There is no such position."));
  if (row.person != 0) return true; // somebody was quicker
  ++*filled;
  return position_fill(c, position, person, row.version);
}

void positions_fill_handler(Request *r, const PositionsFillInput *in) {
  Context *c = &r->context;
  int64_t filled = 0;
  TRANSACTION(c, tx);
  for (size_t i = 0; i < in->holders.count; i++)
    if (!fill_one(c, &in->holders.items[i], &filled)) return;
  if (!transaction_commit(&tx)) return;
  request_done(r, 0, positions_path(r),
               filled == 1 ? _("One position is filled; its duties are in their diary.")
                           : _("%lld positions are filled; their duties are in those diaries."),
               (long long)filled);
}

void position_handler(Request *r, const PositionInput *in) {
  Context *c = &r->context;
  SqlPositionGetRow row;
  if (!sql_position_get(c, (SqlPositionGet){.id = in->id}, &row)) {
    not_found(c, _("There is no such position."));
    return;
  }
  PositionPage view = {.id = row.id,
                       .title = row.title,
                       .person = row.person,
                       .holder = row.holder,
                       .choices = person_choices(c, row.person),
                       .version = row.version};
  respond_position_page(r, &view);
}

void position_create_handler(Request *r, const PositionCreateInput *in) {
  int64_t id;
  if (!position_add(&r->context, in->title, &id)) return;
  request_done(r, id, positions_path(r), _("%s is added; it is vacant."), in->title);
}

void position_fill_handler(Request *r, const PositionFillInput *in) {
  if (!position_fill(&r->context, in->id, in->person, in->version.value)) return;
  request_done(r, in->id, positions_path(r), _("Saved."));
}

// ---- teams ----

void teams_handler(Request *r, const TeamsInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlTeamListRows rows = sql_team_list(c);
  TeamRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (TeamRow){.id = rows.items[i].id,
                         .name = rows.items[i].name,
                         .purpose = rows.items[i].purpose,
                         .members = rows.items[i].members};
  TeamsPage view = {.teams = {items, rows.count}};
  respond_teams_page(r, &view);
}

void team_handler(Request *r, const TeamInput *in) {
  Context *c = &r->context;
  SqlTeamGetRow row;
  if (!sql_team_get(c, (SqlTeamGet){.id = in->id}, &row)) {
    not_found(c, _("There is no such team."));
    return;
  }
  SqlTeamMemberListRows members = sql_team_member_list(c, (SqlTeamMemberList){.team = in->id});
  TeamMember *items = arena_array(c->arena, members.count, sizeof *items);
  for (size_t i = 0; i < members.count; i++)
    items[i] = (TeamMember){.person = members.items[i].person,
                            .name = members.items[i].name,
                            .title = members.items[i].title};
  TeamPage view = {.id = row.id,
                   .name = row.name,
                   .purpose = row.purpose,
                   .version = row.version,
                   .members = {items, members.count},
                   .people = person_choices(c, 0)};
  respond_team_page(r, &view);
}

static const char *team_path(Request *r, int64_t team) {
  return text_format(r->context.arena, "/o/%s/teams/%lld", r->org_slug, (long long)team);
}

void team_create_handler(Request *r, const TeamCreateInput *in) {
  int64_t id;
  if (!team_add(&r->context, in->name, in->purpose, &id)) return;
  request_done(r, id, team_path(r, id), _("%s is added."), in->name);
}

void team_update_handler(Request *r, const TeamUpdateInput *in) {
  int64_t version = in->version.has ? in->version.value : 0;
  if (!team_change(&r->context, in->id, in->name, in->purpose, version)) return;
  request_done(r, in->id, team_path(r, in->id), _("Saved."));
}

void team_member_join_handler(Request *r, const TeamMemberJoinInput *in) {
  if (!team_join(&r->context, in->id, in->person)) return;
  request_done(r, in->id, team_path(r, in->id), _("Added."));
}

void team_member_leave_handler(Request *r, const TeamMemberLeaveInput *in) {
  if (!team_leave(&r->context, in->id, in->person)) return;
  request_done(r, in->id, team_path(r, in->id), _("Taken out."));
}
