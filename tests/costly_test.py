# SPDX-License-Identifier: Apache-2.0
"""Routes that take long (verify, import, export): beside the pages, and bounded."""
import concurrent.futures
import http.client
import time

import lib


@lib.both_engines
class Costly(lib.DaybookTest):
    """What takes long runs beside the pages, and not twice at once for one organisation."""

    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        self.book.init(org="suedwind", admin="sara@example.net", adopt=True)
        for number in range(3):
            file = self.book.folder / f"large-{number}"
            file.write_bytes(number.to_bytes(1, "big") * 100_000_000)
            self.book.ok("evidence", "add", "--org", "nordwind", file)
            file.unlink()
        self.server = self.book.serve()
        self.anna = self.client("nordwind")

    def client(self, org):
        token = self.book.json("token", "create", "--org", org, "--name", "t", "--scope", "write")
        return self.server.client(token["token"])

    def verify(self, client, org="nordwind"):
        return client.api("POST", f"/o/{org}/ledger/verify", {"files": True})

    def test_one_verification_at_a_time_while_pages_stay_quick(self):
        sara = self.client("suedwind")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            many = [pool.submit(self.verify, self.anna) for _ in range(6)]
            other = pool.submit(self.verify, sara, "suedwind")
            pages = 0
            while not all(f.done() for f in many):
                self.assertEqual(self.anna.api("GET", "/o/nordwind/duties").status, 200)
                pages += 1
            answers = [f.result() for f in many]
        self.assertEqual(other.result().status, 200)
        refused = [a for a in answers if a.status == 429]
        self.assertEqual(sorted({a.status for a in answers}), [200, 429])
        self.assertEqual(len(refused), 5)
        self.assertEqual({a.headers["retry-after"] for a in refused}, {"5"})
        self.assertGreater(pages, 3, "pages waited for the verification")
        self.assertEqual(self.verify(self.anna).status, 200)

    def test_stopping_waits_for_what_runs(self):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            running = pool.submit(self.verify, self.anna)
            time.sleep(0.1)
            self.assertEqual(self.server.stop(), 0)
            self.assertIn(type(running.exception()), (type(None), http.client.RemoteDisconnected,
                                                      ConnectionResetError))


if __name__ == "__main__":
    lib.main()
