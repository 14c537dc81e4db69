# SPDX-License-Identifier: Apache-2.0
"""Real mail servers for the tests, each a process of its own in a temporary folder on random
loopback ports: Postfix takes and delivers, Dovecot shows the mailboxes, Radicale keeps calendars.
None of them touches what the system's own services use. Root is needed: Postfix insists."""

import contextlib
import email
import email.policy
import imaplib
import os
import pathlib
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import textwrap
import time
import urllib.request

import icalendar
import lib

MAIL_USER = 65534  # nobody: owns the mailboxes
PASSWORD = "pass word of the mailbox"


def wait_for_port(port, seconds=20):
    end = time.monotonic() + seconds * lib.PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise AssertionError(f"nothing listens on port {port} after {seconds} s")


def make_certificate(folder):
    """An authority of our own and a certificate for localhost; returns (ca, certificate, key)."""
    def openssl(*command):
        subprocess.run(["openssl", *map(str, command)], check=True, capture_output=True)
    ca, ca_key = folder / "ca.pem", folder / "ca.key"
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", ca_key, "-out", ca,
            "-days", "3650", "-subj", "/CN=Daybook tests")
    request, certificate, key = folder / "l.csr", folder / "l.pem", folder / "l.key"
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request,
            "-subj", "/CN=localhost")
    names = folder / "names"
    names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-out",
            certificate, "-days", "3650", "-extfile", names)
    return ca, certificate, key


