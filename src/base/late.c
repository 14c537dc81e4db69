// SPDX-License-Identifier: Apache-2.0
#include "base/late.h"
#include "base/base.h"

#include <dlfcn.h>
#include <string.h>

bool late_load(const char *library, const LateCall *calls, size_t count) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  for (size_t i = 0; handle != NULL && i < count; i++) {
    void *found = dlsym(handle, calls[i].name);
    if (found == NULL) {
      log_line(LOG_LEVEL_ERROR, "library_unfit", "library=%s call=%s", library, calls[i].name);
      return false;
    }
    memcpy(calls[i].address, &found, sizeof found);
  }
  if (handle == NULL) log_line(LOG_LEVEL_ERROR, "library_missing", "%s", dlerror());
  return handle != NULL;
}
