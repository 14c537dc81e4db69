// SPDX-License-Identifier: Apache-2.0
// What Harbour Light brought on its first day: its registers, through the same import as anybody's.
#include "demo/demo.h"

#include "exchange/import.h"
#include "registers/annex_a.h"

#include <string.h>

static const char RISKS[] =
    "Risk ID,Risk Title,Description,Asset,Likelihood,Impact,Inherent Score,Existing Controls,"
    "Residual Likelihood,Residual Impact,Residual Score,Treatment,Owner,Status,Next Review\n"
    "R-01,Booking system lost for a day,Voyages cannot be planned or changed,Tidewater,3,5,15,"
    "Nightly backup and a second site,2,4,8,Reduce,Ines Valdivia,Open,{+4}\n"
    "R-02,Forged customs declaration,A stolen account files a declaration,Gatehouse,3,5,15,"
    "Two people sign each declaration,2,3,6,Reduce,Callum Okafor,Open,{+5}\n"
    "R-03,Payroll data seen by the wrong people,Rights pile up over the years,Ledgerline,3,4,12,"
    "Quarterly access review,2,3,6,Reduce,Daniel Whitcombe,Open,{+6}\n"
    "R-04,Ransomware from a supplier's mail,A trusted sender is taken over,All systems,4,5,20,"
    "Mail filter; awareness; offline copies,3,4,12,Reduce,Ines Valdivia,Open,{+3}\n"
    "R-05,Key developer leaves,Nobody else knows the tariff engine,Tidewater,3,3,9,"
    "Pair work and written notes,2,3,6,Reduce,Ruth Ashdown,Open,{+7}\n"
    "R-06,Flood at the quay,Spring tide meets a storm,Rotterdam quay,2,4,8,"
    "Raised server room; insurance,2,3,6,Accept,Bram Hoekstra,Open,{+9}\n"
    "R-07,Tablet lost on board,Manifests readable by anybody,Crew tablets,4,3,12,"
    "Encryption and remote wipe,3,1,3,Reduce,Callum Okafor,Open,{+5}\n"
    "R-08,Hosting provider ends the contract,Move within ninety days,Hosting,1,5,5,"
    "Exit plan tested once,1,4,4,Accept,Ines Valdivia,Open,{+11}\n"
    "R-09,Visitor walks into the control room,Reception is empty at lunch,Tilbury depot,3,3,9,"
    "Badge doors,2,2,4,Reduce,Bram Hoekstra,Open,{+6}\n"
    "R-10,Customer questionnaire answered wrongly,Sales promises what is not there,Contracts,3,3,9,"
    "Answers come from one library,2,2,4,Reduce,Aoife Brannigan,Open,{+8}\n";

static const char SUPPLIERS[] =
    "Supplier ID,Supplier,Service,Criticality,Data Accessed,Location,Contract End,DPA Signed,"
    "Certifications,Owner,Next Review\n"
    "S-01,Northmoor Hosting,Hosting of Tidewater and Gatehouse,High,Bookings and declarations,"
    "United Kingdom,{+20},Yes,ISO/IEC 27001,Ines Valdivia,{+4}\n"
    "S-02,Pennant Mail,E-mail and filtering,High,All correspondence,Ireland,{+14},Yes,"
    "ISO/IEC 27001,Ines Valdivia,{+6}\n"
    "S-03,Saltline Payroll,Payroll,Medium,Personal data of staff,United Kingdom,{+9},Yes,SOC 2,"
    "Daniel Whitcombe,{+5}\n"
    "S-04,Quayside Guarding,Guards and reception,Medium,Visitor lists,Netherlands,{+7},Yes,None,"
    "Bram Hoekstra,{+3}\n"
    "S-05,Ferrous Shredding,Destruction of paper and disks,Low,Discarded media,Netherlands,{+16},"
    "Yes,EN 15713,Bram Hoekstra,{+10}\n";

