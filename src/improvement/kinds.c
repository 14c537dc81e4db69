// SPDX-License-Identifier: Apache-2.0
// The kinds of register of this room: their columns, and by which names files call them.
// Names are lower case, without punctuation and without what stands in brackets.
#include "registers/kinds.h"
#include "improvement/rows.h"

enum { REQUIRED = CELL_REQUIRED, TELLING = CELL_TELLING, LONG = CELL_LONG };

static const KindField findings_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "id|capa id|finding id|nc id|ref|no"},
    {"title", N_("Finding"), CELL_TEXT, REQUIRED,
     "finding nonconformity|finding|nonconformity|non conformity|issue"
     "|description of nonconformity"},
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
    {"source", N_("Source"), CELL_TEXT, 0, "source|origin|found by"},
    {"classification", N_("Classification"), CELL_TEXT, 0,
     "classification|grade|severity|category"},
    {"raised", N_("Raised"), CELL_DATE, REQUIRED,
     "date raised|raised|raised on|date|identified|date identified|opened"},
    {"cause", N_("Root cause"), CELL_TEXT, LONG | TELLING, "root cause|cause|cause analysis"},
    {"correction", N_("Correction"), CELL_TEXT, LONG,
     "correction|immediate correction|containment"},
    {"action", N_("Corrective action"), CELL_TEXT, LONG | TELLING,
     "corrective action|corrective actions|action"},
    {"due", N_("Due"), CELL_DATE, 0, "due date|due|target date|deadline"},
    {"effectiveness", N_("Effectiveness check"), CELL_TEXT, 0,
     "effectiveness check|effectiveness review|effectiveness|verification"},
    {"closed", N_("Closed"), CELL_DATE, 0,
     "closure date|closed|closed on|date closed|completion date"},
};

const Kind findings_kind = {
    .name = "findings",
    .aliases = "finding|capa|capas|nonconformities|nonconformity|corrective_actions",
    .title = N_("Findings and corrective actions"),
    .singular = N_("finding"),
    .clauses = "10.2",
    .purpose = N_("What was found, why it happened, what was done, and whether it helped."),
    .fields = findings_fields,
    .field_count = COUNT_OF(findings_fields),
    .key = {COMMON_TITLE},
    .key_count = 1,
    .put = finding_row_put,
    .get = finding_row_get,
};

static const KindField incidents_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "id|incident id|ref|no|ticket"},
    {"title", N_("Incident"), CELL_TEXT, REQUIRED, "title|incident|incident title|summary"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|details"},
    {"owner", N_("Owner"), CELL_OWNER, 0, "owner|responsible|handler|incident manager"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last review"), CELL_DATE, 0,
     "last review|last reviewed|last review date|reviewed on|reviewed"},
    {"next", N_("Next review"), CELL_DATE, 0,
     "next review|next review date|review due|expires|expiry|expiry date|expires on"
     "|valid until|next check"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval|interval|review frequency"},
    {"type", N_("Type"), CELL_TEXT, 0, "type|category|incident type"},
    {"severity", N_("Severity"), CELL_TEXT, TELLING, "severity|priority|impact"},
    {"assets", N_("Affected assets"), CELL_TEXT, 0,
     "affected assets|affected asset|assets|systems"},
    {"reported_by", N_("Reported by"), CELL_TEXT, TELLING, "reported by|reporter"},
    {"reported_at", N_("Reported at"), CELL_TIME, REQUIRED,
     "reported at|reported|date reported|reported on|occurred at|occurred|incident date|date"
     "|detected at"},
    {"detected_by", N_("Detected by"), CELL_TEXT, 0, "detected by"},
    {"detection_method", N_("Detection"), CELL_TEXT, 0, "detection method|detection"},
    {"response_team", N_("Response team"), CELL_TEXT, TELLING, "response team|team|handled by"},
    {"contained_at", N_("Contained at"), CELL_TIME, 0, "containment at|contained at|contained"},
    {"resolved_at", N_("Resolved at"), CELL_TIME, TELLING,
     "resolved at|resolved|closed at|closure date"},
    {"repair_hours", N_("Hours to resolve"), CELL_TEXT, 0, "mttr|time to resolve|resolution time"},
    {"data_breach", N_("Personal data breach"), CELL_TEXT, 0,
     "data breach|personal data breach|breach"},
    {"notification", N_("Authority notification"), CELL_TEXT, 0,
     "authority notification|notification|notified"},
    {"cause", N_("Root cause"), CELL_TEXT, LONG, "root cause|cause"},
    {"action", N_("Corrective action"), CELL_TEXT, LONG,
     "corrective action|action|lessons learned|lessons"},
};

const Kind incidents_kind = {
    .name = "incidents",
    .aliases = "incident|incident_register",
    .title = N_("Incidents"),
    .singular = N_("incident"),
    .clauses = N_("A.5.24–A.5.28"),
    .purpose =
        N_("Security incidents: what happened, how fast it was contained, what was learned."),
    .fields = incidents_fields,
    .field_count = COUNT_OF(incidents_fields),
    .key = {COMMON_TITLE, INCIDENT_REPORTED_AT},
    .key_count = 2,
    .put = incident_put,
    .get = incident_get,
};
