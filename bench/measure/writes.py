"""Goal 2: posts, answered when they are durable."""

import os

from measure import reads, wrk
from measure.report import milliseconds, whole

REFERENCE = 276
TIMES = 25
MOST_P99 = 10
AUTHORS = 64


def tokens(bench, database, pamps, count=AUTHORS):
    """A file of access tokens, one for each of the first users."""
    file = os.path.join(bench.work, "tokens")
    names = database.ask(f'SELECT username FROM "user" ORDER BY id LIMIT {count}')
    with open(file, "w") as lines:
        lines.writelines(pamps.sign_in(name[0]) + "\n" for name in names)
    return file


def measure(bench, report):
    rows = []
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
            judge(report, database, best[8]["pamps"], best[64]["pamps"])
    report.table("Creates, one author after the other of 64", reads.COLUMNS, rows)


def judge(report, database, few, many):
    name = f"{database.name}: POST /post/"
    wanted = TIMES * REFERENCE
    report.goal(
        2,
        f"{name}, 8 connections, requests/s against {TIMES} times the reference measured elsewhere",
        whole(few.rate),
        whole(wanted),
        few.rate >= wanted,
    )
    report.goal(2, f"{name}, 64 connections, requests/s, more than at 8", whole(many.rate), whole(few.rate), many.rate > few.rate)
    report.goal(2, f"{name}, 64 connections, p99 ms", milliseconds(many.p99), f"under {MOST_P99}", many.p99 < MOST_P99)
    report.goal(2, f"{name}, refused or broken", few.bad + many.bad, "0", few.bad + many.bad == 0)
