# SPDX-License-Identifier: Apache-2.0
"""Commands killed at random moments, a full disk, a read-only disk: nothing acknowledged is lost,
nothing is half-written, and the program goes on when the trouble is over. (The server under load:
crash_test.py.)"""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import tempfile
import time
import unittest

import lib

KILLS = int(os.environ.get("DAYBOOK_KILLS", "20"))
SEED = int(os.environ.get("DAYBOOK_SEED", time.time_ns() % 2**32))


class Trouble(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.book.init(adopt=True)
        self.store = pathlib.Path(self.book.env["DAYBOOK_EVIDENCE"])
        self.make_token()

    def make_token(self):
        made = self.book.json("token", "create", "--name", "load", "--scope", "write")
        self.token = made["token"]

    def content(self, most=300_000):
        return self.random.randbytes(self.random.randint(1, most))

    def whole(self):
        ran = self.book.run("verify", "--json")
        self.assertEqual(ran.code, 0, f"seed {SEED}: {ran!r}")
        for path in self.store.glob("*/*/*"):
            if len(path.name) == 64:
                self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(), path.name,
                                 f"seed {SEED}: half-written evidence")

    def kept(self):
        rows = self.book.sql("SELECT id, sha256 FROM evidence")
        return {(int(id_), sha256) for id_, sha256 in rows}


class KilledCommands(Trouble):
    def test_a_killed_command_leaves_all_or_nothing(self):
        file = self.book.folder / "big"
        acknowledged = set()
        for _ in range(max(10, KILLS // 2)):
            file.write_bytes(self.content(3_000_000))
            process = subprocess.Popen(
                [lib.PROGRAM, "evidence", "add", "--org", "nordwind", "--json", file],
                env=self.book.environment(), stdout=subprocess.PIPE)
            try:
                out, _ = process.communicate(timeout=self.random.uniform(0.003, 0.06))
            except subprocess.TimeoutExpired:
                process.kill()
                out, _ = process.communicate()
            if process.returncode == 0:
                acknowledged.update((e["id"], e["sha256"]) for e in json.loads(out))
        self.assertLessEqual(acknowledged, self.kept())
        self.whole()

    def test_a_killed_backup_leaves_no_file_that_looks_whole(self):
        file = self.book.folder / "big"
        file.write_bytes(self.random.randbytes(20_000_000))
        self.book.ok("evidence", "add", "--org", "nordwind", file)
        target = self.book.folder / "backup.tar"
        for _ in range(8):
            process = subprocess.Popen([lib.PROGRAM, "backup", "--to", target],
                                       env=self.book.environment(), stdout=subprocess.DEVNULL)
            time.sleep(self.random.uniform(0.005, 0.15))
            process.kill()
            process.wait()
            if target.exists():
                self.assertEqual(self.book.run("verify", target).code, 0)
                target.unlink()
        self.whole()

    def test_a_killed_restore_leaves_the_old_or_the_new(self):
        file = self.book.folder / "file"
        file.write_bytes(self.random.randbytes(5_000_000))
        self.book.ok("evidence", "add", "--org", "nordwind", file)
        target = self.book.folder / "backup.tar"
        self.book.ok("backup", "--to", target)
        self.book.ok("evidence", "add", "--org", "nordwind", file, "--note", "after the backup")
        for _ in range(10):
            process = subprocess.Popen([lib.PROGRAM, "restore", target],
                                       env=self.book.environment(), stdout=subprocess.DEVNULL)
            time.sleep(self.random.uniform(0.01, 0.2))
            process.kill()
            process.wait()
            self.assertIn(len(self.kept()), (1, 2))
            self.whole()


class Disk(Trouble):
    def limited(self, *arguments, size, **options):
        """Runs the program where no file may grow beyond `size`: what a full disk feels like."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            import signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        return subprocess.run([str(lib.PROGRAM), *map(str, arguments)],
                              env=self.book.environment(), capture_output=True, text=True,
                              check=False, preexec_fn=limit, **options)

    def test_evidence_that_does_not_fit_is_refused_and_leaves_nothing(self):
        file = self.book.folder / "big"
        file.write_bytes(self.random.randbytes(2_000_000))
        before = self.kept()
        ran = self.limited("evidence", "add", "--org", "nordwind", file, size=1_000_000)
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertIn("Nothing was changed", ran.stderr)
        self.assertEqual(self.kept(), before)
        self.assertEqual(list((self.store / "incoming").iterdir()), [])
        self.book.ok("evidence", "add", "--org", "nordwind", file)
        self.whole()

    def test_a_backup_that_does_not_fit_leaves_nothing(self):
        file = self.book.folder / "big"
        file.write_bytes(self.random.randbytes(2_000_000))
        self.book.ok("evidence", "add", "--org", "nordwind", file)
        target = self.book.folder / "backup.tar"
        ran = self.limited("backup", "--to", target, size=1_500_000)
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertEqual([p.name for p in self.book.folder.glob("backup.tar*")], [])
        ran = self.limited("export", "--org", "nordwind", "--to", target, size=1_500_000)
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertEqual([p.name for p in self.book.folder.glob("backup.tar*")], [])

    def arriving(self):
        return list((self.store / "incoming").iterdir())

    def fill(self, disk):
        """To the last page: nothing that needs a new one has room afterwards."""
        with contextlib.suppress(OSError), open(disk / "filler", "wb", buffering=0) as filler:
            while filler.write(b"x" * 65536):
                pass
        self.assertEqual(os.statvfs(disk).f_bfree, 0)

    @unittest.skipUnless(os.geteuid() == 0 and pathlib.Path("/proc/mounts").exists(), "needs root")
    def test_a_full_and_then_a_read_only_disk_under_a_running_server(self):
        disk = pathlib.Path(tempfile.mkdtemp(prefix="daybook-disk-"))
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk],
                                 check=False, capture_output=True)
        if mounted.returncode != 0:
            disk.rmdir()
            self.skipTest("no file system may be mounted here")
        self.addCleanup(shutil.rmtree, disk, True)
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=False)
        self.book.env["DAYBOOK_DB"] = f"sqlite:{disk}/daybook.db"
        self.book.env["DAYBOOK_EVIDENCE"] = f"{disk}/evidence"
        self.book.database, self.store = disk / "daybook.db", disk / "evidence"
        self.book.init()
        self.make_token()
        server = self.book.serve()
        client = server.client(self.token)

        def upload(size):
            answer = client.upload("/api/v1/o/nordwind/evidence", [],
                                   [("files", "x.bin", self.random.randbytes(size))])
            return "kept" if answer.status // 100 == 2 else answer.status

        self.assertEqual(upload(1000), "kept")
        statuses = [upload(900_000) for _ in range(12)]
        self.assertIn(503, statuses)
        self.assertLessEqual(set(statuses), {"kept", 503})
        self.assertEqual(self.arriving(), [], "what was refused takes no room once it was answered")
        self.fill(disk)
        self.assertEqual(upload(1000), 503)
        self.assertEqual(self.arriving(), [])
        self.assertEqual(client.get("/healthz").status, 200)
        os.truncate(disk / "filler", 0)
        subprocess.run(["mount", "-o", "remount,size=40m", disk], check=True)
        self.assertEqual(upload(900_000), "kept", "recovery without a restart")
        self.whole()
        remounted = subprocess.run(["mount", "-o", "remount,ro", disk], check=False,
                                   capture_output=True)
        if remounted.returncode == 0:
            self.assertEqual(upload(1000), 503)
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        self.assertEqual(upload(1000), "kept")
        self.whole()
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    lib.main()
