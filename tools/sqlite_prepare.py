# SPDX-License-Identifier: Apache-2.0
"""Prepares a statement with the real SQLite library and tells what the library knows of it.

Python's own module hides a statement's columns until it has run, hence ctypes.
"""
import ctypes
import ctypes.util

_lib = ctypes.CDLL(ctypes.util.find_library("sqlite3") or "libsqlite3.so.0")
_AUTHORIZER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_char_p] * 4)
for _name in ("errmsg", "column_name", "column_decltype", "column_table_name",
              "column_origin_name"):
    getattr(_lib, f"sqlite3_{_name}").restype = ctypes.c_char_p
_READ, _INSERT, _DELETE, _UPDATE = 20, 18, 9, 23


class PrepareError(Exception):
    pass


class Column:
    def __init__(self, name, declared, may_be_null):
        self.name, self.declared, self.may_be_null = name, declared, may_be_null


class Prepared:
    def __init__(self, columns, tables, writes):
        self.columns, self.tables, self.writes = columns, tables, writes


def _text(value):
    return value.decode() if value is not None else None


class Database:
    def __init__(self, scripts):
        self._db = ctypes.c_void_p()
        _lib.sqlite3_open(b":memory:", ctypes.byref(self._db))
        for option in (1013, 1014):  # no double-quoted string literals
            _lib.sqlite3_db_config(self._db, option, 0, ctypes.c_void_p())
        self._tables = set()
        for path, script in scripts:
            if _lib.sqlite3_exec(self._db, script.encode(), None, None, None) != 0:
                raise PrepareError(f"{path}: {self._message()}")
        self._authorizer = _AUTHORIZER(self._authorize)
        _lib.sqlite3_set_authorizer(self._db, self._authorizer, None)

    def _message(self):
        return _text(_lib.sqlite3_errmsg(self._db))

    def _authorize(self, _user, action, first, _second, _database, _inner):
        if action in (_READ, _INSERT, _DELETE, _UPDATE) and first:
            self._tables.add(_text(first))
        return 0

    def prepare(self, sql):
        self._tables = set()
        statement, tail = ctypes.c_void_p(), ctypes.c_char_p()
        text = sql.encode()
        code = _lib.sqlite3_prepare_v2(
            self._db, text, len(text), ctypes.byref(statement), ctypes.byref(tail))
        if code != 0:
            raise PrepareError(self._message())
        try:
            if not statement:
                raise PrepareError("the statement is empty")
            if tail.value and tail.value.strip():
                raise PrepareError("more than one statement")
            count = _lib.sqlite3_column_count(statement)
            columns = [self._column(statement, i) for i in range(count)]
            return Prepared(columns, self._tables, not _lib.sqlite3_stmt_readonly(statement))
        finally:
            _lib.sqlite3_finalize(statement)

    def _column(self, statement, index):
        def ask(what):
            return getattr(_lib, f"sqlite3_column_{what}")(statement, index)

        return Column(_text(ask("name")), _text(ask("decltype")),
                      self._may_be_null(ask("table_name"), ask("origin_name")))

    def _may_be_null(self, table, column):
        """True, False, or None for an expression."""
        if table is None or column is None:
            return None
        not_null, primary = ctypes.c_int(), ctypes.c_int()
        code = _lib.sqlite3_table_column_metadata(
            self._db, b"main", table, column, None, None, ctypes.byref(not_null),
            ctypes.byref(primary), None)
        return None if code != 0 else not (not_null.value or primary.value)