static const char DOCUMENTS[] =
    "Document ID,Title,Type,Owner,Version,Effective Date,Next Review,Status\n"
    "D-01,Information security policy,Policy,Mara Lindqvist,3.0,{-7},{+5},Approved\n"
    "D-02,Access control policy,Policy,Ines Valdivia,2.1,{-7},{+5},Approved\n"
    "D-03,Incident procedure,Procedure,Mara Lindqvist,1.4,{-6},{+6},Approved\n"
    "D-04,Continuity plan,Plan,Callum Okafor,2.0,{-6},{+6},Approved\n"
    "D-05,Backup and recovery procedure,Procedure,Ines Valdivia,1.2,{-7},{+5},Approved\n"
    "D-06,Supplier security policy,Policy,Mara Lindqvist,1.1,{-5},{+7},Approved\n"
    "D-07,Clear desk and screen rules,Rules,Ruth Ashdown,1.0,{-7},{+5},Approved\n"
    "D-08,Risk method,Method,Mara Lindqvist,1.3,{-8},{+4},Approved\n";

static const char INCIDENTS[] =
    "Incident ID,Title,Description,Type,Severity,Affected Assets,Reported By,Reported At,"
    "Resolved At,Root Cause,Corrective Action,Status\n"
    "I-01,Tablet left in a taxi,A crew tablet was lost at night and wiped in the morning,Loss,Low,"
    "Crew tablets,Dirk Postma,{-5},{-5},No holder on the crew bag,Bags with a holder,Closed\n"
    "I-02,Phishing mail answered,One password was entered and changed within the hour,Phishing,"
    "Medium,Pennant Mail,Hannah Pryce,{-3},{-3},The sender looked like a customer,"
    "Second factor for mail,Closed\n"
    "I-03,Gatehouse slow for two hours,Declarations waited at the gate,Availability,Medium,"
    "Gatehouse,Ilse Verhoeven,{-1},,Not known yet,Northmoor is asked,Open\n";

static const char FINDINGS[] =
    "Finding ID,Finding,Description,Source,Classification,Date Raised,Root Cause,Correction,"
    "Corrective Action,Due Date,Owner,Status\n"
    "F-01,Leavers keep their gate badges,Three of ten badges of leavers still opened the gate,"
    "Internal audit,Minor nonconformity,{-4},Facilities hears of leavers by chance,"
    "Badges blocked the same day,The leaver form goes to facilities,{-2},Bram Hoekstra,Closed\n"
    "F-02,Restore time of Ledgerline never measured,The target of four hours was an estimate,"
    "Internal audit,Minor nonconformity,{-4},The test ended with the first file,"
    "A whole restore was timed,The procedure asks for the clock,{+1},Ines Valdivia,Open\n"
    "F-03,Supplier list without an owner for guarding,Nobody would notice,Management review,"
    "Observation,{-3},New contract,Owner named,Owners are asked each quarter,{-1},Lucia Ferrante,"
    "Closed\n";

static const char PARTIES[] =
    "Interested Party,Category,Need,Requirement,Priority,Owner\n"
    "Freight customers,External,Cargo data stays theirs,Contract and questionnaires,High,"
    "Aoife Brannigan\n"
    "Customs authorities,External,Declarations that are right,Law,High,Callum Okafor\n"
    "Staff,Internal,Their data is safe and the rules are clear,Law and works agreement,Medium,"
    "Ruth Ashdown\n"
    "Insurer,External,Losses are rare,Policy conditions,Medium,Daniel Whitcombe\n";

static const char OBJECTIVES[] =
    "ID,Objective,Owner,Metric,Baseline,Target,Measurement Frequency\n"
    "O-1,Fewer clicks on false mails,Mara Lindqvist,% who click in a test,9%,<=5%,Monthly\n"
    "O-2,Second factor for everybody,Ines Valdivia,% of accounts,60%,>=98%,Monthly\n"
    "O-3,Restore in time,Ines Valdivia,hours of a whole restore,6,<=4 hours,Quarterly\n"
    "O-4,Leavers lose their rights,Ruth Ashdown,days until all is gone,5,<=1 days,Monthly\n";

