"""One, two and three copies of the server on one PostgreSQL, which share this machine's processors."""

import contextlib
import os
import time

from measure import machine, reads, wrk, writes
from measure.report import whole

COPIES = (1, 2, 3)
CONNECTIONS = 24


def measure(bench, report):
    rows = []
    for database in bench.databases:
        if database.name != "PostgreSQL":
            continue
        file = os.path.join(bench.work, "paths")
        with open(file, "w") as lines:
            lines.writelines(x + "\n" for x in reads.paths(database)["GET /post/{id}/"])
        for count in COPIES:
            with contextlib.ExitStack() as stack:
                copies = [stack.enter_context(bench.programs.pamps(database)) for _ in range(count)]
                tokens = writes.tokens(bench, database, copies[0])
                for route, kind, path, lines in (
                    ("GET /post/{id}/", "get", "/", file),
                    ("GET /post/", "one", "/post/", file),
                    ("POST /post/", "create", "/", tokens),
                ):
                    bench.say(f"{count} copies: {route}")
                    for copy in copies:
                        wrk.warm_up(copy, path, kind, CONNECTIONS // count, lines)
                    rows.append((route, count, *load(copies, path, kind, bench.seconds, lines)))
    columns = ("scenario", "copies", "requests/s together", "processor µs a request, copies", "PostgreSQL", "errors")
    report.table(f"Copies on one PostgreSQL, {CONNECTIONS} connections among them", columns, rows)


def load(copies, path, kind, seconds, file):
    """All copies at once: requests a second, what one costs the copies and PostgreSQL, and errors."""

    def look():
        return sum(x.processor_seconds() for x in copies), machine.postgres_seconds(), time.perf_counter()

    before = look()
    running = [wrk.start(x.base + path, kind, CONNECTIONS // len(copies), seconds, file) for x in copies]
    found = [wrk.finish(x) for x in running]
    after = look()
    requests = max(1, sum(x["requests"] for x in found))
    return (
        whole(sum(x["requests"] / x["seconds"] for x in found)),
        f"{(after[0] - before[0]) * 1e6 / requests:.0f}",
        f"{(after[1] - before[1]) * 1e6 / requests:.0f}",
        sum(x["refused"] + x["broken"] for x in found),
    )
