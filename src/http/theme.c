// SPDX-License-Identifier: Apache-2.0
// Light, dark or as the device: kept in the reader's own browser, so that it needs no script.
#include "http/answer.h"
#include "http/http.routes.h"

#include <string.h>

// Only a path of this server, so that nobody is led elsewhere.
static bool is_own_path(const char *path) {
  return path != NULL && path[0] == '/' && path[1] != '/' && strpbrk(path, "\\\r\n") == NULL;
}

void theme_handler(Request *r, const ThemeInput *in) {
  request_cookie(r, text_format(r->context.arena,
                                "daybook-theme=%s; Path=/; Max-Age=31536000; SameSite=Lax",
                                in->theme));
  request_redirect(r, "%s", is_own_path(in->back) ? in->back : "/");
}
