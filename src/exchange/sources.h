// SPDX-License-Identifier: Apache-2.0
// Files and folders on disk become what an import reads.
#ifndef DAYBOOK_SOURCES_H
#define DAYBOOK_SOURCES_H

#include "exchange/import.h"

typedef LIST_OF(ImportSource) ImportSources;
// A folder gives the .csv, .tsv, .txt, .md and .markdown files in it, by name; its other files are
// named as left out.
// A path that is not there is an error; a file that cannot be read is a source with a
// problem. False with c->error.
bool sources_read(Context *c, const char *path, ImportSources *out);
bool source_can_be_imported(const char *name); // by its ending
// The whole of a small text file, for --map. NULL with c->error.
const char *text_file_read(Context *c, const char *field, const char *path);

#endif
