// SPDX-License-Identifier: Apache-2.0
#include "ledger/sniff.h"

#include <string.h>

typedef struct Signature {
  size_t offset, length;
  const char *bytes, *media_type;
} Signature;

#define AT(offset, text, type)                                                                     \
  { offset, sizeof(text) - 1, text, type }
static const Signature signatures[] = {
    AT(0, "%PDF-", "application/pdf"),
    AT(0, "\x89PNG\r\n\x1a\n", "image/png"),
    AT(0, "\xff\xd8\xff", "image/jpeg"),
    AT(0, "GIF87a", "image/gif"),
    AT(0, "GIF89a", "image/gif"),
    AT(8, "WEBP", "image/webp"),
    AT(0, "II*\0", "image/tiff"),
    AT(0, "MM\0*", "image/tiff"),
    AT(4, "ftypheic", "image/heic"),
    AT(4, "ftypavif", "image/avif"),
    AT(4, "ftypqt", "video/quicktime"),
    AT(4, "ftyp", "video/mp4"),
    AT(0, "\x1a\x45\xdf\xa3", "video/webm"),
    AT(8, "WAVE", "audio/wav"),
    AT(0, "OggS", "audio/ogg"),
    AT(0, "ID3", "audio/mpeg"),
    AT(0, "\x1f\x8b", "application/gzip"),
    AT(0, "BZh", "application/x-bzip2"),
    AT(0,
       "\xfd"
       "7zXZ",
       "application/x-xz"),
    AT(0, "\x28\xb5\x2f\xfd", "application/zstd"),
    AT(0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    AT(257, "ustar", "application/x-tar"),
    AT(0, "{\\rtf", "application/rtf"),
    AT(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    AT(0, "SQLite format 3", "application/vnd.sqlite3"),
    AT(0,
       "\x7f"
       "ELF",
       "application/x-executable"),
    AT(0, "MZ", "application/x-msdownload"),
};

static bool has(const uint8_t *bytes, size_t length, const char *part) {
  return memmem(bytes, length, part, strlen(part)) != NULL;
}

#define OOXML "application/vnd.openxmlformats-officedocument."
static const char *sniff_zip(const uint8_t *bytes, size_t length) {
  static const char *const parts[][2] = {
      {"mimetypeapplication/vnd.oasis.opendocument.text",
       "application/vnd.oasis.opendocument.text"},
      {"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
       "application/vnd.oasis.opendocument.spreadsheet"},
      {"mimetypeapplication/vnd.oasis.opendocument.presentation",
       "application/vnd.oasis.opendocument.presentation"},
      {"mimetypeapplication/epub+zip", "application/epub+zip"},
      {"word/", OOXML "wordprocessingml.document"},
      {"xl/", OOXML "spreadsheetml.sheet"},
      {"ppt/", OOXML "presentationml.presentation"},
  };
  for (size_t i = 0; i < COUNT_OF(parts); i++)
    if (has(bytes, length, parts[i][0])) return parts[i][1];
  return "application/zip";
}

// The cut after SNIFF_BYTES may fall inside a character.
static bool is_text(const uint8_t *bytes, size_t length) {
  if (memchr(bytes, 0, length)) return false;
  for (size_t cut = 0; cut < 4 && cut < length; cut++)
    if (text_is_utf8((const char *)bytes, length - cut)) return true;
  return false;
}

static const char *sniff_text(const uint8_t *bytes, size_t length) {
  static const uint8_t mark[] = {0xef, 0xbb, 0xbf};
  if (length >= 3 && memcmp(bytes, mark, 3) == 0) bytes += 3, length -= 3;
  while (length && strchr(" \t\r\n", bytes[0])) bytes++, length--;
  const char *text = (const char *)bytes;
  if (length > 14 && strncasecmp(text, "<!doctype html", 14) == 0) return "text/html";
  if (length > 5 && strncasecmp(text, "<html", 5) == 0) return "text/html";
  if (has(bytes, length, "<svg")) return "image/svg+xml";
  if (length > 5 && strncmp(text, "<?xml", 5) == 0) return "application/xml";
  if (length > 15 && strncmp(text, "BEGIN:VCALENDAR", 15) == 0) return "text/calendar";
  return "text/plain";
}

const char *sniff_media_type(const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < COUNT_OF(signatures); i++) {
    const Signature *s = &signatures[i];
    if (length >= s->offset + s->length && memcmp(bytes + s->offset, s->bytes, s->length) == 0)
      return s->media_type;
  }
  if (length >= 4 && memcmp(bytes, "PK\3\4", 4) == 0) return sniff_zip(bytes, length);
  if (length && is_text(bytes, length)) return sniff_text(bytes, length);
  return "application/octet-stream";
}
