# SPDX-License-Identifier: Apache-2.0
"""The ledger from outside: a verifier that shares no line with the program (docs/data-formats.md),
and everything a tamperer can do to a database, a backup and a pack."""

import hashlib
import io
import json
import os
import pathlib
import shutil
import sqlite3
import tarfile

import lib

ZERO = "0" * 64


# ---- Ed25519 verification (RFC 8032), for a test: slow and short ----
P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
L = 2**252 + 27742317777372353535851937790883648493


def _add(a, b):
    x1, y1, x2, y2 = *a, *b
    k = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P)


def _times(point, n):
    sum_ = (0, 1)
    while n:
        if n & 1:
            sum_ = _add(sum_, point)
        point, n = _add(point, point), n >> 1
    return sum_


def _point(data):
    y = int.from_bytes(data, "little") & ((1 << 255) - 1)
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P:
        raise ValueError("not on the curve")
    return (P - x if x & 1 != data[31] >> 7 else x), y


BASE = _point(bytes.fromhex("58" + "66" * 31))


def signature_fits(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return s < L and _times(BASE, s) == _add(_point(signature[:32]), _times(_point(public), k))


# ---- the verifier ----
def netstrings(*fields):
    return b"".join(b"%d:%s," % (len(f), f) for f in (str(v).encode() for v in fields))


def entry_hash(id_, org, seq, at, actor, channel, action, kind, object_, body, previous):
    return hashlib.sha256(netstrings("daybook ledger entry 1", id_, org, seq, at, actor, channel,
                                     action, kind, object_, body, previous)).hexdigest()


def verify(rows):
    """rows(sql) → lists of text. Returns what is wrong, and how many entries there were."""
    wrong, count = [], 0
    for org, slug in rows("SELECT id, slug FROM organisation ORDER BY id"):
        previous, key, seq = ZERO, None, 0
        personal = {}
        for entry, name, salt, value in rows(
                f"SELECT entry, name, salt, value FROM ledger_personal WHERE org_id = {org}"):
            personal.setdefault(entry, {})[name] = (salt, value)
        for row in rows("SELECT id, org_id, seq, at, actor, channel, action, object_kind, "
                        "object_id, body, previous, hash FROM ledger_entry "
                        f"WHERE org_id = {org} ORDER BY seq"):
            *fields, hash_ = row
            seq, count = seq + 1, count + 1
            body = json.loads(row[9])
            if row[2] != str(seq) or row[10] != previous or entry_hash(*fields) != hash_:
                wrong.append(f"{slug} {row[2]}")
            if row[6] in ("ledger.opened", "ledger.key_changed"):
                key = body["public_key"]["to"]
            for name, (salt, value) in personal.pop(row[2], {}).items():
                digest = hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()
                if salt and body[name]["personal"] != digest:
                    wrong.append(f"{slug} {row[2]} {name}")
            previous = hash_
        if personal:
            wrong.append(f"{slug} personal values of no entry")
        [[head_seq, hash_, at, public, signature]] = rows(
            f"SELECT seq, hash, at, public_key, signature FROM ledger_head WHERE org_id = {org}")
        message = netstrings("daybook ledger head 1", org, head_seq, hash_, at)
        if (head_seq, hash_, public) != (str(seq), previous, key) or not signature_fits(
                bytes.fromhex(public), message, bytes.fromhex(signature)):
            wrong.append(f"{slug} head")
    return wrong, count


TABLES = ("ledger_entry", "ledger_personal", "ledger_head", "ledger_key", "evidence_link",
          "evidence", "activity")
PROBE = "id = (SELECT min(id) FROM activity)"


class Verifying(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        self.book.init(org="other", name="Other", admin="otto@example.org")
        activity = self.book.sql("SELECT min(id) FROM activity")[0][0]
        self.file = self.book.folder / "restore-log.txt"
        self.file.write_text("restored in four minutes\n")
        self.book.ok("evidence", "add", "--org", "nordwind", "--activity", activity, self.file,
                     "--source", "Backup log", "--note", "Zoë watched", "--date", "2026-06-01")

    def verify(self, *arguments, code=0):
        ran = self.book.run("verify", *arguments, "--json")
        self.assertEqual(ran.code, code, repr(ran))
        return ran.json()

    def stored(self):
        [path] = [p for p in (self.book.folder / "evidence").rglob("*") if len(p.name) == 64]
        return path

    def every_change_is_found(self, archive, names):
        whole = members(archive)
        copy = archive.with_name("changed.tar")
        for name, content in whole:
            if not name.startswith(names):
                continue
            write_members(copy, [(n, flip(c) if n == name else c) for n, c in whole])
            self.verify(copy, code=3)
            write_members(copy, [(n, c) for n, c in whole if n != name])
            self.assertIn(self.book.run("verify", copy).code, (2, 3), name)
        write_members(copy, whole[:-2] + [("more.txt", b"x")] + whole[-2:])
        self.verify(copy, code=3)
        raw = archive.read_bytes()
        for cut in (len(raw) // 3, len(raw) // 2, len(raw) - 9000, len(raw) - 4096):
            copy.write_bytes(raw[:cut])
            self.verify(copy, code=3)


@lib.both_engines
class Ledger(Verifying):
    def drop_guards(self):
        if self.book.engine == "sqlite":
            for [name] in self.book.sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND "
                                        "tbl_name = 'ledger_entry'"):
                self.book.sql(f"DROP TRIGGER {name}")
        else:
            self.book.sql("ALTER TABLE ledger_entry DISABLE TRIGGER USER")

    def keep(self):
        for table in TABLES:
            self.book.sql(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")

    def put_back(self):
        if self.book.engine == "postgres":
            self.book.sql("SET session_replication_role = replica;" + ";".join(
                f"DELETE FROM {t}; INSERT INTO {t} SELECT * FROM kept_{t}" for t in TABLES))
            return
        for table in TABLES:
            self.book.sql(f"DELETE FROM {table}")
            self.book.sql(f"INSERT INTO {table} SELECT * FROM kept_{table}")

    def test_an_independent_verifier_agrees(self):
        wrong, count = verify(self.book.sql)
        self.assertEqual(wrong, [])
        self.assertGreater(count, 20)
        report = self.verify()
        self.assertTrue(report["whole"])
        self.assertEqual(sum(o["entries"] for o in report["organisations"]), count)

    def test_the_ledger_refuses_update_and_delete(self):
        for statement in ("UPDATE ledger_entry SET actor = 1", "DELETE FROM ledger_entry"):
            with self.assertRaises((RuntimeError, sqlite3.Error)):
                self.book.sql(statement)

    def test_every_tampering_is_found_and_named(self):
        self.drop_guards()
        self.keep()
        notes = "(SELECT min(id) FROM ledger_entry WHERE action = 'activity.planned')"
        other = "(SELECT id FROM organisation WHERE slug = 'other')"
        nord = "(SELECT id FROM organisation WHERE slug = 'nordwind')"
        end = f"(SELECT max(seq) FROM ledger_entry WHERE org_id = {nord})"
        tampering = {
            "org": f"UPDATE ledger_entry SET org_id = {other}, seq = 9000 WHERE id = {notes}",
            "id": f"UPDATE ledger_entry SET id = 90000 WHERE seq = {end} AND org_id = {nord}",
            "seq": f"UPDATE ledger_entry SET seq = 9000 WHERE id = {notes}",
            "at": f"UPDATE ledger_entry SET at = at + 1 WHERE id = {notes}",
            "actor": f"UPDATE ledger_entry SET actor = 77 WHERE id = {notes}",
            "channel": f"UPDATE ledger_entry SET channel = 'page' WHERE id = {notes}",
            "action": f"UPDATE ledger_entry SET action = 'x.y' WHERE id = {notes}",
            "object kind": f"UPDATE ledger_entry SET object_kind = 'duty' WHERE id = {notes}",
            "object id": f"UPDATE ledger_entry SET object_id = 1234 WHERE id = {notes}",
            "body": "UPDATE ledger_entry SET body = replace(body, '202', '203') "
                    f"WHERE id = {notes}",
            "white space": f"UPDATE ledger_entry SET body = body || ' ' WHERE id = {notes}",
            "previous": f"UPDATE ledger_entry SET previous = '{ZERO}' WHERE id = {notes}",
            "hash": f"UPDATE ledger_entry SET hash = '{ZERO}' WHERE id = {notes}",
            "removed": f"DELETE FROM ledger_entry WHERE id = {notes}",
            "removed from the end": "DELETE FROM ledger_entry "
                                    f"WHERE seq = {end} AND org_id = {nord}",
            "removed with its head": f"DELETE FROM ledger_entry WHERE org_id = {nord};"
                                     f"DELETE FROM ledger_head WHERE org_id = {nord};"
                                     f"DELETE FROM ledger_personal WHERE org_id = {nord}",
            "swapped": "UPDATE ledger_entry SET seq = seq + 9000 "
                       f"WHERE id IN ({notes}, {notes} + 1);"
                       "UPDATE ledger_entry SET seq = (SELECT k.seq FROM kept_ledger_entry k "
                       f"WHERE k.id = {notes} + 1) WHERE id = {notes};"
                       "UPDATE ledger_entry SET seq = (SELECT k.seq FROM kept_ledger_entry k "
                       f"WHERE k.id = {notes}) WHERE id = {notes} + 1",
            "inserted": "INSERT INTO ledger_entry (id, org_id, seq, at, actor, channel, action, "
                        "object_kind, object_id, body, previous, hash) SELECT 90000, org_id, "
                        "seq + 1, at, actor, channel, action, object_kind, object_id, body, hash, "
                        f"hash FROM ledger_entry WHERE seq = {end} AND org_id = {nord}",
            "head removed": f"DELETE FROM ledger_head WHERE org_id = {nord}",
            "head shortened": "UPDATE ledger_head SET seq = seq - 1, hash = (SELECT e.previous "
                              "FROM ledger_entry e WHERE e.org_id = ledger_head.org_id AND e.seq = "
                              "ledger_head.seq)",
            "head time": "UPDATE ledger_head SET at = at + 1",
            "signature": f"UPDATE ledger_head SET signature = '{ZERO}{ZERO}'",
            "key of the head": f"UPDATE ledger_head SET public_key = '{'58' + '66' * 31}'",
            "table of keys": "DELETE FROM ledger_key",
            "personal value": "UPDATE ledger_personal SET value = value || '.'",
            "salt": f"UPDATE ledger_personal SET salt = '{'0' * 32}'",
            "silent erasure": "UPDATE ledger_personal SET salt = NULL, value = NULL",
            "personal removed": "DELETE FROM ledger_personal",
            "evidence name": "UPDATE evidence SET name = 'other.txt'",
            "evidence date": "UPDATE evidence SET taken_on = '2026-06-02'",
            "evidence period": "UPDATE evidence SET period_to = '2027-06-02'",
            "evidence hash": f"UPDATE evidence SET sha256 = '{ZERO}'",
            "evidence size": "UPDATE evidence SET size = size + 1",
            "evidence withdrawn": "UPDATE evidence SET withdrawn_at = 5, withdrawn_reason = 'x'",
            "evidence removed": "DELETE FROM evidence_link; DELETE FROM evidence",
            "link removed": "DELETE FROM evidence_link",
            "link moved": "UPDATE evidence_link SET object_id = object_id + 1",
            "baseline": f"UPDATE activity SET baseline = '2027-12-31' WHERE {PROBE}",
            "due": f"UPDATE activity SET due = earliest WHERE {PROBE}",
            "latest": f"UPDATE activity SET latest = '2028-11-01' WHERE {PROBE}",
            "state": f"UPDATE activity SET state = 3 WHERE {PROBE}",
            "title": f"UPDATE activity SET title = 'Nothing much' WHERE {PROBE}",
        }
        for what, statements in tampering.items():
            with self.subTest(what):
                for statement in statements.split(";"):
                    self.book.sql(statement)
                report = self.verify(code=3)
                self.assertFalse(report["whole"])
                self.assertTrue(all(p["what"] for p in report["problems"]))
                self.put_back()
        report = self.verify()
        self.assertIn("triggers", report["notices"][0]["text"])

    def test_a_problem_names_organisation_entry_expected_and_found(self):
        self.drop_guards()
        self.book.sql("UPDATE ledger_entry SET actor = 77 "
                      "WHERE id = (SELECT min(id) FROM ledger_entry WHERE action = 'person.added')")
        [problem] = self.verify(code=3)["problems"]
        self.assertEqual(problem["organisation"], "nordwind")
        self.assertGreater(problem["seq"], 1)
        self.assertRegex(problem["expected"] + problem["found"], r"^[0-9a-f]{128}$")
        self.assertTrue(self.verify("--org", "other")["whole"])
        self.assertIn("NOT WHOLE: 1 problem", self.book.run("verify").out)

    def test_what_was_removed_is_named(self):
        self.drop_guards()
        self.keep()
        entries = self.book.sql(
            "SELECT e.seq, e.hash FROM ledger_entry e JOIN organisation o ON o.id = e.org_id "
            "WHERE o.slug = 'nordwind' ORDER BY e.seq")
        (last, last_hash), (one, _), (two, two_hash) = entries[-1], entries[4], entries[5]
        gone = ("DELETE FROM ledger_entry WHERE org_id = "
                "(SELECT id FROM organisation WHERE slug = 'nordwind') AND seq {}")
        self.book.sql(gone.format(f"> {int(last) - 3}"))
        said = " ".join(p["what"] for p in self.verify(code=3)["problems"])
        self.assertIn(f"entries {int(last) - 2} to {last} removed from the end", said)
        self.assertRegex(said, rf"entry {last}, written at 20\d\d-\S+Z, with the hash {last_hash}")
        self.put_back()
        self.book.sql(gone.format(f"IN ({one}, {two})"))
        said = " ".join(p["what"] for p in self.verify(code=3)["problems"])
        self.assertIn(f"entries {one} to {two} missing here", said)
        self.assertRegex(said, rf"entry {two} with the hash {two_hash}, written between 20\S+ and")

    def test_evidence_files_changed_cut_grown_or_missing(self):
        path = self.stored()
        kept = path.read_bytes()
        damage = {"changed": kept.swapcase(), "size": kept[:-1], "another size": kept + b"x"}
        for what, content in damage.items():
            path.write_bytes(content)
            [problem] = self.verify(code=3)["problems"]
            self.assertIn(what.split()[-1], problem["what"])
        path.unlink()
        self.assertIn("missing", self.verify(code=3)["problems"][0]["what"])
        path.symlink_to(self.file)
        self.verify(code=3)
        path.unlink()
        path.write_bytes(kept)
        self.verify()

    def test_an_erasure_leaves_the_chain_whole(self):
        evidence = self.book.sql("SELECT id FROM evidence")[0][0]
        self.book.ok("ledger", "erase", "--org", "nordwind", "--object", f"evidence:{evidence}")
        self.assertTrue(self.verify()["whole"])
        self.assertEqual(verify(self.book.sql)[0], [])
        self.assertEqual(self.book.sql(
            "SELECT count(*) FROM ledger_personal WHERE value LIKE 'Zo%'"), [["0"]])

    def test_a_checkpoint_shows_an_older_copy_put_back(self):
        checkpoint = self.book.folder / "checkpoint.json"
        self.keep()
        self.book.ok("evidence", "add", "--org", "nordwind", self.file)
        self.verify("--write-checkpoint", checkpoint)
        self.verify("--checkpoint", checkpoint)
        self.drop_guards()
        self.put_back()
        self.assertTrue(self.verify()["whole"])  # an older whole copy: nothing inside can tell
        report = self.verify("--checkpoint", checkpoint, code=3)
        self.assertIn("older copy", report["problems"][0]["what"])
        forged = json.loads(checkpoint.read_text())
        forged["organisations"][0]["seq"] -= 1
        checkpoint.write_text(json.dumps(forged))
        self.verify("--checkpoint", checkpoint, code=3)
        checkpoint.write_text("{}")
        self.refused(self.book.run("verify", "--checkpoint", checkpoint))
        self.refused(self.book.run("verify", "--checkpoint", checkpoint.with_name("none")))

    def key_file(self):
        if self.book.engine == "sqlite":
            return pathlib.Path(f"{self.book.database}.key")
        return pathlib.Path(self.book.env["DAYBOOK_EVIDENCE"] + ".key")

    def test_a_lost_key_is_said_and_a_swapped_one_found(self):
        key = self.key_file()
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        key.unlink()
        self.assertIn("not here", self.verify()["notices"][0]["text"])
        self.book.ok("evidence", "add", "--org", "nordwind", self.file)
        report = self.verify()  # every chain says so, not only the one that was written to
        self.assertEqual([n["organisation"] for n in report["notices"]], ["nordwind", "other"])
        self.assertIn("key changed at entry", report["notices"][1]["text"])
        self.assertEqual(verify(self.book.sql)[0], [])
        key.write_text("daybook-signing-key-1:" + "17" * 32 + "\n")
        self.assertIn("not signed with the key", self.verify(code=3)["problems"][0]["what"])
        key.write_text("rubbish")
        ran = self.book.run("evidence", "add", "--org", "nordwind", self.file)
        self.assertEqual(ran.code, 1, repr(ran))
        self.assertIn("signing key", ran.err)

    def test_the_command_says_what_it_cannot_do(self):
        self.refused(self.book.run("verify", self.file))
        self.refused(self.book.run("verify", self.file.with_name("none")))
        self.refused(self.book.run("verify", "--org", "nobody"))
        self.refused(self.book.run("verify", "a", "b"))
        self.refused(self.book.run("verify", "--frobnicate"))
        empty = self.book.folder / "empty"
        empty.touch()
        self.refused(self.book.run("verify", empty))
        self.refused(self.book.run("evidence", "add", "--org", "nordwind", empty))
        self.refused(self.book.run("evidence", "add", "--org", "nordwind", "--activity", 99999,
                                   self.file))
        self.refused(self.book.run("evidence", "add", "--org", "nordwind", "--from", "2026-02-30",
                                   self.file))

    def test_another_organisation_cannot_use_this_evidence(self):
        ran = self.book.run("evidence", "get", "--org", "other", 1)
        self.refused(ran)
        self.assertEqual(self.book.json("evidence", "list", "--org", "other"), [])
        got = self.book.ok("evidence", "get", "--org", "nordwind", 1).out
        self.assertEqual(got, self.file.read_text())

    def test_a_pack_verifies_and_every_change_to_it_is_found(self):
        pack = self.book.folder / "pack.tar"
        for more in ([], ["--without-personal"]):
            self.book.ok("export", "--org", "nordwind", "--to", pack, *more)
            report = self.verify(pack)
            self.assertEqual(report["organisations"][0]["evidence_files"], 1)
        text = pack.read_bytes().decode("latin-1")
        self.assertNotIn("Backup log", text)
        self.book.ok("export", "--org", "nordwind", "--to", pack)
        self.every_change_is_found(pack, ("daybook-pack.json", "ledger.jsonl", "evidence.jsonl",
                                          "evidence/"))
        lines = dict(members(pack))["ledger.jsonl"].splitlines()
        for i, line in enumerate(map(json.loads, lines)):
            self.assertEqual(entry_hash(*list(line.values())[:11]), line["hash"], i)


def flip(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1:]


def members(archive):
    with tarfile.open(archive) as tar:
        return [(m.name, tar.extractfile(m).read()) for m in tar.getmembers()]


def write_members(archive, contents):
    with tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in contents:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


class Backup(Verifying):
    def backup(self):
        archive = self.book.folder / "backup.tar"
        self.book.ok("backup", "--to", archive)
        return archive

    def test_a_backup_restores_what_was_there(self):
        archive = self.backup()
        self.assertTrue(self.verify(archive)["whole"])
        before = self.verify()["organisations"]
        self.book.ok("evidence", "add", "--org", "nordwind", self.file, "--note", "later")
        done = self.book.json("restore", archive)
        self.assertEqual([{**o} for o in self.verify()["organisations"]], before)
        aside = pathlib.Path(done["aside"])
        self.assertTrue(aside.exists())
        with sqlite3.connect(aside) as db:
            self.assertEqual(db.execute("SELECT count(*) FROM evidence").fetchone()[0], 2)
        self.assertEqual(list(self.book.folder.glob("*.work-*")), [])

    def test_restore_into_a_new_place(self):
        archive = self.backup()
        target = self.book.folder / "elsewhere" / "new.db"
        target.parent.mkdir()
        env = {"DAYBOOK_EVIDENCE": ""}
        self.book.ok("restore", archive, "--to", target, env=env)
        ran = self.book.run("verify", "--db", f"sqlite:{target}", "--json", env=env)
        self.assertEqual(ran.code, 0, repr(ran))
        self.assertEqual(ran.json()["organisations"][0]["evidence_files"], 1)

    def test_every_change_to_a_backup_is_found_and_refused(self):
        archive = self.backup()
        self.every_change_is_found(archive, ("daybook-backup.json", "daybook.db", "evidence/"))
        raw = archive.read_bytes()
        before = hashlib.sha256(self.book.database.read_bytes()).hexdigest()
        for cut in (700, len(raw) // 2, len(raw) - 9000, len(raw) - 4096):
            archive.write_bytes(raw[:cut])
            ran = self.book.run("restore", archive)
            self.assertIn(ran.code, (2, 3), repr(ran))
        archive.write_bytes(flip(raw))
        self.refused(self.book.run("restore", archive), 3)
        self.assertEqual(hashlib.sha256(self.book.database.read_bytes()).hexdigest(), before)
        self.assertEqual(list(self.book.folder.glob("*.work-*")), [])
        self.verify()

    def test_a_rewritten_backup_with_a_new_list_is_found_by_its_signature(self):
        archive = self.backup()
        whole = dict(members(archive))
        path = self.book.folder / "inside.db"
        path.write_bytes(whole["daybook.db"])
        with sqlite3.connect(path) as db:
            db.execute("UPDATE person SET name = 'Mallory'")
        db.close()
        whole["daybook.db"] = path.read_bytes()
        lines = [f"{hashlib.sha256(c).hexdigest()} {len(c)} {n}\n" for n, c in whole.items()
                 if not n.startswith("MANIFEST")]
        whole["MANIFEST"] = "".join(lines).encode()
        write_members(archive, whole.items())
        report = self.verify(archive, code=3)
        self.assertIn("signature", report["problems"][0]["what"])
        self.refused(self.book.run("restore", archive), 3)

    def test_restore_waits_for_nobody_to_use_the_database(self):
        archive = self.backup()
        db = sqlite3.connect(self.book.database)
        db.execute("SELECT count(*) FROM organisation").fetchone()
        ran = self.book.run("restore", archive)
        self.assertEqual(ran.code, 1, repr(ran))
        self.assertIn("in use", ran.err)
        db.close()
        self.book.ok("restore", archive)

    def test_a_backup_of_damaged_evidence_is_refused(self):
        stored = self.stored()
        stored.write_bytes(stored.read_bytes().swapcase())
        ran = self.book.run("backup", "--to", self.book.folder / "backup.tar")
        self.assertEqual(ran.code, 1, repr(ran))
        self.assertIn("damaged", ran.err)
        self.assertFalse((self.book.folder / "backup.tar").exists())
        self.assertEqual(list(self.book.folder.glob("backup.tar*")), [])

    def test_a_copied_database_verifies_as_a_file(self):
        copy = self.book.folder / "copy.db"
        shutil.copy(self.book.database, copy)
        report = self.verify(copy)
        self.assertTrue(report["whole"])
        with sqlite3.connect(copy) as db:
            triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for [name] in triggers.fetchall():
                db.execute(f"DROP TRIGGER {name}")
            db.execute("UPDATE ledger_entry SET actor = 5 WHERE id = 3")
        db.close()
        self.verify(copy, code=3)
        raw = bytearray(copy.read_bytes())
        raw[4096:len(raw) // 2] = os.urandom(len(raw) // 2 - 4096)
        copy.write_bytes(raw)
        ran = self.book.run("verify", copy)
        self.assertEqual(ran.code, 3, repr(ran))


if __name__ == "__main__":
    lib.main()
