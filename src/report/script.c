// SPDX-License-Identifier: Apache-2.0
#include "report/script.h"

#include <string.h>

#define NOTO(name)                                                                                 \
  "truetype/noto/Noto" name "UI-Regular.ttf", "truetype/noto/Noto" name "UI-Bold.ttf"
#define DEJAVU "truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf"
#define MICRO  "truetype/wqy/wqy-microhei.ttc", NULL

const Script scripts[] = {
    {'a', NOTO("SansArabic"), 0x0600, 0x077f},
    {'a', NOTO("SansArabic"), 0x08a0, 0x08ff},
    {'a', NOTO("SansArabic"), 0xfb50, 0xfdff},
    {'a', NOTO("SansArabic"), 0xfe70, 0xfeff},
    {'v', NOTO("SansDevanagari"), 0x0900, 0x097f},
    {'b', NOTO("SansBengali"), 0x0980, 0x09ff},
    {'g', NOTO("SansGurmukhi"), 0x0a00, 0x0a7f},
    {'u', NOTO("SansGujarati"), 0x0a80, 0x0aff},
    {'o', NOTO("SansOriya"), 0x0b00, 0x0b7f},
    {'t', NOTO("SansTamil"), 0x0b80, 0x0bff},
    {'l', NOTO("SansTelugu"), 0x0c00, 0x0c7f},
    {'k', NOTO("SansKannada"), 0x0c80, 0x0cff},
    {'m', NOTO("SansMalayalam"), 0x0d00, 0x0d7f},
    {'s', NOTO("SansSinhala"), 0x0d80, 0x0dff},
    {'h', NOTO("SansThai"), 0x0e00, 0x0e7f},
    {'q', NOTO("SansLao"), 0x0e80, 0x0eff},
    {'y', NOTO("SansMyanmar"), 0x1000, 0x109f},
    {'e', NOTO("SansKhmer"), 0x1780, 0x17ff},
    {'c', MICRO, 0x2e80, 0xa4cf},
    {'c', MICRO, 0xac00, 0xd7ff},
    {'c', MICRO, 0xf900, 0xfaff},
    {'c', MICRO, 0xff00, 0xffef},
    {'c', MICRO, 0x1100, 0x11ff},
    {'c', MICRO, 0x20000, 0x2ffff},
    {'d', DEJAVU, 0x0530, 0x10ffff}, // Hebrew, Armenian, Georgian, signs: whatever is left
    {0},
};

// Well-formed text only (text_is_utf8); the length of the character is added to *at.
static uint32_t character(const unsigned char *bytes, size_t *at) {
  uint32_t first = bytes[*at];
  int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  uint32_t value = first & (0x3fU >> more);
  for (int i = 1; i <= more; i++) value = value << 6 | (bytes[*at + (size_t)i] & 0x3fU);
  *at += (size_t)more + 1;
  return value;
}

static char letter_of(uint32_t value) {
  if (value >= 0x2000 && value <= 0x20cf) return 0; // dashes, quotes, currencies
  if (value == 0x2122 || (value >= 0x1e00 && value <= 0x1fff)) return 0;
  for (size_t i = 0; scripts[i].letter != 0; i++)
    if (value >= scripts[i].from && value <= scripts[i].to) return scripts[i].letter;
  return 0;
}

const char *scripts_of(Arena *arena, const char *text, size_t length) {
  char letters[32] = "";
  size_t count = 0;
  const unsigned char *bytes = (const unsigned char *)text;
  for (size_t at = 0; at < length;) {
    if (bytes[at] < 0xd4) { // up to U+052F
      at++;
      continue;
    }
    if (at + 4 > length && bytes[at] >= 0xf0) break;
    char letter = letter_of(character(bytes, &at));
    if (letter == 0 || strchr(letters, letter) != NULL || count + 1 >= sizeof letters) continue;
    letters[count++] = letter;
    letters[count] = '\0';
  }
  return count == 0 ? "-" : text_copy(arena, letters);
}
