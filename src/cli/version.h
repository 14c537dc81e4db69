// SPDX-License-Identifier: Apache-2.0
#ifndef DAYBOOK_VERSION_H
#define DAYBOOK_VERSION_H

extern const char daybook_version[]; // "0.1.0"

#endif
