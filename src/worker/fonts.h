// SPDX-License-Identifier: Apache-2.0
// The faces a document is set in: opened before the sandbox closes, the same on every machine.
// No configuration of the system's is read.
#ifndef DAYBOOK_WORKER_FONTS_H
#define DAYBOOK_WORKER_FONTS_H

#include <pango/pangocairo.h>
#include <stdbool.h>

// letters: report/script.h, "-" for none. NULL if the house face is not installed.
PangoFontMap *fonts_open(const char *letters);

#endif
