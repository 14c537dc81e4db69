# SPDX-License-Identifier: Apache-2.0
"""A gigabyte of evidence through the browser's form: streamed, in constant memory."""
import http.client
import re
import shutil
import time

import bench
from bench import record, step

PIECE = 1 << 20


def send(client, path, csrf, megabytes):
    """One multipart form, a megabyte at a time; the status of the answer."""
    edge = "edge-of-the-bench"
    head = (f'--{edge}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="large.bin"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode()
    tail = f"\r\n--{edge}--\r\n".encode()
    piece = bytes(range(256)) * (PIECE // 256)
    connection = http.client.HTTPConnection("127.0.0.1", client.server.port, timeout=300)
    connection.putrequest("POST", path)
    for name, value in {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Content-Length": str(len(head) + megabytes * PIECE + len(tail)),
            "Origin": client.server.url,
            "Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items())}.items():
        connection.putheader(name, value)
    connection.endheaders(head)
    for _ in range(megabytes):
        connection.send(piece)
    connection.send(tail)
    status = connection.getresponse().status
    connection.close()
    return status


def peak_kib(server):
    text = (bench.pathlib.Path(f"/proc/{server.process.pid}") / "status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", text).group(1))


@step("upload", 60)
def uploading(run, megabytes=1024):
    book = bench.fresh_book("upload")
    server = book.serve()
    try:
        client = bench.session(book, server, "a@example.org", "upload")
        page = client.get("/o/upload/evidence")
        form = next(f for f in page.page.forms if "multipart" in f.enctype)
        path, csrf = form.action or "/o/upload/evidence", dict(form.fields)["csrf"]
        send(client, path, csrf, 1)
        before = peak_kib(server)
        start = time.monotonic()
        status = send(client, path, csrf, megabytes)
        seconds = time.monotonic() - start
        grown = (peak_kib(server) - before) / 1024
        record(f"upload of {megabytes} MB", f"{grown:.1f} MB more at its peak", "≤ 4 MB",
               grown <= 4 and status in (200, 303),
               f"{megabytes / seconds:.0f} MB/s, answered {status}")
    finally:
        server.stop()
        shutil.rmtree(bench.HOME / "upload-evidence", ignore_errors=True)
