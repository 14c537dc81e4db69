// SPDX-License-Identifier: Apache-2.0
#include "worker/fonts.h"

#include "report/script.h"
#include "worker/sandbox.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#define FOLDER "/usr/share/fonts/"
#define HOUSE  "opentype/inter/Inter-Regular.otf"
#define STRONG "opentype/inter/Inter-SemiBold.otf"

static bool add(FcConfig *config, const char *name) {
  char path[256];
  if (name == NULL) return true;
  int length = snprintf(path, sizeof path, "%s%s", FOLDER, name);
  return length > 0 && (size_t)length < sizeof path && sandbox_keep(path) &&
         FcConfigAppFontAddFile(config, (const FcChar8 *)path);
}

// A face that is missing on this machine leaves boxes for its writing; the rest is set.
static void add_scripts(FcConfig *config, const char *letters) {
  char seen[32] = "";
  size_t count = 0;
  for (size_t i = 0; scripts[i].letter != 0; i++) {
    char letter = scripts[i].letter;
    if (strchr(letters, letter) == NULL || strchr(seen, letter) != NULL) continue;
    if (count + 1 < sizeof seen) seen[count++] = letter;
    add(config, scripts[i].regular);
    add(config, scripts[i].bold);
  }
}

// The libraries' remarks go nowhere: their way to a journal is closed.
static GLogWriterOutput silent(GLogLevelFlags level, const GLogField *fields, gsize count,
                               gpointer nothing) {
  (void)level, (void)fields, (void)count, (void)nothing;
  return G_LOG_WRITER_HANDLED;
}

PangoFontMap *fonts_open(const char *letters) {
  g_log_set_writer_func(silent, NULL, NULL);
  FcConfig *config = FcConfigCreate();
  if (config == NULL) return NULL;
  FcConfigSetRescanInterval(config, 0);
  if (!add(config, HOUSE) || !add(config, STRONG)) return NULL;
  add_scripts(config, letters);
  FcConfigSetCurrent(config);
  PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  if (map == NULL) return NULL;
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
  return map;
}
