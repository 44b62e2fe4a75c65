"""Goal 4: no collapse with many connections, and reads that sign-ins do not hold up."""

import os

from measure import reads, wrk
from measure.report import milliseconds, whole

COUNTS = (1, 8, 64, 256, 1024)
FEW_COUNTS = (8, 64, 1024)
KEPT = 0.8
MOST_SLOWER = 2


def measure(bench, report):
    growth, floods = [], []
    counts = FEW_COUNTS if bench.options.goals_only else COUNTS
    for database in bench.databases:
        routes = reads.paths(database)
        file = os.path.join(bench.work, "paths")
        with open(file, "w") as lines:
            lines.writelines(x + "\n" for x in routes["GET /post/{id}/"])
        with bench.programs.pamps(database) as pamps, bench.programs.floor(database) as floor:
            for route, kind, path in (("GET /post/{id}/", "get", "/"), ("GET /post/", "one", "/post/")):
                found = {}
                for server in (pamps, floor):
                    bench.say(f"{database.name}: {route}, {server.name}, {counts[0]} to {whole(counts[-1])} connections")
                    best = many_connections(bench, server, path, kind, file, counts)
                    growth.append(row(database, route, server, best))
                    found[server.name] = best
                judge(report, f"{database.name}: {route}", found["pamps"])
                if kind == "get":
                    ratio = found["pamps"][counts[-1]].rate / found["floor"][counts[-1]].rate
                    what = f"{database.name}: {route}, {whole(counts[-1])} connections, of the floor"
                    report.goal(4, what, f"{ratio:.2f}", f"at least {KEPT}", ratio >= KEPT)
            flood(bench, report, floods, database, pamps, file)
    columns = (
        "database",
        "scenario",
        "program",
        *(f"requests/s at {whole(x)}" for x in counts),
        "at 1,024, of the best",
        "p99 ms at 1,024",
        "errors",
    )
    report.table("Connections", columns, growth)
    columns = ("database", "reads of GET /post/{id}/ at 8 connections", "requests/s", "p50 ms", "p99 ms", "sign-ins/s beside them", "refused")
    report.table("Reads beside a flood of sign-ins", columns, floods)


def many_connections(bench, server, path, kind, file, counts):
    """The best run with each number of connections, and the errors of all."""
    best = {}
    wrk.warm_up(server, path, kind, 8, file)
    for _ in range(bench.rounds):
        for count in counts:
            found = wrk.run(server, path, kind, count, bench.seconds, file)
            errors = found.bad + (best[count].bad if count in best else 0)
            if count not in best or found.rate > best[count].rate:
                best[count] = found
            best[count].bad = errors
    return best


def kept(best):
    """What is left with most connections, of the best number of them."""
    return best[max(best)].rate / max(x.rate for x in best.values())


def errors_of(best):
    return sum(x.bad for x in best.values())


def row(database, route, server, best):
    rates = (whole(x.rate) for x in best.values())
    return database.name, route, server.name, *rates, f"{kept(best):.2f}", milliseconds(best[max(best)].p99), errors_of(best)


def judge(report, name, best):
    ratio, errors = kept(best), errors_of(best)
    report.goal(4, f"{name}, 1,024 connections, of the best of fewer", f"{ratio:.2f}", KEPT, ratio >= KEPT)
    report.goal(4, f"{name}, errors at any number of connections", errors, 0, errors == 0)


def flood(bench, report, rows, database, pamps, file):
    """Sign-ins with the right password, of many users, as fast as 64 connections can ask."""
    names = os.path.join(bench.work, "names")
    with open(names, "w") as lines:
        lines.writelines(x[0] + "\n" for x in database.ask('SELECT username FROM "user" ORDER BY id LIMIT 1000'))
    alone, beside, signed_in = [], [], []
    # Once at least when signing in has been compiled.
    for _ in range(max(bench.rounds, 2)):
        bench.say(f"{database.name}: reads without and with a flood of sign-ins")
        alone.append(wrk.run(pamps, "/", "get", 8, bench.seconds, file))
        attack = wrk.start(pamps.base + "/", "sign-in", 64, bench.seconds + 2, names)
        beside.append(wrk.run(pamps, "/", "get", 8, bench.seconds, file))
        signed_in.append(wrk.finish(attack))
    calm, disturbed = min(alone, key=lambda x: x.p99), min(beside, key=lambda x: x.p99)
    ins = signed_in[beside.index(disturbed)]
    for name, found, rate, refused in (
        ("alone", calm, "", ""),
        ("beside 64 connections that sign in", disturbed, f"{ins['requests'] / ins['seconds']:.1f}", ins["refused"]),
    ):
        rows.append((database.name, name, whole(found.rate), milliseconds(found.p50), milliseconds(found.p99), rate, refused))
    ratio = disturbed.p99 / calm.p99
    report.goal(
        4, f"{database.name}: p99 of reads beside a flood of sign-ins, times that without", f"{ratio:.2f}", f"at most {MOST_SLOWER}", ratio <= MOST_SLOWER
    )
