# SPDX-License-Identifier: Apache-2.0
"""Proves from a statement's text that it stays inside one organisation.

Each table with an org_id column must be tied to the caller's organisation by a condition that
always holds: `alias.org_id = :org`, or `alias.org_id = other.org_id` where `other` is tied. A
condition counts only as a conjunct of WHERE, or of the ON of its own join (of an inner join for
every table);
inside OR, NOT or CASE it counts for nothing. INSERT must put :org (or a tied table's org_id) into
the org_id column. What this reader does not understand it refuses.
"""
import re

TOKEN = re.compile(
    r"\s+|--[^\n]*|(?P<string>'(?:[^']|'')*')|(?P<quoted>\"[^\"]*\")|(?P<param>:[A-Za-z_]\w*)"
    r"|(?P<word>[A-Za-z_]\w*(?:\.(?:[A-Za-z_]\w*|\*))?)|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<sign>::|<>|<=|>=|!=|\|\||->>|->|.)", re.S)
CLAUSES = {"SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "WINDOW",
           "RETURNING", "SET", "VALUES", "UNION", "INTERSECT", "EXCEPT", "FOR"}
JOINS = {"JOIN", "LEFT", "INNER", "CROSS", "FULL", "RIGHT", "NATURAL", "OUTER"}
NOT_ALIAS = CLAUSES | JOINS | {"ON", "AS", "USING", "CONFLICT", "DO", "DEFAULT"}


class ScopeError(Exception):
    pass


def tokens(text):
    return [m.group().strip() for m in TOKEN.finditer(text) if m.lastgroup]


def tree(flat):
    """Nested lists for parentheses, and for CASE … END (which keeps its word)."""
    stack = [[]]
    for token in flat:
        if token == "(" or token.upper() == "CASE":
            stack.append([] if token == "(" else ["CASE"])
        elif token == ")" or token.upper() == "END":
            if len(stack) == 1 or (stack[-1][:1] == ["CASE"]) != (token != ")"):
                raise ScopeError(f"{token} closes what was never opened")
            inner = stack.pop()
            stack[-1].append(inner)
        else:
            stack[-1].append(token)
    if len(stack) != 1:
        raise ScopeError("a parenthesis stays open")
    return stack[0]


def upper(node):
    return node.upper() if isinstance(node, str) else ""


class Table:
    def __init__(self, name, alias, optional_join):
        self.name, self.alias, self.optional_join = name, alias, optional_join
        self.tied = False


