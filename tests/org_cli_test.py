# SPDX-License-Identifier: Apache-2.0
"""Organisations, people and tokens from the command line, on both engines."""
import json
import subprocess
import unittest

import lib


@lib.both_engines
class OrganisationFromTheCommandLine(lib.DaybookTest):
    def init(self, *more, org="nordwind", decision="2025-11-20", **facts):
        arguments = ["init", "--org", org, "--name", "Nordwind", "--admin", "anna@example.org",
                     "--decision-date", decision, *more]
        if facts:
            path = self.book.folder / "facts.json"
            path.write_text(json.dumps(facts), "utf-8")
            arguments += ["--facts", path]
        return self.book.run(*arguments)

    def test_init_makes_an_organisation_its_administrator_and_a_link(self):
        made = self.book.json("init", "--org", "nordwind", "--name", "Nordwind", "--admin",
                              "Anna@Example.org", "--decision-date", "2025-11-20")
        self.assertEqual(made["expiry_date"], "2028-11-19")
        self.assertIn("/password/", made["admin"]["password_link"])
        self.assertEqual([o["org"] for o in self.book.json("org", "list")], ["nordwind"])
        (user,) = self.book.json("user", "list")
        self.assertEqual(user["email"], "anna@example.org")
        self.assertEqual({r["role"] for r in user["roles"]}, {"administrator", "security_manager"})

    def test_what_standard_output_does_not_take_is_a_failure(self):
        self.book.init(adopt=True)
        for words in ("due --json", "due", "plan", "calendar", "user list", "openapi", "help"):
            with self.subTest(words), open("/dev/full", "wb") as full:
                done = subprocess.run([lib.PROGRAM, *words.split()], stdout=full, text=True,
                                      stderr=subprocess.PIPE, check=False,
                                      env=self.book.environment())
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("standard output", done.stderr)

    def test_init_refuses_what_is_wrong_by_name_and_writes_nothing(self):
        for wrong, field in [
                (dict(decision="2027-02-30"), "decision"), (dict(decision="2022-06-14"),
                                                               "decision"),
                (dict(decision="2026-08-20"), "decision"), (dict(org="Nord Wind"), "org"),
                (dict(sites=0), "sites"), (dict(head_count="many"), "head_count"),
                (dict(staff=3), "staff"), (dict(outsourced_share=400), "outsourced_share"),
                (dict(sites=[{"name": "A", "time_zone": "Mars"}]), "sites"),
                (dict(top_management=["eva@"]), "top_management")]:
            with self.subTest(wrong=wrong):
                ran = self.refused(self.init(**wrong))
                self.assertIn(field, ran.err)
        self.assertEqual(self.init().code, 0)
        self.assertEqual(len(self.book.json("org", "list")), 1)
        self.assertIn("org", self.refused(self.init()).err)

    def test_a_decision_three_years_ago_to_the_day_is_still_a_certificate(self):
        self.assertEqual(self.init(decision="2023-06-15").code, 0)

    def test_facts_become_sites_systems_and_top_management(self):
        self.assertEqual(self.init(
            "--time-zone", "Europe/Berlin", head_count=140, sector="logistics",
            customer_demands="high", outsourced_share="35%", critical_systems=["WMS", "ERP"],
            sites=[{"name": "Hamburg", "head_count": 100},
                   {"name": "Porto", "time_zone": "Europe/Lisbon"}],
            top_management=[{"name": "Eva Lind", "email": "eva@example.org"}, "Jan Beck"]).code, 0)
        self.assertEqual(sorted(self.book.sql("SELECT name, time_zone, head_count FROM site")),
                         [["Hamburg", "Europe/Berlin", "100"], ["Porto", "Europe/Lisbon", "0"]])
        self.assertEqual(sorted(self.book.sql("SELECT name FROM critical_system")),
                         [["ERP"], ["WMS"]])
        stated = "SELECT outsourced_percent, customer_demands FROM organisation"
        self.assertEqual(self.book.sql(stated), [["35", "2"]])
        managers = ("SELECT p.name FROM person p JOIN person_role r ON r.person_id = p.id "
                    "WHERE r.role = 2")
        self.assertEqual(sorted(self.book.sql(managers)), [["Eva Lind"], ["Jan Beck"]])

    def test_roles_are_given_and_taken_and_the_last_administrator_stays(self):
        self.init()
        self.book.ok("user", "add", "ivo@example.org", "--org", "nordwind", "--role", "duty_owner")
        role = lambda *more: self.book.run("user", "role", "ivo@example.org", *more)
        self.assertEqual(role("--grant", "internal_auditor").code, 0)
        self.assertIn("until", self.refused(role("--grant", "external_auditor")).err)
        self.refused(role("--grant", "emperor"))
        self.assertEqual(role("--revoke", "duty_owner").code, 0)
        self.refused(role("--revoke", "duty_owner"))
        self.refused(self.book.run("user", "role", "anna@example.org", "--revoke", "administrator"))
        self.assertEqual(self.book.ok("verify", "--org", "nordwind").code, 0)
        granted = self.book.sql("SELECT p.account_id, p.org_id, p.id, r.role FROM person p "
                                "JOIN person_role r ON r.person_id = p.id")
        self.assertEqual(sorted([*row[:3], str(1 << int(row[3]))] for row in granted),
                         sorted(self.book.sql("SELECT account_id, organisation_id, person_id, "
                                              "role_bit FROM membership")))

    def test_one_person_works_in_two_organisations(self):
        self.init()
        self.init(org="suedwind")
        for org in "nordwind", "suedwind":
            self.book.ok("user", "add", "kim@consult.example", "--org", org, "--role", "consultant")
        kim = next(u for u in self.book.json("user", "list") if u["email"] == "kim@consult.example")
        self.assertEqual([r["org"] for r in kim["roles"]], ["nordwind", "suedwind"])
        self.assertIn("org", self.refused(self.book.run("token", "list")).err)

    def test_a_token_is_shown_once_and_its_hash_is_kept(self):
        self.init()
        made = self.book.json("token", "create", "--name", "script", "--scope", "activity.read")
        self.assertTrue(made["token"].startswith("dbk_"))
        self.assertNotIn(made["token"], self.book.ok("token", "list", "--json").out)
        ((stored,),) = self.book.sql("SELECT hash FROM api_token")
        self.assertNotIn(stored, made["token"])
        self.refused(self.book.run("token", "create", "--name", "x", "--scope", "world.rule"))
        self.refused(self.book.run("token", "create", "--name", "x", "--expires", "2026-06-14"))
        self.book.ok("token", "revoke", made["id"])
        self.assertTrue(self.book.json("token", "list")[0]["revoked"])


if __name__ == "__main__":
    lib.main()
