# SPDX-License-Identifier: Apache-2.0
"""What the statements generator must refuse: each would be a hole or a crash at run time."""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = """
CREATE TABLE organisation (id {id}, slug TEXT NOT NULL UNIQUE);
CREATE TABLE person (id {id}, org_id BIGINT NOT NULL, name TEXT NOT NULL, email TEXT,
  joined TEXT, UNIQUE (org_id, email));
CREATE TABLE task (id {id}, org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, title TEXT NOT NULL,
  weight DOUBLE PRECISION, UNIQUE (title));
"""
GOOD = {
    "plain": "--! x many\n--  out id id\nSELECT p.id FROM person p WHERE p.org_id = :org;",
    "one table without an alias":
        "--! x many\n--  out id id\nSELECT id FROM person WHERE name = 'a OR b' AND org_id = :org;",
    "tied by a join":
        "--! x many\n--  out id id\nSELECT t.id FROM person p JOIN task t ON t.org_id = p.org_id"
        " AND t.person_id = p.id WHERE p.org_id = :org;",
    "left join tied in its own ON":
        "--! x many\n--  out id id, title text?\nSELECT p.id, t.title FROM person p LEFT JOIN"
        " task t"
        " ON t.person_id = p.id AND t.org_id = p.org_id WHERE p.org_id = :org;",
    "an OR in parentheses beside the tie":
        "--! x many\n--  in a text\n--  out id id\nSELECT id FROM person"
        " WHERE org_id = :org AND (name = :a OR email = :a);",
    "a correlated subquery":
        "--! x many\n--  out id id, tasks int\nSELECT p.id, (SELECT count(*) FROM task t"
        " WHERE t.org_id = p.org_id AND t.person_id = p.id) AS tasks FROM person p WHERE"
        " p.org_id = :org;",
    "WITH":
        "--! x many\n--  out n int\nWITH mine AS (SELECT id FROM task WHERE org_id = :org)"
        " SELECT count(*) AS n FROM mine;",
    "insert": "--! x insert\n--  in name text\nINSERT INTO person (name, org_id) VALUES (:name,"
              " :org);",
    "insert from a select":
        "--! x exec\nINSERT INTO task (org_id, person_id, title) SELECT p.org_id, p.id, p.name"
        " FROM person p WHERE p.org_id = :org;",
    "upsert inside the organisation":
        "--! x exec\n--  in name text, email text\nINSERT INTO person (org_id, name, email)"
        " VALUES (:org, :name, :email) ON CONFLICT (org_id, email) DO UPDATE SET name ="
        " excluded.name;",
    "unscoped with its reason":
        '--! x one\n--  out n int\n--  unscoped "counts the installation"\nSELECT count(*) AS n'
        ' FROM person;',
    "organisations themselves": "--! x many\n--  out slug text\nSELECT slug FROM organisation;",
    "a sort": "--! x many\n--  out id id\n--  sort name: name, id | id: id DESC\n"
              "SELECT id FROM person WHERE org_id = :org ORDER BY {sort};",
}
BAD = {
    "no restriction": ("--! x many\n--  out id id\nSELECT id FROM person;", "not restricted"),
    "the restriction is a comment":
        ("--! x many\n--  out id id\nSELECT id FROM person -- WHERE org_id ="
         " :org\n;", "not restricted"),
    "the restriction is text":
        ("--! x many\n--  out id id\nSELECT id FROM person WHERE name = 'org_id ="
         " :org';", "not restricted"),
    "the restriction stands in an OR":
        ("--! x many\n--  out id id\nSELECT id FROM person WHERE org_id = :org OR name = 'x';",
         "not restricted"),
    "the restriction is denied":
        ("--! x many\n--  out id id\nSELECT id FROM person WHERE NOT org_id ="
         " :org;", "not restricted"),
    "the restriction hides in a CASE":
        ("--! x many\n--  out id id\nSELECT id FROM person"
         " WHERE CASE WHEN 1 = 1 THEN 1 = 1 AND org_id = :org AND 1 = 1 END;", "not restricted"),
    "the joined table is free":
        ("--! x many\n--  out id id\nSELECT t.id FROM person p JOIN task t ON t.person_id = p.id"
         " WHERE p.org_id = :org;", "task is not restricted"),
    "a left join restricts its left side only in its ON":
        ("--! x many\n--  out id id\nSELECT p.id FROM person p LEFT JOIN task t"
         " ON t.org_id = :org AND p.org_id = :org;", "person is not restricted"),
    "the subquery is free":
        ("--! x many\n--  out id id\nSELECT id FROM person WHERE org_id = :org"
         " AND id IN (SELECT person_id FROM task);", "task is not restricted"),
    "one half of a union is free":
        ("--! x many\n--  out id id\nSELECT id FROM person WHERE org_id = :org UNION SELECT id"
         " FROM task;",
         "task is not restricted"),
    "WITH is free":
        ("--! x many\n--  out n int\nWITH t2 AS (SELECT id FROM task) SELECT count(*) AS n FROM"
         " t2;",
         "task is not restricted"),
    "two tables tied only to each other":
        ("--! x many\n--  out id id\nSELECT t.id FROM person p JOIN task t ON t.org_id = p.org_id;",
         "not restricted"),
    "an update is free": ("--! x exec\nUPDATE person SET name = 'x';", "not restricted"),
    "a delete is"
    " free": ("--! x exec\n--  in id id\nDELETE FROM person WHERE id = :id;", "not restricted"),
    "an update moves the row":
        ("--! x exec\n--  in to id\nUPDATE person SET org_id = :to WHERE org_id ="
         " :org;", "never moves"),
    "an insert leaves org_id to the caller":
        ("--! x insert\n--  in o id, name text\nINSERT INTO person (org_id, name) VALUES (:o,"
         " :name);",
         "org_id the value :org"),
    "an upsert reaches another's row":
        ("--! x exec\n--  in t text, p id\nINSERT INTO task (org_id, person_id, title) VALUES"
         " (:org, :p, :t)"
         " ON CONFLICT (title) DO UPDATE SET person_id = excluded.person_id;", "ON CONFLICT"),
    "unscoped without a reason":
        ("--! x many\n--  out id id\n--  unscoped\nSELECT id FROM person;", "not restricted"),
    "unheard without a reason":
        ("--! x exec\n--  unheard \"\"\nDELETE FROM person WHERE org_id = :org;",
         "say why: unheard"),
    "a version is raised blindly":
        ("--! x exec\n--  in id id\nUPDATE person SET version = version + 1"
         " WHERE org_id = :org AND id = :id;", "without comparing it"),
    "unheard though nothing changes":
        ('--! x many\n--  out id id\n--  unheard "only read"\nSELECT id FROM person'
         ' WHERE org_id = :org;', "nothing that the ledger could hear"),
    "unknown table": ("--! x many\n--  out id id\nSELECT id FROM persons;", "no such table"),
    "unknown column": ("--! x many\n--  out id id\nSELECT ident AS id FROM"
                       " organisation;", "no such column"),
    "a column under another name":
        ("--! x many\n--  out name text\nSELECT slug FROM organisation;", "out says name"),
    "a column too"
    " few": ("--! x many\n--  out id id, slug text\nSELECT id FROM organisation;", "out says"),
    "another type": ("--! x many\n--  out slug date, id text\nSELECT slug, id FROM organisation;",
                     "which is no text"),
    "NULL where none is expected":
        ("--! x many\n--  out email text\nSELECT email FROM person WHERE org_id ="
         " :org;", "may be NULL"),
    "an undeclared parameter":
        ("--! x many\n--  out id id\nSELECT id FROM organisation WHERE slug ="
         " :slug;", "not declared"),
    "an unused parameter":
        ("--! x many\n--  in slug text\n--  out id id\nSELECT id FROM organisation;", "never used"),
    "an unknown"
    " type": ("--! x many\n--  out id number\nSELECT id FROM"
              " organisation;", "cannot read the field"),
    "an unknown mode": ("--! x few\n--  out id id\nSELECT id FROM organisation;", "a mode is"),
    "two statements":
        ("--! x many\n--  out id id\nSELECT id FROM organisation; DELETE FROM"
         " organisation;", "more than one"),
    "an exec that only reads": ("--! x exec\nSELECT id FROM organisation;", "changes nothing"),
    "an unknown sort column":
        ("--! x many\n--  out id id\n--  sort a: zzz\nSELECT id FROM organisation ORDER BY {sort};",
         "no such column"),
    "a double-quoted string":
        ('--! x many\n--  out id id\nSELECT id FROM organisation WHERE slug ='
         ' "a";', "no such column"),
}


