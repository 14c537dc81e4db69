// SPDX-License-Identifier: Apache-2.0
// daybook report readiness, daybook report year: the diary on paper.
#include "diary/cli.h"
#include "diary/documents.h"

static int print(Invocation *in, const Document *d) {
  Context *c = invocation_context(in);
  bool done = d != NULL && document_print(c, d, option(in, "pdf"), option_flag(in, "markdown"),
                                          invocation_json(in));
  return done ? 0 : command_failed(in);
}

static int run_readiness(Invocation *in) {
  return print(in, readiness_document(invocation_context(in)));
}

static int run_year(Invocation *in) {
  Date from = DATE_NONE;
  const char *paper = option(in, "paper");
  Context *c = invocation_context(in);
  if (paper != NULL && !text_equal_fold(paper, "a3") && !text_equal_fold(paper, "a4"))
    invalid(c, "paper", _("The paper is a3 or a4."));
  if (!option_date(in, "from", &from) || !context_ok(c)) return command_failed(in);
  return print(in, year_document(c, from, text_equal_fold(paper, "a3")));
}

static const Option READINESS_OPTIONS[] = {
    {"pdf", "FILE", "write a PDF (- for standard output)", false, false},
    {"markdown", NULL, "print Markdown (what is printed without --pdf)", false, false},
    {0},
};
const Command REPORT_READINESS_COMMAND = {
    "report readiness",
    "The readiness of the organisation as a document",
    "",
    "daybook report readiness --org nordwind --pdf readiness.pdf",
    NEED_ORGANISATION,
    READINESS_OPTIONS,
    0,
    0,
    run_readiness};

static const Option YEAR_OPTIONS[] = {
    {"from", "DATE", "the first month (the certificate's present year)", false, false},
    {"paper", "SIZE", "a4 (usual) or a3, landscape", false, false},
    {"pdf", "FILE", "write a PDF (- for standard output)", false, false},
    {"markdown", NULL, "print Markdown (what is printed without --pdf)", false, false},
    {0},
};
const Command REPORT_YEAR_COMMAND = {"report year",
                                     "The year of every duty on one sheet for the wall",
                                     "",
                                     "daybook report year --org nordwind --paper a3 --pdf year.pdf",
                                     NEED_ORGANISATION,
                                     YEAR_OPTIONS,
                                     0,
                                     0,
                                     run_year};
