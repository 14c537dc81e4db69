# SPDX-License-Identifier: Apache-2.0
"""Every route with every role, and with another organisation, from the server's own table."""
import re
import unittest

import lib

ROLES = ("administrator security_manager top_management internal_auditor duty_owner employee "
         "external_auditor consultant").split()
NO_SUCH = "999999"


def routes(server):
    """(method, path, operation) of everything within an organisation."""
    paths = server.client().api("GET", "/openapi.json").json()["paths"]
    return [(method.upper(), path, operation) for path, methods in sorted(paths.items())
            for method, operation in methods.items() if "{org}" in path]


def filled(path, org, number):
    path = path.replace("{org}", org)
    return re.sub(r"\{\w+\}", str(number), path)


def plausible(operation, number):
    """A body that gets past the form's own checks where that is easy."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    out = {}
    for name in schema.get("required", []):
        what = schema["properties"][name]
        kind = what.get("type")
        kind = kind[0] if isinstance(kind, list) else kind
        if "enum" in what:
            out[name] = what["enum"][0]
        elif kind == "integer":
            out[name] = max(number, what.get("minimum", 1))
        elif kind == "number":
            out[name] = what.get("minimum", 1)
        elif kind == "boolean":
            out[name] = False
        elif kind == "array":
            out[name] = [number]
        elif what.get("format") == "date":
            out[name] = "2026-07-01"
        else:
            out[name] = "employee" if name == "role" else "Antilope"
    return out


@lib.both_engines
class EveryRoute(lib.DaybookTest):
    def token(self, role, org="nordwind"):
        email = f"{role}@{org}.example"
        until = ["--until", "2026-12-31"] if role == "external_auditor" else []
        self.book.ok("user", "add", email, "--org", org, "--role", role, *until)
        return self.book.json("token", "create", "--org", org, "--name", role, "--scope", "write",
                              "--person", email)["token"]

    def test_each_role_may_exactly_what_the_table_says(self):
        self.book.init()
        server = self.book.serve()
        table, wrong, tried = routes(server), [], 0
        self.assertGreater(len(table), 80)
        clients = {role: server.client(token=self.token(role)) for role in ROLES}
        for method, path, operation in table:
            allowed = operation["x-daybook-roles"]
            self.assertTrue(allowed, f"{method} {path} has no role")
            for role in ROLES:
                answer = clients[role].api(method, filled(path, "nordwind", NO_SUCH),
                                           {} if method != "GET" else None)
                tried += 1
                if (answer.status == 403) != (role not in allowed) or answer.status in (401, 500):
                    wrong.append(f"{role}: {method} {path} → {answer.status}")
        self.assertEqual(wrong, [], f"{len(wrong)} of {tried}")

    def test_an_external_auditor_changes_nothing(self):
        self.book.init()
        server = self.book.serve()
        client = server.client(token=self.token("external_auditor"))
        changes = [(m, p) for m, p, o in routes(server)
                   if m != "GET" and "external_auditor" in o["x-daybook-roles"]]
        count = "SELECT COUNT(*) FROM ledger_entry WHERE action NOT LIKE 'calendar.%'"
        before = self.book.sql(count)
        for method, path in changes:
            client.api(method, filled(path, "nordwind", 1), {})
        self.assertEqual(self.book.sql(count), before)

    def test_another_organisation_does_not_exist(self):
        self.book.init(org="suedwind", name="Zebra", admin="sara@zebra.example")
        self.book.init()
        server = self.book.serve()
        token = server.client(token=self.token("administrator"))
        browser = self.book.signed_in(server)
        wrong = []
        for method, path, operation in routes(server):
            target = filled(path, "suedwind", 1)
            body = plausible(operation, 1) if method != "GET" else None
            answers = [token.api(method, target, body),
                       browser.request(method, target.removeprefix("/api/v1"), headers={
                           "Origin": server.url}, body="" if method != "GET" else None)]
            wrong += [f"{method} {path} → {a.status}" for a in answers if a.status != 404]
        self.assertEqual(wrong, [])

    def test_the_numbers_of_another_organisations_things_lead_nowhere(self):
        self.book.init(org="suedwind", name="Zebra GmbH", admin="zebra@zebra.example", facts={
            "sites": ["Zebra One", "Zebra Two"], "critical_systems": ["Zebra ERP"],
            "top_management": [{"name": "Zebra Lind", "email": "zebra.lind@example.net"}]},
            adopt=True)
        self.book.init(adopt=True)
        server = self.book.serve()
        sara = self.book.signed_in(server, "zebra@zebra.example")
        for page, fields in (("positions", {"title": "Zebra Lead"}),
                             ("teams", {"name": "Zebra Team"})):
            sara.get(f"/o/suedwind/{page}").submit(f"/{page}", *fields, **fields)
        ledger = ("SELECT COUNT(*) FROM ledger_entry WHERE org_id = "
                  "(SELECT id FROM organisation WHERE slug = 'suedwind')")
        before = self.book.sql(ledger)
        client = server.client(token=self.token("administrator"))
        numbered = [r for r in routes(server) if "{id}" in r[1]]
        leaks = []
        for method, path, operation in sorted(numbered, key=lambda r: r[0]):
            for number in (1, 2, 3, 5, 8):
                body = plausible(operation, number) if method != "GET" else None
                answer = client.api(method, filled(path, "nordwind", number), body)
                if b"ebra" in answer.body or answer.status >= 500:
                    leaks.append(f"{method} {path} {number} → {answer.status} {answer.body[:200]}")
        self.assertEqual(leaks, [])
        self.assertEqual(self.book.sql(ledger), before)
        self.book.ok("verify", "--org", "suedwind")
        self.book.ok("verify", "--org", "nordwind")


if __name__ == "__main__":
    lib.main()