class Statements(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "schema").mkdir()
        (self.folder / "schema" / "001_base.sql").write_text(SCHEMA, "utf-8")

    def generate(self, text):
        path = self.folder / "x.sql"
        path.write_text(text, "utf-8")
        made = [self.folder / n for n in ("x.sql.h", "x.sql.c", "x.d")]
        for file in made:
            file.unlink(missing_ok=True)
        done = subprocess.run(
            ["/usr/bin/python3", ROOT / "tools" / "statements.py",
             "--schema", self.folder / "schema", "--root", self.folder,
             "--header", made[0], "--code", made[1], "--depfile", made[2], path],
            capture_output=True, text=True, check=False)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(done.returncode == 0, made[0].exists())
        return done

    def test_it_builds_what_stays_inside_one_organisation(self):
        for name, text in GOOD.items():
            with self.subTest(name):
                done = self.generate(text)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_it_refuses_what_could_leave_it_or_is_wrong(self):
        for name, (text, said) in BAD.items():
            with self.subTest(name):
                done = self.generate(text)
                self.assertNotEqual(done.returncode, 0, "it was built")
                self.assertIn(said, done.stderr)
                self.assertRegex(done.stderr, r"x\.sql:\d+: error: ")

    def test_what_it_makes_compiles_without_warnings(self):
        text = "\n".join(t.replace("--! x ", f"--! x{i} ") for i, t in enumerate(GOOD.values()))
        done = self.generate(text)
        self.assertEqual(done.returncode, 0, done.stderr)
        compiled = subprocess.run(
            [os.environ.get("CC", "cc"), "-std=gnu17", "-Wall", "-Wextra", "-Wconversion",
             "-Wshadow", "-Werror", "-fsyntax-only", f"-I{ROOT / 'src'}", f"-I{self.folder}",
             self.folder / "x.sql.c"],
            capture_output=True, text=True, check=False)
        self.assertEqual(compiled.returncode, 0, compiled.stderr)


if __name__ == "__main__":
    unittest.main()