class Post:
    """smtp, smtps and imap of example.org: daybook@ (and daybook+anything@) is the mailbox of
    answers, everybody else's mail lies in one other."""

    def __init__(self, settings="", imap_settings=""):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-post-", dir="/tmp"))
        os.chmod(self.folder, 0o755)
        self.smtp, self.smtps, self.imap, self.imaps, self.auth = (
            lib.free_port() for _ in range(5))
        self.ca, self.certificate, self.key = make_certificate(self.folder)
        self.boxes = self.folder / "mail"
        self.boxes.mkdir()
        os.chown(self.boxes, MAIL_USER, MAIL_USER)
        self.password_file = self.folder / "password"
        self.password_file.write_text(PASSWORD + "\n")
        self.dovecot = None
        self.settings, self.imap_settings = settings, imap_settings
        self._write_postfix()
        self._write_dovecot()

    # ---- Postfix ----

    def _write_postfix(self):
        self.etc = self.folder / "postfix"
        for name in ("postfix", "queue", "data"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        (self.etc / "main.cf").write_text(textwrap.dedent(f"""\
            compatibility_level = 3.6
            queue_directory = {self.folder}/queue
            data_directory = {self.folder}/data
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            myhostname = mail.example.org
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            alias_maps =
            recipient_delimiter = +
            virtual_mailbox_domains = example.org, example.net
            virtual_mailbox_base = {self.boxes}
            virtual_mailbox_maps = inline:{{ {{ daybook@example.org = daybook/ }},
              {{ @example.org = all/ }}, {{ @example.net = all/ }} }}
            virtual_uid_maps = static:{MAIL_USER}
            virtual_gid_maps = static:{MAIL_USER}
            virtual_minimum_uid = 1
            virtual_mailbox_limit = 0
            message_size_limit = 41943040
            smtpd_recipient_restrictions =
              check_recipient_access inline:{{
              {{ unknown@example.org = 550 5.1.1 No such user here }},
              {{ full@example.org = 452 4.2.2 Mailbox full }} }},
              permit_mynetworks, permit_sasl_authenticated, reject
            smtpd_tls_cert_file = {self.certificate}
            smtpd_tls_key_file = {self.key}
            smtpd_tls_security_level = may
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = inet:127.0.0.1:{self.auth}
            smtpd_client_connection_count_limit = 0
            smtpd_peername_lookup = no
            maillog_file = {self.folder}/postfix.log
            maillog_file_prefixes = /tmp
            """) + self.settings + "\n")
        services = "\n".join(
            f"{name:10} unix {'n' if name in ('cleanup', 'qmgr') else '-'} "
            f"{'n' if name == 'virtual' else '-'} n {wake} {most} {program}"
            for name, wake, most, program in (
                ("cleanup", "-", "0", "cleanup"), ("qmgr", "300", "1", "qmgr"),
                ("rewrite", "-", "-", "trivial-rewrite"), ("bounce", "-", "0", "bounce"),
                ("defer", "-", "0", "bounce"), ("trace", "-", "0", "bounce"),
                ("verify", "-", "1", "verify"), ("proxymap", "-", "-", "proxymap"),
                ("smtp", "-", "-", "smtp"), ("error", "-", "-", "error"),
                ("retry", "-", "-", "error"), ("discard", "-", "-", "discard"),
                ("virtual", "-", "-", "virtual"), ("anvil", "-", "1", "anvil"),
                ("scache", "-", "1", "scache"), ("tlsmgr", "1000?", "1", "tlsmgr")))
        (self.etc / "master.cf").write_text(
            f"127.0.0.1:{self.smtp} inet n - n - - smtpd\n"
            f"127.0.0.1:{self.smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n"
            f"{services}\npostlog unix-dgram n - n - 1 postlogd\n")

    def start_smtp(self):
        self._postfix("start")
        wait_for_port(self.smtp)
        wait_for_port(self.smtps)
        return self

    def stop_smtp(self):
        self._postfix("stop")

    def _postfix(self, command):
        done = subprocess.run(["/usr/sbin/postfix", "-c", self.etc, command], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            log = self.folder / "postfix.log"
            words = log.read_text() if log.exists() else ""
            raise AssertionError(f"postfix {command}: {done.stdout}{words[-2000:]}")

    # ---- Dovecot ----

    def _write_dovecot(self):
        base = self.folder / "dovecot"
        base.mkdir()
        (base / "dovecot.conf").write_text(textwrap.dedent(f"""\
            base_dir = {base}/run
            state_dir = {base}/state
            log_path = {self.folder}/dovecot.log
            protocols = imap
            listen = 127.0.0.1
            ssl = yes
            ssl_cert = <{self.certificate}
            ssl_key = <{self.key}
            disable_plaintext_auth = no
            mail_location = maildir:{self.boxes}/%n
            first_valid_uid = 1
            mail_max_userip_connections = 0
            passdb {{
              driver = static
              args = password={PASSWORD.replace(" ", "_")}
            }}
            userdb {{
              driver = static
              args = uid={MAIL_USER} gid={MAIL_USER} home={self.boxes}/%n
            }}
            service imap-login {{
              inet_listener imap {{
                port = {self.imap}
              }}
              inet_listener imaps {{
                port = {self.imaps}
                ssl = yes
              }}
            }}
            service auth {{
              inet_listener {{
                address = 127.0.0.1
                port = {self.auth}
              }}
            }}
            service anvil {{
              chroot =
            }}
            service stats {{
              chroot =
            }}
            """) + self.imap_settings)
        self.password_file.write_text(PASSWORD.replace(" ", "_") + "\n")

    def start_imap(self):
        self.dovecot = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot/dovecot.conf"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_port(self.imap)
        return self

    def imap_processes(self):
        """What each of Dovecot's processes says that it does (verbose_proctitle)."""
        children = pathlib.Path(f"/proc/{self.dovecot.pid}/task/{self.dovecot.pid}/children")
        return " ".join(
            pathlib.Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            for pid in children.read_text().split())

    def stop_imap(self):
        if self.dovecot:
            self.dovecot.send_signal(signal.SIGTERM)
            self.dovecot.wait(20)
            self.dovecot = None

    # ---- what the tests use ----

    def environment(self, smtp=True, imap=True, tls=False):
        """The settings that lead Daybook here: plain on this machine, or with TLS everywhere."""
        out = {"DAYBOOK_MAIL_FROM": "daybook@example.org", "DAYBOOK_URL": "https://daybook.example",
               "DAYBOOK_MAIL_CA": self.ca}
        if smtp:
            out["DAYBOOK_SMTP"] = (f"smtps://daybook%40example.org@localhost:{self.smtps}" if tls
                                   else f"smtp://127.0.0.1:{self.smtp}")
            if tls:
                out["DAYBOOK_SMTP_PASSWORD_FILE"] = self.password_file
        if imap:
            out["DAYBOOK_IMAP"] = (f"imaps://daybook@localhost:{self.imaps}" if tls
                                   else f"imap://daybook@127.0.0.1:{self.imap}")
            out["DAYBOOK_IMAP_PASSWORD_FILE"] = self.password_file
        return {k: str(v) for k, v in out.items()}

    def files(self, box="all"):
        folder = self.boxes / box
        return sorted([*folder.glob("new/*"), *folder.glob("cur/*")],
                      key=lambda p: (p.stat().st_mtime_ns, p.name))

    def mails(self, box="all", count=None, seconds=20):
        """What lies in a mailbox; waits until it is `count` at least."""
        end = time.monotonic() + seconds * lib.PATIENCE
        while count is not None and len(self.files(box)) < count and time.monotonic() < end:
            time.sleep(0.02)
        return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default)
                for p in self.files(box)]

    def mails_there(self, box, count, seconds=20):
        """Waits until so many mails lie in a mailbox."""
        end = time.monotonic() + seconds
        while len(self.names(box)) < count:
            if time.monotonic() > end:
                raise AssertionError(f"{len(self.names(box))} of {count} mails after {seconds} s")
            time.sleep(0.1)

    def names(self, box):
        return [entry.name for part in ("new", "cur") if (self.boxes / box / part).is_dir()
                for entry in os.scandir(self.boxes / box / part)]

    def clear(self, box="all"):
        for path in self.files(box):
            path.unlink(missing_ok=True)

    def own(self, box):
        """What was laid into a mailbox by hand belongs to its owner."""
        for path in self.files(box):
            os.chown(path, MAIL_USER, MAIL_USER)

    def freeze(self, box):
        """What lies in a mailbox can be read, and neither marked nor removed: a full or failing
        disk."""
        with imaplib.IMAP4("127.0.0.1", self.imap) as there:
            there.login(box, self.password_file.read_text().strip())
            there.select()  # has the server take in what is new
        os.chmod(self.boxes / box / "cur", 0o555)

    def send(self, message, sender, to="daybook@example.org"):
        """As somebody else's mail program would: through the SMTP server, not into the folder."""
        data = message if isinstance(message, bytes) else message.encode("utf-8")
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=20) as server:
            server.sendmail(sender, [to], data)

    def close(self):
        with contextlib.suppress(AssertionError, FileNotFoundError):
            self.stop_smtp()
        self.stop_imap()
        shutil.rmtree(self.folder, ignore_errors=True)


