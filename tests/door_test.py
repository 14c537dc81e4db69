# SPDX-License-Identifier: Apache-2.0
"""Connections are handed to the server's threads in turn, and the door closes when it ends."""
import os
import pathlib
import socket

import lib


class Door(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init()
        self.server = self.book.serve()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
        self.addCleanup(connection.close)
        return connection

    def watched(self):
        """How many files each thread waits for: what its epoll is told to look at."""
        process = pathlib.Path(f"/proc/{self.server.process.pid}")
        return sorted((process / "fdinfo" / fd.name).read_text().count("tfd:")
                      for fd in (process / "fd").iterdir()
                      if "eventpoll" in os.readlink(fd))

    def test_every_thread_gets_its_share_of_the_connections(self):
        threads = max(2, os.cpu_count())
        connections = [self.connect() for _ in range(4 * threads)]
        for connection in connections:
            connection.sendall(b"GET /static/ceiling.html HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertIn(b" 200 ", connection.recv(64))
        counts = self.watched()[-threads:]
        self.assertGreaterEqual(sum(counts), len(connections))
        self.assertLessEqual(counts[-1] - counts[0], 2, counts)

    def test_the_port_of_a_running_server_is_taken(self):
        ran = self.book.run("serve", "--listen", self.server.host)
        self.assertEqual(ran.code, 2)
        self.assertIn(f"Cannot listen on {self.server.host}: Address already in use", ran.err)

    def test_nobody_comes_in_once_it_ends(self):
        self.server.stop()
        with self.assertRaises(OSError):
            self.connect()


if __name__ == "__main__":
    lib.main()
