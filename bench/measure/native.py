"""The native file beside the same program with a JIT: start, memory, the first seconds, and when both are warm."""

import os
import statistics
import time

from measure import before, databases, start, wrk
from measure.report import whole
from measure.servers import Programs

MOST_START, MOST_IDLE, MOST_LOADED = 100, 50, 100
# 20 of them for pictures.
MOST_INSTALLED = 65
LEAST = 0.9


def measure(bench, report):
    native = Programs(os.path.join(bench.programs.folder, "native"), bench.work, "native", bench.programs.hook)
    beginnings, loads = [], []
    # The goals are those of a small machine, which has no PostgreSQL.
    for kind in bench.options.databases[:1] if bench.options.goals_only else bench.options.databases:
        pairs = []
        for programs in (native, bench.programs):
            database = bench.database(kind, f"pamps_bench_{bench.options.users}_{bench.options.posts}_{programs.name}")
            databases.fill(database, bench.programs, bench.options.users, bench.options.posts)
            pairs.append((programs, database))
        for programs, database in pairs[:1] if bench.options.goals_only else pairs:
            bench.say(f"{database.name}: {programs.name} begins")
            beginnings.append(begin(bench, programs, database))
            if programs is native:
                judge(report, *beginnings[-1])
        compared = list(before.compare(bench, pairs, with_deeds=not bench.options.goals_only))
        loads += compared
        for name, route, program, _, _, _, ratio, _, _ in compared:
            if program == "native" and not route.startswith(("like", "follow")):
                report.goal(16, f"{name}: native of JIT, {route}", ratio, f"at least {LEAST}", float(ratio) >= LEAST)
    size = installed(os.path.join(native.folder, "pamps"))
    report.goal(16, "installed, MB", f"{size:.0f}", f"at most {MOST_INSTALLED}", size <= MOST_INSTALLED)
    report.table(
        "Native and JIT: the beginning",
        ("database", "program", "start to first 200, ms", "idle MB", "but for program files", "lists/s in seconds 1, 2, 3", "of the best after", "MB after a minute of load", "but for program files"),
        [(x, p, f"{s:.0f}", f"{i:.0f}", f"{io:.0f}", " ".join(whole(y) for y in f), f"{r:.2f}", f"{m:.0f}", f"{mo:.0f}") for x, p, s, i, io, f, r, m, mo in beginnings],
    )
    report.table(
        "Native and JIT: warm",
        ("database", "scenario", "program", "requests/s", "p50 ms", "p99 ms", "of JIT", "processor µs a request", "errors"),
        loads,
    )


def begin(bench, programs, database):
    starts = []
    for _ in range(5):
        with programs.pamps(database, probe=False) as server:
            starts.append(server.started * 1000)
    with programs.pamps(database, probe=False) as server:
        first = [wrk.finish(wrk.start(server.base + "/post/", "one", 8, 1)) for _ in range(3)]
        wrk.finish(wrk.start(server.base + "/post/", "one", 8, 20))
        best = max(wrk.run(server, "/post/", "one", 8, bench.seconds).rate for _ in range(bench.rounds))
    first = [x["requests"] / x["seconds"] for x in first]
    with programs.pamps(database, probe=False) as server:
        time.sleep(3)
        idle, idle_own = server.megabytes()
        loaded, loaded_own = start.put_under_load(bench, database, server, 1)
    return database.name, programs.name, statistics.median(starts), idle, idle_own, first, min(first) / best, loaded, loaded_own


def judge(report, name, _, started, idle, __, ___, first, loaded, ____):
    report.goal(16, f"{name}: native, start to first 200, ms, median of 5", f"{started:.0f}", f"at most {MOST_START}", started <= MOST_START)
    report.goal(16, f"{name}: native, idle memory after 3 s, MB", f"{idle:.0f}", f"at most {MOST_IDLE}", idle <= MOST_IDLE)
    report.goal(16, f"{name}: native, memory after a minute of load, MB", f"{loaded:.0f}", f"at most {MOST_LOADED}", loaded <= MOST_LOADED)
    report.goal(16, f"{name}: native, slowest of the first three seconds, of its best", f"{first:.2f}", f"at least {LEAST}", first >= LEAST)


def installed(folder):
    return sum(os.path.getsize(os.path.join(folder, x)) for x in os.listdir(folder)) / 1e6
