// SPDX-License-Identifier: Apache-2.0
// Any path: it finds no route, or one whose parameters are parts of that very path.
#include <string.h>

#include "fuzz.h"
#include "http/input.h"
#include "http/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static bool prepared;
  if (!prepared) route_table_prepare();
  prepared = true;
  Context c;
  context_init(&c, NULL);
  const char *path = text_copy_n(c.arena, (const char *)data, size);
  Entered entered = {0};
  Found found = route_find(&c, "GET", path, &entered);
  MUST(found.route == NULL || strcmp(found.route->method, "GET") == 0);
  if (found.route != NULL && strchr(path, '\r') == NULL) // line ends are kept as \n
    for (size_t i = 0; i < entered.pairs.count; i++) {
      MUST(strstr(path, entered.pairs.items[i].value) != NULL);
      MUST(strchr(entered.pairs.items[i].value, '/') == NULL);
    }
  asset_find(path);
  context_finish(&c);
  return 0;
}