QUOTA = """
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:answers
  quota_rule = *:storage=%dk
  quota_vsizes = yes
}
"""
NO_IDLE = "imap_capability = IMAP4rev1 SASL-IR LITERAL+\n"


class Radicale:
    """A CalDAV server with one user and no rights to speak of."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-radicale-", dir="/tmp"))
        self.port = lib.free_port()
        self.url = f"http://127.0.0.1:{self.port}/daybook/nordwind/"
        (self.folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = none\n"
            "[rights]\ntype = authenticated\n[storage]\n"
            f"filesystem_folder = {self.folder}/data\n")
        self.process = subprocess.Popen(
            ["radicale", "--config", self.folder / "config"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(self.folder)})
        wait_for_port(self.port)
        self.ask("MKCALENDAR", self.url)

    def ask(self, method, url, data=None, **headers):
        request = urllib.request.Request(url, data, method=method, headers={
            "Authorization": "Basic ZGF5Ym9vazp4", **headers})  # daybook:x
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()

    def events(self):
        """By UID, as the server gives them back."""
        whole = icalendar.Calendar.from_ical
        folder = self.folder / "data/collection-root/daybook/nordwind"
        found = [(p, whole(p.read_bytes()).walk("VEVENT")[0]) for p in folder.glob("*.ics")]
        return {str(event["UID"]): (path.name, event) for path, event in found}

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
