"""Runs wrk, and says what came of it and what it cost the server."""

import dataclasses
import json
import os
import resource
import subprocess
import time

from measure import machine

WARMING_SECONDS = 4
MOST_WARMING = 22
HARDLY_ANYTHING = 25

SCRIPT = os.path.join(os.path.dirname(__file__), "load.lua")


@dataclasses.dataclass
class Load:
    """One run."""

    rate: float
    p50: float
    p99: float
    bad: int
    allocated: float | None = None
    """Bytes a request."""
    processor: float | None = None
    """Microseconds of the server's processor time a request."""
    others: float = 0
    """Cores that neither the server, PostgreSQL nor wrk used: what else ran on the machine."""


def start(url, kind, connections, seconds, file=None, token=None, headers=()):
    """A wrk that runs; `finish` waits for it."""
    command = ["wrk", "-t", str(min(2, connections)), "-c", str(connections), "-d", f"{seconds}s", "--timeout", "30s"]
    command += ["-H", f"Authorization: Bearer {token}"] if token else []
    command += [part for header in headers for part in ("-H", header)]
    command += ["-s", SCRIPT, url, "--", kind] + ([file] if file else [])
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(process):
    output = process.communicate()[0]
    if process.returncode:
        raise SystemExit(f"bench: wrk failed: {output}")
    return json.loads(output.splitlines()[-1])


def _children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(server, path, kind, connections, seconds, file=None, token=None):
    """Puts load on a server and measures both."""

    def look():
        return (
            server.allocated(),
            server.processor_seconds(),
            machine.busy_seconds() - server.processor_seconds() - machine.postgres_seconds() - _children(),
            time.perf_counter(),
        )

    for _ in range(3):
        before = look()
        found = finish(start(server.base + path, kind, connections, seconds, file, token, server.headers))
        after = look()
        # A virtual machine that was paused meanwhile: its clock jumps, and every request in flight counts as late.
        if found["seconds"] < seconds * 1.5 + 1:
            break
    requests = max(found["requests"], 1)
    return Load(
        rate=found["requests"] / found["seconds"],
        p50=found["p50"],
        p99=found["p99"],
        bad=found["refused"] + found["broken"] + found["late"],
        allocated=None if before[0] is None else (after[0] - before[0]) / requests,
        processor=(after[1] - before[1]) * 1e6 / requests,
        others=max(0, (after[2] - before[2]) / (after[3] - before[3])),
    )


def warm_up(server, path, kind, connections, file=None, token=None):
    """
    Code that runs hot is compiled twice more, by a thread that has to share two full processors with what it measures. Over
    when hardly anything is compiled any more, or after a minute and a half.
    """
    for _ in range(MOST_WARMING):
        before = server.compiled()
        finish(start(server.base + path, kind, connections, WARMING_SECONDS, file, token, server.headers))
        if before is None:
            # Compiled beforehand.
            return
        compiled = server.compiled() - before
        if compiled <= HARDLY_ANYTHING:
            return


def in_turn(servers, path, kind, connections, seconds, rounds, file=None):
    """A B A B; the best run of each. A file of each server's own, by its name, or one for all."""
    best = {}
    files = file if isinstance(file, dict) else {server.name: file for server in servers}
    for server in servers:
        warm_up(server, path, kind, connections, files[server.name])
    for _ in range(rounds):
        for server in servers:
            found = run(server, path, kind, connections, seconds, files[server.name])
            if server.name not in best or found.rate > best[server.name].rate:
                best[server.name] = found
    return best
