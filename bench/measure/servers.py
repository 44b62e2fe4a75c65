"""Pamps and the floor, started and asked."""

import os
import random
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

from measure import machine

PASSWORD = "gulls-by-the-sea"


class Server:
    """A started process that answers on a port of this machine."""

    def __init__(self, name, command, work, probe=None, ready="/post/?limit=1", **environment):
        self.name = name
        self.port = random.randint(20000, 30000)
        self.base = f"http://127.0.0.1:{self.port}"
        self.headers = ()
        """What each request of a load carries."""
        self.log = open(os.path.join(work, f"{name}.log"), "ab")
        self.socket = tempfile.mktemp(prefix="probe", dir=work)
        environment = {**os.environ, **environment}
        if probe:
            environment.update(DOTNET_STARTUP_HOOKS=probe, BENCH_PROBE=self.socket)
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [x.replace("PORT", str(self.port)) for x in command],
            env=environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        while not self._answers(ready):
            if self.process.poll() is not None or time.perf_counter() - began > 120:
                raise SystemExit(f"bench: {name} did not start: see {self.log.name}")
            time.sleep(0.001)
        self.started = time.perf_counter() - began

    def _answers(self, path):
        # A bare socket: what is timed is the server, not a client's own start.
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
                connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
                return connection.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def get(self, path, token=None):
        """The body."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with urllib.request.urlopen(urllib.request.Request(self.base + path, headers=headers), timeout=120) as answer:
            return answer.read()

    def sign_in(self, username):
        """An access token of a user of the sample."""
        form = urllib.parse.urlencode({"username": username, "password": PASSWORD}).encode()
        with urllib.request.urlopen(self.base + "/token", form, timeout=120) as answer:
            return answer.read().split(b'"access_token":"')[1].split(b'"')[0].decode()

    def allocated(self):
        """Bytes since it began; None without the probe."""
        return self._probed(0)

    def compiled(self):
        """Methods compiled since it began; None without the probe."""
        return self._probed(4)

    def _probed(self, place):
        if not os.path.exists(self.socket):
            return None
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(self.socket)
            return int(caller.makefile().readline().split()[place])

    def processor_seconds(self):
        return machine.processor_seconds(self.process.pid)

    def megabytes(self):
        return machine.resident_megabytes(self.process.pid)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Programs:
    """The published programs, and where they work."""

    def __init__(self, folder, work, name="pamps", hook=None):
        self.folder, self.work, self.name = folder, work, name
        self.hook = hook or os.path.join(folder, "probe", "probe.dll")

    def pamps(self, database, probe=True, **environment):
        # The limits cost what they cost anybody, and nobody here gets as far.
        kinds = ("POSTS_PER_3_HOURS", "EDITS_PER_HOUR", "LIKES_PER_HOUR", "FOLLOWS_PER_DAY", "OTHER_WRITES_PER_HOUR", "SIGN_INS_PER_HOUR")
        environment = {**{f"PAMPS_LIMITS__{kind}": "1000000" for kind in kinds}, **environment}
        return Server(
            self.name,
            [os.path.join(self.folder, "pamps", "pamps"), "--port", "PORT"],
            self.work,
            self.hook if probe else None,
            PAMPS_DB__URI=database.uri,
            **environment,
        )

    def floor(self, database):
        return Server(
            "floor", [os.path.join(self.folder, "floor", "floor"), "PORT", database.uri], self.work, self.hook, "/post/"
        )

    def bare_hash_milliseconds(self, iterations, count=10):
        command = [os.path.join(self.folder, "floor", "floor"), "hash", str(count), str(iterations)]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def run_pamps(self, database, *arguments, **options):
        """One command of Pamps, to its end."""
        return subprocess.run(
            [os.path.join(self.folder, "pamps", "pamps"), *arguments],
            env={**os.environ, "PAMPS_DB__URI": database.uri},
            check=True,
            **options,
        )
