// SPDX-License-Identifier: Apache-2.0
// libarchive, loaded by the first backup, restore, export or look into a file (base/late.h).
#ifndef DAYBOOK_LIBARCHIVE_H
#define DAYBOOK_LIBARCHIVE_H

#include "base/late.h"

#include <archive.h>
#include <archive_entry.h>

#define LIBARCHIVE_CALLS(X)                                                                        \
  X(archive_entry_filetype)                                                                        \
  X(archive_entry_free)                                                                            \
  X(archive_entry_new)                                                                             \
  X(archive_entry_pathname)                                                                        \
  X(archive_entry_set_filetype)                                                                    \
  X(archive_entry_set_mtime)                                                                       \
  X(archive_entry_set_pathname)                                                                    \
  X(archive_entry_set_perm)                                                                        \
  X(archive_entry_set_size)                                                                        \
  X(archive_entry_size)                                                                            \
  X(archive_entry_size_is_set)                                                                     \
  X(archive_error_string)                                                                          \
  X(archive_read_data)                                                                             \
  X(archive_read_free)                                                                             \
  X(archive_read_new)                                                                              \
  X(archive_read_next_header)                                                                      \
  X(archive_read_open_filename)                                                                    \
  X(archive_read_support_format_tar)                                                               \
  X(archive_write_close)                                                                           \
  X(archive_write_data)                                                                            \
  X(archive_write_free)                                                                            \
  X(archive_write_header)                                                                          \
  X(archive_write_new)                                                                             \
  X(archive_write_open_fd)                                                                         \
  X(archive_write_set_bytes_per_block)                                                             \
  X(archive_write_set_format_pax_restricted)

LATE_TYPE(LibArchive, LIBARCHIVE_CALLS);
const LibArchive *libarchive(void); // ends the program if the library is not installed

#ifndef LIBARCHIVE_DECLARES_ONLY
#define archive_entry_filetype            (libarchive()->archive_entry_filetype)
#define archive_entry_free                (libarchive()->archive_entry_free)
#define archive_entry_new                 (libarchive()->archive_entry_new)
#define archive_entry_pathname            (libarchive()->archive_entry_pathname)
#define archive_entry_set_filetype        (libarchive()->archive_entry_set_filetype)
#define archive_entry_set_mtime           (libarchive()->archive_entry_set_mtime)
#define archive_entry_set_pathname        (libarchive()->archive_entry_set_pathname)
#define archive_entry_set_perm            (libarchive()->archive_entry_set_perm)
#define archive_entry_set_size            (libarchive()->archive_entry_set_size)
#define archive_entry_size                (libarchive()->archive_entry_size)
#define archive_entry_size_is_set         (libarchive()->archive_entry_size_is_set)
#define archive_error_string              (libarchive()->archive_error_string)
#define archive_read_data                 (libarchive()->archive_read_data)
#define archive_read_free                 (libarchive()->archive_read_free)
#define archive_read_new                  (libarchive()->archive_read_new)
#define archive_read_next_header          (libarchive()->archive_read_next_header)
#define archive_read_open_filename        (libarchive()->archive_read_open_filename)
#define archive_read_support_format_tar   (libarchive()->archive_read_support_format_tar)
#define archive_write_close               (libarchive()->archive_write_close)
#define archive_write_data                (libarchive()->archive_write_data)
#define archive_write_free                (libarchive()->archive_write_free)
#define archive_write_header              (libarchive()->archive_write_header)
#define archive_write_new                 (libarchive()->archive_write_new)
#define archive_write_open_fd             (libarchive()->archive_write_open_fd)
#define archive_write_set_bytes_per_block (libarchive()->archive_write_set_bytes_per_block)
#define archive_write_set_format_pax_restricted                                                    \
  (libarchive()->archive_write_set_format_pax_restricted)
#endif

#endif