static const char ISSUES[] =
    "ID,Issue,Internal or external,Climate change,What it does to us,What we do about it,Owner\n"
    "C-1,Spring tides reach the quay more often,External,Yes,The server room stands low,"
    "It is raised; the flood maps are read each year,Bram Hoekstra\n"
    "C-2,A customs rule changes in spring,External,No,Declarations change their form,"
    "Gatehouse is adapted and tested,Callum Okafor\n"
    "C-3,Few developers know the tariff engine,Internal,No,Knowledge goes with people,"
    "Pair work and written notes,Ruth Ashdown\n";

// "{+4}" is the day four months on, so that the registers stand as the organisation does.
static const char *dated(Context *c, const Demo *demo, const char *csv) {
  Text out;
  text_init(&out, c->arena);
  for (const char *p = csv; *p != '\0'; p++) {
    if (*p != '{') {
      text_add_char(&out, *p);
      continue;
    }
    int32_t months = 0;
    const char *digit = p + 2;
    while (*digit >= '0' && *digit <= '9') months = months * 10 + (*digit++ - '0');
    text_add(&out, date_text(c->arena, date_add_months(demo->day, p[1] == '-' ? -months : months)));
    p = digit; // the closing brace
  }
  return out.data;
}

static const char *applicability(Context *c) {
  Text out;
  text_init(&out, c->arena);
  text_add(&out,
           "Control,Control Name,Theme,Applicable,Justification,Implementation Status,Owner\n");
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    const AnnexControl *control = &annex_controls[i];
    bool applies = !text_equal(control->ref, "A.8.30") && !text_equal(control->ref, "A.7.6");
    text_add_format(&out, "%s,\"%s\",%s,%s,%s,%s,%s\n", control->ref, control->words,
                    theme_title(control->theme), applies ? "Yes" : "No",
                    applies ? "Treats a risk of the register" : "Not done at Harbour Light",
                    !applies     ? "Not applicable"
                    : i % 9 == 4 ? "Partly"
                                 : "Implemented",
                    i % 3 == 0   ? "Ines Valdivia"
                    : i % 3 == 1 ? "Mara Lindqvist"
                                 : "Ruth Ashdown");
  }
  return out.data;
}

bool demo_registers_fill(Context *c, Demo *demo) {
  const struct {
    const char *name, *bytes;
  } files[] = {
      {"risk_register.csv", dated(c, demo, RISKS)},
      {"suppliers.csv", dated(c, demo, SUPPLIERS)},
      {"documents.csv", dated(c, demo, DOCUMENTS)},
      {"incidents.csv", dated(c, demo, INCIDENTS)},
      {"findings.csv", dated(c, demo, FINDINGS)},
      {"interested_parties.csv", dated(c, demo, PARTIES)},
      {"objectives.csv", OBJECTIVES},
      {"issues.csv", ISSUES},
      {"statement_of_applicability.csv", applicability(c)},
  };
  ImportSource sources[COUNT_OF(files)] = {0};
  for (size_t i = 0; i < COUNT_OF(files); i++)
    sources[i] = (ImportSource){
        .name = files[i].name, .bytes = files[i].bytes, .length = strlen(files[i].bytes)};
  ImportReport report = {0};
  ImportOptions options = {0};
  if (!import_run(c, sources, COUNT_OF(sources), &options, &report)) return false;
  for (size_t i = 0; i < report.files.count; i++)
    if (report.files.items[i].refused > 0)
      return failure(c, "demo register %s: line %zu %s", report.files.items[i].file,
                     report.files.items[i].errors.items[0].line,
                     report.files.items[i].errors.items[0].message);
  return true;
}
