"""Goal 2: posts, answered when they are durable."""

import os

from measure import before, reads, wrk
from measure.report import milliseconds, whole

OF_FLOOR = {"SQLite": {8: 3}, "PostgreSQL": {8: 0.8, 64: 0.8}}
MOST_P99 = 10
LIKE_A_POST = 0.8
AUTHORS = 64


def tokens(bench, database, pamps, count=AUTHORS):
    """A file of access tokens, one for each of the first users."""
    file = os.path.join(bench.work, "tokens")
    names = database.ask(f'SELECT username FROM "user" ORDER BY id LIMIT {count}')
    with open(file, "w") as lines:
        lines.writelines(pamps.sign_in(name[0]) + "\n" for name in names)
    return file


def measure(bench, report):
    rows, deeds = [], []
    for database in bench.databases:
        with bench.programs.pamps(database) as pamps, bench.programs.floor(database) as floor:
            file = tokens(bench, database, pamps)
            best = {}
            for connections in (8, 64):
                bench.say(f"{database.name}: POST /post/, {connections} connections")
                best[connections] = wrk.in_turn(
                    (pamps, floor), "/", "create", connections, bench.seconds, bench.rounds, file
                )
                rows += reads.load_rows(database.name, "POST /post/", connections, best[connections])
            judge(report, database, best)
            deeds += others(bench, report, database, pamps, best[8]["pamps"].rate)
    report.table("Creates, one author after the other of 64", reads.COLUMNS, rows)
    columns = ("database", "scenario", "connections", "requests/s", "p50 ms", "p99 ms", "of creates", "processor µs a request", "errors")
    report.table("Likes and follows, and their end", columns, deeds)


def others(bench, report, database, pamps, creates):
    """The lines of likes and follows, which are to be nearly as many as posts."""
    for what, (kind, file) in before.prepare(bench, pamps, database).items():
        if kind != "toggle":
            continue
        bench.say(f"{database.name}: {what}")
        found = wrk.in_turn((pamps,), "/", kind, 8, bench.seconds, bench.rounds, file)["pamps"]
        ratio = found.rate / creates
        yield (
            database.name,
            what,
            8,
            whole(found.rate),
            milliseconds(found.p50),
            milliseconds(found.p99),
            f"{ratio:.2f}",
            f"{found.processor:.1f}",
            found.bad,
        )
        report.goal(2, f"{database.name}: {what}, of creates", f"{ratio:.2f}", f"at least {LIKE_A_POST}", ratio >= LIKE_A_POST)


def judge(report, database, best):
    name = f"{database.name}: POST /post/"
    few, many = best[8]["pamps"], best[64]["pamps"]
    for connections, wanted in OF_FLOOR[database.name].items():
        ratio = best[connections]["pamps"].rate / best[connections]["floor"].rate
        report.goal(2, f"{name}, {connections} connections, of the floor", f"{ratio:.2f}", f"at least {wanted}", ratio >= wanted)
    report.goal(2, f"{name}, 64 connections, requests/s, more than at 8", whole(many.rate), whole(few.rate), many.rate > few.rate)
    if database.name == "SQLite":
        report.goal(2, f"{name}, 64 connections, p99 ms", milliseconds(many.p99), f"at most {MOST_P99}", many.p99 <= MOST_P99)
    report.goal(2, f"{name}, refused or broken", few.bad + many.bad, "0", few.bad + many.bad == 0)
