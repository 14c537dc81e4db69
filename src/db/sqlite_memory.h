// SPDX-License-Identifier: Apache-2.0
#ifndef DAYBOOK_SQLITE_MEMORY_H
#define DAYBOOK_SQLITE_MEMORY_H

// SQLite's memory from now on; before sqlite3_initialize().
void sqlite_memory_use(void);

#endif
