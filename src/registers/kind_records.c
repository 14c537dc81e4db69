// SPDX-License-Identifier: Apache-2.0
// The other kinds of register: what happened, who can what, and the organisation's own.
// Names are lower case, without punctuation and without what stands in brackets.
#include "registers/kinds.h"
#include "registers/typed.h"

enum { REQUIRED = CELL_REQUIRED, TELLING = CELL_TELLING, LONG = CELL_LONG };

static const KindField audits_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "audit id|id|ref|no"},
    {"title", N_("Scope"), CELL_TEXT, REQUIRED, "scope|audit scope|audit|area|subject"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|objectives|details"},
    {"owner", N_("Lead auditor"), CELL_OWNER, REQUIRED, "lead auditor|auditor|auditors|audit lead"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last review"), CELL_DATE, 0,
     "last review|last reviewed|last review date|reviewed on|reviewed"},
    {"next", N_("Next review"), CELL_DATE, 0,
     "next review|next review date|review due|expires|expiry|expiry date|expires on"
     "|valid until|next check"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval|interval|review frequency"},
    {"type", N_("Type"), CELL_TEXT, 0, "type|audit type"},
    {"planned", N_("Planned date"), CELL_DATE, REQUIRED,
     "planned date|planned|audit date|date|scheduled|scheduled date|planned for"},
    {"effort", N_("Effort"), CELL_TEXT, 0, "effort|duration|days"},
    {"participants", N_("Participants"), CELL_TEXT, 0, "participants|auditees|team"},
    {"observer", N_("Observer"), CELL_TEXT, 0, "observer|observers"},
    {"result", N_("Result"), CELL_TEXT, 0, "result|results|outcome|report"},
};

const Kind audits_kind = {
    .name = "audits",
    .aliases = "audit|audit_plan|audit_programme|audit_schedule",
    .title = N_("Audit plan"),
    .singular = N_("audit"),
    .clauses = "9.2",
    .purpose = N_("Audits held and planned, as your own plan has them."),
    .fields = audits_fields,
    .field_count = COUNT_OF(audits_fields),
    .key = {COMMON_TITLE, EVENT_PLANNED},
    .key_count = 2,
    .put = planned_event_put,
    .get = planned_event_get,
};

static const KindField exercises_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "id|exercise id|test id|drill id|ref|no"},
    {"title", N_("Scope"), CELL_TEXT, REQUIRED, "scope|exercise|scenario|subject"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|details"},
    {"owner", N_("Lead"), CELL_OWNER, TELLING, "lead|exercise lead|led by|owner"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last review"), CELL_DATE, 0,
     "last review|last reviewed|last review date|reviewed on|reviewed"},
    {"next", N_("Next review"), CELL_DATE, 0,
     "next review|next review date|review due|expires|expiry|expiry date|expires on"
     "|valid until|next check"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval|interval|review frequency"},
    {"type", N_("Type"), CELL_TEXT, REQUIRED, "type|exercise type|test type"},
    {"planned", N_("Planned date"), CELL_DATE, REQUIRED,
     "planned date|date|planned|held on|scheduled|scheduled date"},
    {"effort", N_("Duration"), CELL_TEXT, TELLING, "duration|effort"},
    {"participants", N_("Participants"), CELL_TEXT, TELLING, "participants|attendees"},
    {"observer", N_("Observer"), CELL_TEXT, TELLING, "observer|observers"},
    {"result", N_("Result"), CELL_TEXT, TELLING, "result|results|outcome"},
};

const Kind exercises_kind = {
    .name = "exercises",
    .aliases = "exercise|exercise_log|drills|tests",
    .title = N_("Exercises and tests"),
    .singular = N_("exercise"),
    .clauses = N_("A.5.29, A.5.30, A.8.13"),
    .purpose = N_("Exercises, restore tests and drills held and planned."),
    .fields = exercises_fields,
    .field_count = COUNT_OF(exercises_fields),
    .key = {COMMON_TITLE, EVENT_PLANNED},
    .key_count = 2,
    .put = planned_event_put,
    .get = planned_event_get,
};

static const KindField training_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "id|ref|no"},
    {"title", N_("Training"), CELL_TEXT, REQUIRED, "training|course|training title|topic|module"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|details"},
    {"owner", N_("Person"), CELL_OWNER, REQUIRED, "person|employee|participant|name|staff member"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last review"), CELL_DATE, 0,
     "last review|last reviewed|last review date|reviewed on|reviewed"},
    {"next", N_("Next refresh"), CELL_DATE, 0,
     "next refresh|refresh due|expires|expiry|valid until|next training"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval|interval|review frequency"},
    {"role", N_("Role"), CELL_TEXT, 0, "role|position|function|job title"},
    {"type", N_("Type"), CELL_TEXT, 0, "type|training type|format"},
    {"due", N_("Due"), CELL_DATE, TELLING, "due date|due|deadline"},
    {"completed", N_("Completed"), CELL_DATE, TELLING,
     "completion date|completed|completed on|date completed|date"},
    {"evidence", N_("Evidence"), CELL_TEXT, 0, "evidence|certificate|proof"},
};

const Kind training_kind = {
    .name = "training",
    .aliases = "trainings|training_register|training_records",
    .title = N_("Training records"),
    .singular = N_("training record"),
    .clauses = "7.2, A.6.3",
    .purpose = N_("Who learned what, when, and when it is due again."),
    .fields = training_fields,
    .field_count = COUNT_OF(training_fields),
    .key = {COMMON_OWNER, COMMON_TITLE},
    .key_count = 2,
    .put = training_record_put,
    .get = training_record_get,
};

static const KindField competence_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "id|ref|no"},
    {"title", N_("Required competence"), CELL_TEXT, REQUIRED,
     "required competence|competence|skill|competency|requirement"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|details"},
    {"owner", N_("Owner"), CELL_OWNER, 0,
     "owner|responsible|responsible person|person responsible|accountable|verantwortlich"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last review"), CELL_DATE, 0,
     "last review|last reviewed|last review date|reviewed on|reviewed"},
    {"next", N_("Next review"), CELL_DATE, 0,
     "next review|next review date|review due|expires|expiry|expiry date|expires on"
     "|valid until|next check"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval|interval|review frequency"},
    {"role", N_("Role"), CELL_TEXT, REQUIRED, "role|position|function|job title"},
    {"level", N_("Level"), CELL_TEXT, 0, "proficiency level|proficiency|level"},
    {"source", N_("Source"), CELL_TEXT, 0, "source|how acquired"},
    {"mandatory", N_("Mandatory"), CELL_TEXT, 0, "mandatory|required"},
    {"months", N_("Refresh every (months)"), CELL_NUMBER, 0,
     "refresh interval|refresh|interval|refresh months"},
};

const Kind competence_kind = {
    .name = "competence",
    .aliases = "competences|competence_matrix|skills",
    .title = N_("Competence"),
    .singular = N_("competence"),
    .clauses = "7.2",
    .purpose = N_("What each role must be able to do."),
    .fields = competence_fields,
    .field_count = COUNT_OF(competence_fields),
    .key = {COMPETENCE_ROLE, COMMON_TITLE},
    .key_count = 2,
    .put = competence_put,
    .get = competence_get,
};

static const KindField raci_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "id|ref|no"},
    {"title", N_("Activity"), CELL_TEXT, REQUIRED, "activity|task|process|responsibility"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|details"},
    {"owner", N_("Owner"), CELL_OWNER, 0,
     "owner|responsible|responsible person|person responsible|accountable|verantwortlich"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last review"), CELL_DATE, 0,
     "last review|last reviewed|last review date|reviewed on|reviewed"},
    {"next", N_("Next review"), CELL_DATE, 0,
     "next review|next review date|review due|expires|expiry|expiry date|expires on"
     "|valid until|next check"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval|interval|review frequency"},
};

const Kind raci_kind = {
    .name = "raci",
    .aliases = "raci_matrix|responsibilities",
    .title = N_("Responsibilities (RACI)"),
    .singular = N_("responsibility"),
    .clauses = "5.3",
    .purpose = N_("Who does, who answers, who is asked and who is told."),
    .fields = raci_fields,
    .field_count = COUNT_OF(raci_fields),
    .key = {COMMON_TITLE},
    .key_count = 1,
};

static const KindField plain_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "id|ref|no|nr|number|key id|identifier|reference"},
    {"title", N_("Title"), CELL_TEXT, REQUIRED,
     "title|name|subject|threat|finding|requirement|action|decision action|purpose|system"
     "|process|record category|data media|activity|topic|objective|scope|description"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|details"},
    {"owner", N_("Owner"), CELL_OWNER, 0,
     "owner|responsible|responsible person|person responsible|accountable|verantwortlich"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last done"), CELL_DATE, 0,
     "last review|last reviewed|last review date|reviewed on|reviewed|last test"
     "|last restore test|last tested|last audit|last rotation"},
    {"next", N_("Next due"), CELL_DATE, 0,
     "next review|next review date|review due|expires|expiry|expiry date|expires on"
     "|valid until|next check|next test|next restore test|next audit|next rotation|renewal"
     "|renewal date|renews|license expiry|licence expiry|next exercise"},
    {"interval", N_("Interval"), CELL_TEXT, 0,
     "rotation interval|review interval|test interval|interval|review frequency"
     "|test frequency|refresh interval"},
};

const Kind plain_kind = {
    .name = "plain",
    .aliases = "plain_register|other",
    .title = N_("Register"),
    .singular = N_("entry"),
    .clauses = "7.5",
    .purpose = N_("A register of your own, kept whole."),
    .fields = plain_fields,
    .field_count = COUNT_OF(plain_fields),
    .key = {0},
    .key_count = 0,
};