class Checker:
    def __init__(self, scoped):
        self.scoped = scoped  # {table}
        self.seen = set()     # scoped tables this reader has met

    def check(self, text):
        nodes = tree(tokens(text.rstrip().rstrip(";")))
        self.statement(nodes, [], set())
        return self.seen

    # ---- statements ----

    def statement(self, nodes, outer, named):
        if not nodes:
            return
        named = set(named)
        if upper(nodes[0]) == "WITH":
            nodes = self.with_clause(nodes, outer, named)
        head = upper(nodes[0])
        if head in ("SELECT", "VALUES"):
            for part in self.split(nodes, {"UNION", "INTERSECT", "EXCEPT"}):
                part = part[1:] if part and upper(part[0]) == "ALL" else part
                self.select(part, outer, named)
        elif head == "INSERT":
            self.insert(nodes, outer, named)
        elif head == "UPDATE":
            self.change(nodes[1:], outer, named)
        elif head == "DELETE":
            if upper(nodes[1]) != "FROM":
                raise ScopeError("DELETE without FROM")
            self.change(nodes[2:], outer, named)
        else:
            raise ScopeError(f"a statement cannot begin with {head or 'a parenthesis'}")

    def with_clause(self, nodes, outer, named):
        i = 1
        if upper(nodes[i]) == "RECURSIVE":
            i += 1
        while True:
            named.add(nodes[i].lower())
            i += 1
            if isinstance(nodes[i], list):
                i += 1
            if upper(nodes[i]) != "AS":
                raise ScopeError("WITH needs AS")
            i += 1
            while upper(nodes[i]) in ("NOT", "MATERIALIZED"):
                i += 1
            self.statement(nodes[i], outer, named)
            i += 1
            if nodes[i] != ",":
                return nodes[i:]
            i += 1

    def select(self, nodes, outer, named):
        self.query(self.clauses(nodes), [], outer, named)

    def change(self, nodes, outer, named):
        """UPDATE t [AS a] SET … [FROM …] WHERE …, or DELETE FROM t [AS a] WHERE …"""
        target, rest = self.table(nodes, named, False)
        self.query(self.clauses(rest), [target] if target else [], outer, named)

    def query(self, clauses, tables, outer, named):
        conditions = []  # (conjunct, the only table it counts for, or None)
        for name, body in clauses:
            if name == "FROM":
                self.from_clause(body, tables, conditions, outer, named)
        for name, body in clauses:
            if name == "WHERE":
                conditions += [(part, None) for part in self.conjuncts(body)]
        scope = outer + [tables]
        self.tie(conditions, tables, scope)
        for table in tables:
            if table.name in self.scoped and not table.tied:
                raise ScopeError(
                    f"{table.name} is not restricted: write {table.alias}.org_id = :org"
                    " (or join it on a table that is)")
        for name, body in clauses:
            set_columns = [upper(part[0]) for part in self.commas(body) if part]
            if name == "SET" and "ORG_ID" in set_columns:
                raise ScopeError("a row never moves to another organisation: do not SET org_id")
            if name != "FROM":
                self.inner(body, scope, named)
        for condition, _ in conditions:
            self.inner(condition, scope, named)

    def insert(self, nodes, outer, named):
        if upper(nodes[1]) != "INTO":
            raise ScopeError("write INSERT INTO")
        name, i = nodes[2].lower(), 3
        if upper(nodes[i]) == "AS":
            i += 2
        if name in self.scoped:
            self.seen.add(name)
        columns = [n.lower() for n in nodes[i] if n != ","] if isinstance(nodes[i], list) else None
        body = nodes[i + 1:] if columns is not None else nodes[i:]
        conflict = next((k for k, n in enumerate(body) if upper(n) == "ON"
                         and k + 1 < len(body) and upper(body[k + 1]) == "CONFLICT"), len(body))
        source = body[:conflict]
        if name in self.scoped:
            if columns is None or "org_id" not in columns:
                raise ScopeError(f"INSERT INTO {name} must name the column org_id")
            self.inserted_org(name, source, columns.index("org_id"))
        tail = body[conflict:]
        if name in self.scoped:
            self.upsert(name, tail)
        if upper(source[0]) == "VALUES":
            self.inner(source, outer, named)
        else:
            self.statement(source, outer, named)
        self.inner(tail, outer + [[Table("", "excluded", False)]], named)

    def upsert(self, name, tail):
        """ON CONFLICT … DO UPDATE must not reach a row of another organisation."""
        if "UPDATE" not in [upper(n) for n in tail]:
            return
        target = tail[2] if isinstance(tail[2], list) else []
        where = [body for clause, body in self.clauses(tail[[upper(n) for n in tail].index("SET"):])
                 if clause == "WHERE"]
        tied = any([upper(n) for n in part[:2]] == [f"{name}.org_id".upper(), "="]
                   and upper(part[2]) in (":ORG", "EXCLUDED.ORG_ID")
                   for body in where for part in self.conjuncts(body))
        if "org_id" not in [n.lower() for n in target if isinstance(n, str)] and not tied:
            raise ScopeError(f"ON CONFLICT … DO UPDATE of {name} must name org_id in its target"
                             f" or say WHERE {name}.org_id = :org")

    def inserted_org(self, name, source, position):
        if upper(source[0]) == "VALUES":
            rows = [self.commas(n) for n in source if isinstance(n, list)]
        else:
            body = source
            if upper(body[0]) == "WITH":
                raise ScopeError("put WITH before INSERT")
            parts = self.split(body, {"UNION", "INTERSECT", "EXCEPT"})
            rows = []
            for part in parts:
                part = part[1:] if upper(part[0]) == "ALL" else part
                chosen = self.clauses(part)[0][1]
                if chosen and upper(chosen[0]) == "DISTINCT":
                    chosen = chosen[1:]
                rows.append(self.commas(chosen))
        for row in rows:
            value = row[position] if position < len(row) else []
            tied = value == [":org"] or (
                len(value) == 1 and upper(value[0]).endswith(".ORG_ID"))
            if not tied:
                raise ScopeError(f"INSERT INTO {name} must give org_id the value :org")

    # ---- parts of a query ----

    def clauses(self, nodes):
        found, current = [], None
        for node in nodes:
            is_distinct = current and current[1] and upper(current[1][-1]) == "DISTINCT"
            if upper(node) in CLAUSES and not (upper(node) == "FROM" and is_distinct):
                current = (upper(node), [])
                found.append(current)
            elif current is None:
                raise ScopeError(f"cannot read the statement near {node}")
            else:
                current[1].append(node)
        return found

    def table(self, nodes, named, optional_join):
        """Reads `name [AS] [alias]`; gives (Table or None for a subquery or WITH name, rest)."""
        if not nodes:
            raise ScopeError("a table is missing")
        first, i = nodes[0], 1
        if isinstance(first, str) and i < len(nodes) and isinstance(nodes[i], list):
            i += 1  # a table function, such as json_each(…)
            first = None
        alias = first if isinstance(first, str) else None
        if i < len(nodes) and upper(nodes[i]) == "AS":
            i += 1
        if i < len(nodes) and isinstance(nodes[i], str) and upper(nodes[i]) not in NOT_ALIAS \
                and re.match(r"[A-Za-z_]\w*$", nodes[i]):
            alias, i = nodes[i], i + 1
        if i < len(nodes) and isinstance(nodes[i], list) and not isinstance(first, str):
            i += 1  # column names of a derived table
        if not isinstance(first, str) or first.lower() in named:
            return None, nodes[i:]
        name = first.lower()
        if name in self.scoped:
            self.seen.add(name)
        return Table(name, alias.lower(), optional_join), nodes[i:]

    def from_clause(self, body, tables, conditions, outer, named):
        rest, join = body, ""
        while rest:
            first = rest[0]
            if isinstance(first, list):
                self.derived(first, tables, conditions, outer, named)
            elif len(rest) > 1 and isinstance(rest[1], list) and upper(rest[0]) not in NOT_ALIAS:
                self.inner(rest[1], outer + [tables], named)
            table, rest = self.table(rest, named, "LEFT" in join)
            if table:
                tables.append(table)
            if rest and upper(rest[0]) == "ON":
                end = next((k for k, n in enumerate(rest) if upper(n) in JOINS or n == ","),
                           len(rest))
                only = table if any(k in join for k in ("LEFT", "FULL", "RIGHT")) else None
                useless = any(k in join for k in ("FULL", "RIGHT"))
                if table is None and only is None and "LEFT" in join:
                    useless = True
                parts = self.conjuncts(rest[1:end])
                conditions += [(p, "nothing" if useless else only) for p in parts]
                rest = rest[end:]
            elif rest and upper(rest[0]) == "USING":
                rest = rest[2:]
            join = ""
            while rest and (upper(rest[0]) in JOINS or rest[0] == ","):
                join += " " + upper(rest[0])
                rest = rest[1:]
            if not join and rest:
                raise ScopeError(f"cannot read FROM near {rest[0]}")

    def derived(self, node, tables, conditions, outer, named):
        if node and upper(node[0]) in ("SELECT", "WITH", "VALUES"):
            self.statement(node, outer + [tables], named)
        else:
            self.from_clause(node, tables, conditions, outer, named)

    def conjuncts(self, body):
        """The parts that all hold; one unreadable whole if an OR stands among them."""
        if any(upper(n) == "OR" for n in body):
            return [["OR", list(body)]]
        parts = []
        for part in self.split(body, {"AND"}):
            if len(part) == 1 and isinstance(part[0], list) and part[0] \
                    and upper(part[0][0]) not in ("SELECT", "WITH", "CASE"):
                parts += self.conjuncts(part[0])
            elif part:
                parts.append(part)
        return parts

    def tie(self, conditions, tables, scope):
        changed = True
        while changed:
            changed = False
            for part, only in conditions:
                if only == "nothing" or len(part) != 3 or part[1] not in ("=", "=="):
                    continue
                for mine, other in ((part[0], part[2]), (part[2], part[0])):
                    table = self.owner(mine, [tables])
                    if table is None or table.tied or (only is not None and only is not table):
                        continue
                    source = self.owner(other, scope)
                    by_another = source is not None and source.tied and source is not table
                    if other == ":org" or by_another:
                        table.tied = changed = True

    @staticmethod
    def owner(word, scope):
        """The table whose org_id this is, searched from the inside out."""
        if not isinstance(word, str):
            return None
        parts = word.lower().split(".")
        if parts[-1] != "org_id":
            return None
        for tables in reversed(scope):
            if len(parts) == 1:
                return tables[0] if len(tables) == 1 else None
            for table in tables:
                if table.alias == parts[0]:
                    return table
        return None

    def inner(self, nodes, scope, named):
        """Queries in parentheses, wherever they stand."""
        for node in nodes:
            if not isinstance(node, list) or not node:
                continue
            if upper(node[0]) in ("SELECT", "WITH"):
                self.statement(node, scope, named)
            else:
                self.inner(node, scope, named)

    @staticmethod
    def split(nodes, words):
        parts = [[]]
        for node in nodes:
            if upper(node) in words:
                parts.append([])
            else:
                parts[-1].append(node)
        return parts

    @staticmethod
    def commas(nodes):
        parts = [[]]
        for node in nodes:
            if node == ",":
                parts.append([])
            else:
                parts[-1].append(node)
        return parts
