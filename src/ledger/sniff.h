// SPDX-License-Identifier: Apache-2.0
// What a file is, by its first bytes and never by its sender's word. A small table of our own:
// libmagic knows thousands of kinds but maps 8 MB for them, most of the server's whole budget.
#ifndef DAYBOOK_SNIFF_H
#define DAYBOOK_SNIFF_H

#include "base/base.h"

enum { SNIFF_BYTES = 4096 }; // as many of the first bytes as there are, up to this
const char *sniff_media_type(const uint8_t *bytes, size_t length); // never NULL

#endif
