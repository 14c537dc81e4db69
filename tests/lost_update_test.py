# SPDX-License-Identifier: Apache-2.0
"""Many write the same thing at the same moment: who saw an older version is told so, and no change
disappears in silence – on every kind of row that carries a version, on both engines."""

import concurrent.futures
import threading

import lib

AT_ONCE, ROUNDS = 6, 3


@lib.both_engines
class LostUpdates(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True, facts={"sites": [{"name": "Yard", "time_zone": "Europe/Berlin"}],
                                          "critical_systems": ["Orders"]})
        csv = self.book.folder / "risks.csv"
        csv.write_text("ID,Risk,Likelihood,Impact\nR-1,Fire,1,1\n", "utf-8")
        self.book.ok("import", "--org", "nordwind", csv)
        token = self.book.json("token", "create", "--name", "load", "--scope", "write")["token"]
        self.client = self.book.serve().client(token)
        self.made("teams", name="Crew")
        self.made("positions", title="Pilot")

    def made(self, path, **fields):
        answer = self.client.api("POST", f"/o/nordwind/{path}", fields)
        self.assertIn(answer.status, (200, 201), answer)

    def things(self):
        """name, table, path of the change, fields that differ from one writer to the next"""
        due = self.book.json("due", "--org", "nordwind")
        activity = next(a for a in due if a["status"] == "planned")["id"]
        first = {t: self.book.sql(f"SELECT MIN(id) FROM {t}")[0][0] for t in (
            "register_item", "site", "critical_system", "team", "position", "person",
            "organisation")}
        first["duty"] = self.book.sql(
            "SELECT id FROM duty WHERE title = 'Access rights review'")[0][0]
        profile = {"time_zone": "Europe/Berlin", "decision_date": lib.DECISION,
                   "expiry_date": "2028-11-19", "start_date": lib.DECISION,
                   "customer_demands": "low"}
        for name in ("register_item", "site", "critical_system", "team", "person"):
            place = {"register_item": "items", "site": "sites", "critical_system": "systems",
                     "team": "teams", "person": "people"}[name]
            fields = {"register_item": lambda n: {"title": f"Fire {n}"},
                      "site": lambda n: {"name": f"Yard {n}", "time_zone": "Europe/Berlin"},
                      "person": lambda n: {"name": f"Anna {n}", "email": "anna@example.org"}}.get(
                          name, lambda n: {"name": f"Thing {n}"})
            yield name, first[name], f"{place}/{first[name]}", fields
        yield "organisation", first["organisation"], "organisation", lambda n: {
            **profile, "name": f"Nordwind {n}"}
        # Filling twice with the same person changes nothing: every writer brings somebody else.
        for i in range(AT_ONCE * ROUNDS * 2):
            self.book.add_person(f"p{i}@example.org")
        people = [r[0] for r in self.book.sql("SELECT id FROM person ORDER BY id")][1:]
        yield "position", first["position"], f"positions/{first['position']}/fill", lambda n: {
            "person": people[n]}
        yield "activity", activity, f"activities/{activity}/move", lambda n: {
            "due": f"2026-12-{1 + n % 28:02d}", "reason": f"Because {n}"}
        yield "duty", first["duty"], f"duties/{first['duty']}/cadence", lambda n: {
            "every_months": 1 + n % 12, "anchor": "fixed", "reason": f"Because {n}"}

    def version(self, table, id_):
        return int(self.book.sql(f"SELECT version FROM {table} WHERE id = {id_}")[0][0])

    def at_once(self, path, bodies):
        ready = threading.Barrier(len(bodies))

        def send(body):
            ready.wait(10)
            return self.client.api("POST", f"/o/nordwind/{path}", body)

        with concurrent.futures.ThreadPoolExecutor(len(bodies)) as pool:
            return list(pool.map(send, bodies))

    def test_of_many_who_saw_the_same_version_one_writes(self):
        for name, id_, path, fields in self.things():
            for turn in range(ROUNDS):
                with self.subTest(name, turn=turn):
                    seen = self.version(name, id_)
                    answers = self.at_once(path, [
                        {**fields(turn * AT_ONCE + n), "version": seen} for n in range(AT_ONCE)])
                    statuses = sorted(a.status for a in answers)
                    self.assertEqual([s // 100 for s in statuses], [2] + [4] * (AT_ONCE - 1),
                                     [repr(a) for a in answers])
                    self.assertEqual(set(statuses[1:]), {409})
                    self.assertEqual(self.version(name, id_), seen + 1)

    def test_who_says_no_version_overwrites_nobody_in_silence(self):
        for name, id_, path, fields in self.things():
            with self.subTest(name):
                seen = self.version(name, id_)
                answers = self.at_once(path, [fields(AT_ONCE * ROUNDS + n) for n in range(AT_ONCE)])
                wrote = sum(a.status // 100 == 2 for a in answers)
                self.assertGreaterEqual(wrote, 1, [repr(a) for a in answers])
                self.assertLessEqual({a.status for a in answers} - {200, 201, 409}, set())
                self.assertEqual(self.version(name, id_), seen + wrote)
        self.book.ok("verify")


if __name__ == "__main__":
    lib.main()
