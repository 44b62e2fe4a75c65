"""Pamps beside an older version of itself: what a change costs or gains. Each has a database that the older one filled."""

import os
import statistics
import subprocess
import time

from measure import databases, reads, wrk
from measure.report import milliseconds, whole
from measure.servers import Programs

PEOPLE = 32


def measure(bench, report):
    older = Programs(os.path.join(bench.programs.folder, "before"), bench.work, "before", bench.programs.hook)
    loads, starts = [], []
    for kind in bench.options.databases:
        pairs = []
        for programs in (bench.programs, older):
            database = bench.database(kind, f"pamps_bench_{programs.name}_{older_commit()}")
            bench.say(f"{database.name}: {database.uri.rsplit('/', 1)[1]}")
            if not database.exists() or programs is older:
                databases.fill(database, older, bench.options.users, bench.options.posts)
            programs.run_pamps(database, "db", "upgrade", "--no-snapshot", stdout=subprocess.DEVNULL)
            pairs.append((programs, database))
        starts += [started(bench, *x) for x in pairs]
        loads += compare(bench, pairs)
    report.table(
        f"Beside {older_commit()}",
        ("database", "scenario", "program", "requests/s", "p50 ms", "p99 ms", "of before", "processor µs a request", "errors"),
        loads,
    )
    report.table("Start and memory", ("database", "program", "start to first 200, ms, median of 5", "idle MB after 3 s"), starts)


def older_commit():
    return os.environ["BENCH_BEFORE"]


def started(bench, programs, database):
    bench.say(f"{database.name}: start of {programs.name}")
    times = []
    for _ in range(5):
        with programs.pamps(database, probe=False) as server:
            times.append(server.started * 1000)
            if len(times) == 5:
                time.sleep(3)
                idle = server.megabytes()[0]
    return database.name, programs.name, f"{statistics.median(times):.0f}", f"{idle:.0f}"


def compare(bench, pairs, with_deeds=True):
    """Reads and creates, and likes and follows where those are wanted."""
    name = pairs[0][1].name
    with pairs[0][0].pamps(pairs[0][1]) as now, pairs[1][0].pamps(pairs[1][1]) as before:
        prepared = [prepare(bench, server, database) for server, (_, database) in zip((now, before), pairs)]
        for route, (kind, _) in prepared[0].items():
            if kind == "toggle" and not with_deeds:
                continue
            bench.say(f"{name}: {route}")
            files = {server.name: routes[route][1] for server, routes in zip((now, before), prepared)}
            best = wrk.in_turn((now, before), "/", kind, 8, bench.seconds, bench.rounds, files)
            for program, found in best.items():
                yield (
                    name,
                    route,
                    program,
                    whole(found.rate),
                    milliseconds(found.p50),
                    milliseconds(found.p99),
                    f"{found.rate / best[before.name].rate:.2f}",
                    f"{found.processor:.1f}",
                    found.bad,
                )


def prepare(bench, server, database):
    """What is asked: routes, the kind of load, and a file for it."""

    def file(name, lines):
        path = os.path.join(bench.work, f"{server.name}-{name}")
        with open(path, "w") as written:
            written.writelines(x + "\n" for x in lines)
        return path

    found = {route: ("get", file(str(i), x)) for i, (route, x) in enumerate(reads.paths(database).items())}
    names = [x[0] for x in database.ask(f'SELECT username FROM "user" ORDER BY id LIMIT {PEOPLE}')]
    others = [x[0] for x in database.ask('SELECT username FROM "user" ORDER BY id DESC LIMIT 400')]
    posts = [x[0] for x in database.ask("SELECT id FROM post ORDER BY id DESC LIMIT 400")]
    tokens = [server.sign_in(x) for x in names]
    found["POST /post/"] = ("create", file("tokens", tokens))
    # In an order in which neighbours share neither person nor post.
    turns = [(tokens[i % PEOPLE], i * 7 % 400) for i in range(4000)]
    found["like and unlike"] = ("toggle", file("likes", (f"{token} /post/{posts[i]}/like/" for token, i in turns)))
    found["follow and unfollow"] = ("toggle", file("follows", (f"{token} /user/follow/{others[i]}/" for token, i in turns)))
    return found
