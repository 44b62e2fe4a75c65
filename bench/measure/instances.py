"""One, two and three instances of the server on one PostgreSQL, which share this machine's processors."""

import contextlib
import os
import time

from measure import machine, reads, wrk, writes
from measure.report import whole

INSTANCES = (1, 2, 3)
CONNECTIONS = 24


def measure(bench, report):
    rows = []
    for database in bench.databases:
        if database.name != "PostgreSQL":
            continue
        file = os.path.join(bench.work, "paths")
        with open(file, "w") as lines:
            lines.writelines(x + "\n" for x in reads.paths(database)["GET /post/{id}/"])
        for count in INSTANCES:
            with contextlib.ExitStack() as stack:
                instances = [stack.enter_context(bench.programs.pamps(database)) for _ in range(count)]
                tokens = writes.tokens(bench, database, instances[0])
                for route, kind, path, lines in (
                    ("GET /post/{id}/", "get", "/", file),
                    ("GET /post/", "one", "/post/", file),
                    ("POST /post/", "create", "/", tokens),
                ):
                    bench.say(f"{count} instances: {route}")
                    for instance in instances:
                        wrk.warm_up(instance, path, kind, CONNECTIONS // count, lines)
                    rows.append((route, count, *load(instances, path, kind, bench.seconds, lines)))
    columns = ("scenario", "instances", "requests/s together", "processor µs a request, instances", "PostgreSQL", "errors")
    report.table(f"Instances on one PostgreSQL, {CONNECTIONS} connections among them", columns, rows)


def load(instances, path, kind, seconds, file):
    """All instances at once: requests a second, what one costs the instances and PostgreSQL, and errors."""

    def look():
        return sum(x.processor_seconds() for x in instances), machine.postgres_seconds(), time.perf_counter()

    before = look()
    running = [wrk.start(x.base + path, kind, CONNECTIONS // len(instances), seconds, file) for x in instances]
    found = [wrk.finish(x) for x in running]
    after = look()
    requests = max(1, sum(x["requests"] for x in found))
    return (
        whole(sum(x["requests"] / x["seconds"] for x in found)),
        f"{(after[0] - before[0]) * 1e6 / requests:.0f}",
        f"{(after[1] - before[1]) * 1e6 / requests:.0f}",
        sum(x["refused"] + x["broken"] for x in found),
    )
