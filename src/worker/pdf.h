// SPDX-License-Identifier: Apache-2.0
// Lays a document out as PDF. Runs in the worker.
#ifndef DAYBOOK_WORKER_PDF_H
#define DAYBOOK_WORKER_PDF_H

#include "base/base.h"

bool pdf_prepare(char *const *arguments); // opens the faces; arguments[0]: report/script.h
// bytes: what document_json wrote. False if it is no document or cannot be laid out.
bool pdf_run(Arena *arena, char *const *arguments, const char *bytes, size_t length, Text *out);

#endif
