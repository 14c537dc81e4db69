// SPDX-License-Identifier: Apache-2.0
#include "base/context.h"

#include <stdio.h>

int main(void) {
  puts("daybook");
  return 0;
}
