// SPDX-License-Identifier: Apache-2.0
// The inside of a document, for its faces and for the worker that lays it out.
#ifndef DAYBOOK_DOCUMENT_INSIDE_H
#define DAYBOOK_DOCUMENT_INSIDE_H

#include "report/picture.h"
#include "report/report.h"

typedef enum BlockKind {
  BLOCK_HEADING,
  BLOCK_PARAGRAPH,
  BLOCK_SOFT,
  BLOCK_LINK,
  BLOCK_NOTE,
  BLOCK_LIST,
  BLOCK_FACTS,
  BLOCK_FIGURES,
  BLOCK_TABLE,
  BLOCK_CHARTS,
  BLOCK_PICTURE,
  BLOCK_SIGNATURE,
  BLOCK_PAGE,
  BLOCK_KINDS
} BlockKind;
extern const char *const block_names[BLOCK_KINDS];

typedef struct DocumentPair {
  const char *name, *value;
} DocumentPair;
typedef LIST_OF(DocumentPair) DocumentPairs;
struct DocumentList {
  Document *document;
  bool numbered;
  LIST_OF(const char *) items;
};
typedef struct DocumentFigure {
  const char *label, *value, *why;
  Ink ink;
} DocumentFigure;
struct DocumentFigures {
  Document *document;
  LIST_OF(DocumentFigure) items;
};
typedef struct DocumentColumn {
  const char *title;
  int weight;
  Align align;
} DocumentColumn;
typedef struct DocumentCell {
  const char *text, *place;
  Ink ink;
} DocumentCell;
typedef struct DocumentRow {
  DocumentCell *cells; // one for each column, or one alone: a band
  size_t filled;
  bool band;
} DocumentRow;
struct DocumentTable {
  Document *document;
  const char *caption;
  DocumentColumn columns[DOCUMENT_MOST_COLUMNS];
  size_t column_count;
  LIST_OF(DocumentRow) rows;
  size_t left_out; // rows over DOCUMENT_MOST_ROWS
};

typedef struct Block {
  BlockKind kind;
  int level;                // BLOCK_HEADING
  bool new_page;            // BLOCK_HEADING
  Ink ink;                  // BLOCK_NOTE
  const char *text, *title; // title: of a note; place of a link; role of a signature
  const char *name, *when;  // BLOCK_SIGNATURE
  DocumentPairs facts;
  DocumentList *list;
  DocumentFigures *figures;
  DocumentTable *table;
  LIST_OF(const Chart *) charts;
  const Picture *picture;
} Block;

struct Document {
  Arena *arena;
  DocumentHead head;
  DocumentPairs about;
  LIST_OF(Block) blocks;
  size_t rows;          // of all tables
  bool hash_of_content; // read back: head.hash is that of the content, not of frozen data
};

// The hash that stands in the footer: the frozen data's, or that of the content itself.
const char *document_hash(Arena *arena, const Document *d);
// A copy that is no longer than a title may be.
const char *document_title(Document *d, const char *text);
// Everything but `made` and the hash: what the content's hash is taken of.
const char *document_content(Arena *arena, const Document *d);
// Reads what document_json wrote. NULL with *problem. Whatever the bytes hold, the result is
// within the bounds above.
Document *document_read(Arena *arena, const char *bytes, size_t length, const char **problem);

#endif
