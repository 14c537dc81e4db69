# SPDX-License-Identifier: Apache-2.0
"""The database layer from the outside: both engines, the wall, migrations, disks that give out."""
import os
import pathlib
import resource
import signal
import subprocess
import unittest
import unittest.mock

import lib

UNIT = lib.BUILD / "src"


class Postgres(lib.DaybookTest):
    engine = "postgres"

    def unit(self, name, url):
        done = subprocess.run([UNIT / name], env={**os.environ, "DAYBOOK_TEST_DB": url}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-3000:])

    def test_the_layer_behaves_as_on_sqlite(self):
        for name in ("db_test", "foresee_test"):
            self.unit(name, self.book.env["DAYBOOK_DB_OWNER"])

    def test_every_statement_prepares(self):
        self.book.ok("migrate")
        self.unit("migrate_test", self.book.env["DAYBOOK_DB"])

    def test_the_application_owns_nothing_and_sees_no_organisation_by_itself(self):
        self.book.init()
        pg, name = lib.postgres(), self.book.database
        self.assertEqual(pg.sql("SELECT count(*) FROM person", name, "daybook_app"), [["0"]])
        walled = pg.sql("SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                        " WHERE a.attname = 'org_id' AND c.relkind = 'r'"
                        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)", name)
        self.assertEqual(walled, [["0"]], "tables with org_id but without a forced wall")
        owned = pg.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
                       " AND tableowner = 'daybook_app'", name)
        self.assertEqual(owned, [["0"]])
        for statement in ("CREATE TABLE mine (id int)", "DROP TABLE person",
                          "INSERT INTO schema_version VALUES (999, 'x', 0)"):
            with self.assertRaises(RuntimeError):
                pg.sql(statement, name, "daybook_app")

    def test_without_the_owner_migrate_says_what_is_missing(self):
        del self.book.env["DAYBOOK_DB_OWNER"]
        ran = self.book.run("migrate")
        self.assertEqual(ran.code, 1)
        self.assertIn("DAYBOOK_DB_OWNER", ran.err)

    def test_an_unreachable_server_is_a_clear_failure(self):
        self.book.env["DAYBOOK_DB"] = "postgresql://nobody@127.0.0.1:1/none"
        ran = self.book.run("rebuild")
        self.assertEqual(ran.code, 1)
        self.assertIn("cannot be reached", ran.err)


class PostgresGoesAway(unittest.TestCase):
    """A cluster of its own, because it is stopped the hard way."""

    def setUp(self):
        self.cluster = lib.Postgres().create()
        self.addCleanup(self.cluster.destroy)
        patch = unittest.mock.patch.object(lib, "_postgres", self.cluster)
        patch.start()
        self.addCleanup(patch.stop)
        self.book = lib.Installation("postgres")
        self.addCleanup(self.book.close)

    def test_the_server_says_so_and_recovers_by_itself(self):
        self.book.init(adopt=True)
        server = self.book.serve()
        client = server.client()
        self.assertEqual(client.get("/sign-in").status, 200)
        self.cluster.stop("immediate")
        for path in ("/healthz", "/sign-in", "/o/nordwind/today", "/healthz"):
            self.assertEqual(client.get(path, follow=False).status, 503, path)
        self.cluster.start()
        for path in ("/healthz", "/sign-in"):
            self.assertEqual(client.get(path).status, 200, path)
        self.cluster.stop("fast")  # pooled connections die between two requests
        self.cluster.start()
        self.assertEqual(client.get("/sign-in").status, 200, "a dead connection was lent again")
        self.assertEqual(server.stop(), 0)
        self.book.ok("verify")


@lib.both_engines
class Migrations(lib.DaybookTest):
    def test_again_changes_nothing(self):
        self.book.ok("migrate")
        before = self.book.sql("SELECT number, applied_at FROM schema_version ORDER BY number")
        self.book.ok("migrate", now="2027-01-01")
        self.assertEqual(before,
                         self.book.sql("SELECT number, applied_at FROM schema_version ORDER BY"
                                       " number"))

    def test_a_newer_database_is_refused(self):
        self.book.init()
        self.book.sql("INSERT INTO schema_version VALUES (999, '999_later', 0)")
        for command in ("migrate", "rebuild"):
            ran = self.book.run(command)
            self.assertEqual(ran.code, 1)
            self.assertIn("newer", ran.err)

    def test_an_older_database_says_how_to_go_on(self):
        self.book.init()
        self.book.sql("DELETE FROM schema_version WHERE number > 1")
        ran = self.book.run("rebuild")
        self.assertEqual(ran.code, 1)
        self.assertIn("daybook migrate", ran.err)


class Disks(lib.DaybookTest):
    def verify(self):
        self.book.ok("verify")

    def limited(self, *arguments, size):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        done = subprocess.run([lib.PROGRAM, *arguments], env=self.book.environment(), text=True,
                              capture_output=True, check=False, preexec_fn=limit)
        return done

    def test_a_disk_that_takes_no_more_is_said_and_nothing_is_half_done(self):
        self.book.init()
        before = self.book.sql("SELECT count(*) FROM ledger_entry")
        done = self.limited("init", "--org", "second", "--name", "Second",
                            "--admin", "b@example.org", "--decision-date", "2025-11-20", size=8192)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, "disk|cannot")
        self.assertEqual(before, self.book.sql("SELECT count(*) FROM ledger_entry"))
        self.verify()

    @unittest.skipUnless(os.geteuid() == 0, "needs a disk of its own to fill")
    def test_a_full_disk_is_said_and_forgotten_once_there_is_room(self):
        disk = self.book.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk],
                                 capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("cannot mount here")
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=False)
        self.book.env["DAYBOOK_DB"] = f"sqlite:{disk}/daybook.db"
        self.book.init()
        ballast = pathlib.Path(disk / "ballast")
        with open(ballast, "wb", buffering=0) as stream:
            try:
                while True:
                    stream.write(b"x" * 4096)
            except OSError:
                pass
        more = ["init", "--org", "second", "--name", "Second", "--admin", "b@example.org",
                "--decision-date", "2025-11-20"]
        ran = self.book.run(*more)
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("disk", ran.err)
        ballast.unlink()
        self.book.ok(*more)
        self.verify()

    def test_a_file_that_is_no_database_is_refused(self):
        self.book.database.write_text("these are notes\n" * 1000, "utf-8")
        ran = self.book.run("rebuild")
        self.assertEqual(ran.code, 1)
        self.assertIn("not a Daybook database", ran.err)

    def test_no_database_says_how_to_make_one(self):
        ran = self.book.run("rebuild")
        self.assertEqual(ran.code, 2)
        self.assertIn("daybook init", ran.err)
        self.assertFalse(self.book.database.exists())


if __name__ == "__main__":
    unittest.main()
