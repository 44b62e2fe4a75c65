"""Goal 6: a sign-in costs what its hash costs, and a checked token next to nothing."""

import os

from measure import reads
from measure.report import whole

MOST_OVER_HASH = 1.1
TRIES = 30
WARM = 150  # Until nothing of it is compiled any more.


def measure(bench, report):
    rows = []
    iterations = bench.options.iterations
    for database in bench.databases:
        names = [x[0] for x in database.ask(f'SELECT username FROM "user" ORDER BY id LIMIT {WARM + TRIES}')]
        with bench.programs.pamps(database, probe=False) as pamps:
            bench.say(f"{database.name}: sign-ins")
            for name in names[:WARM]:
                pamps.sign_in(name)
            bare = bench.programs.bare_hash_milliseconds(iterations)
            before = pamps.processor_seconds()
            for name in names[WARM:]:
                pamps.sign_in(name)
            spent = (pamps.processor_seconds() - before) * 1000 / TRIES
            bare = min(bare, bench.programs.bare_hash_milliseconds(iterations))
            rows.append((database.name, f"{spent:.1f}", f"{bare:.1f}"))
            report.goal(
                6,
                f"{database.name}: processor time of a sign-in, times that of its hash ({whole(iterations)} iterations)",
                f"{spent / bare:.2f}",
                f"at most {MOST_OVER_HASH}",
                spent <= bare * MOST_OVER_HASH,
            )
    columns = ("database", "processor ms a sign-in", "processor ms a bare hash")
    report.table("Sign-ins, one after the other", columns, rows)
    report.table(
        "What a token costs the database",
        ("database", "statements for GET /post/{id}/ without a token", "with one"),
        [token(bench, report, x) for x in bench.databases],
    )


def token(bench, report, database):
    """Counts the statements that Pamps logs when it is asked to echo them, from the second request on."""
    path = reads.paths(database)["GET /post/{id}/"][0]
    name = database.ask('SELECT username FROM "user" ORDER BY id LIMIT 1')[0][0]
    with bench.programs.pamps(database, probe=False, PAMPS_DB__ECHO="true") as pamps:
        access = pamps.sign_in(name)
        counts = []
        for credentials in (None, access):
            pamps.get(path, credentials)
            before = os.path.getsize(pamps.log.name)
            for _ in range(TRIES):
                pamps.get(path, credentials)
            with open(pamps.log.name) as log:
                log.seek(before)
                counts.append(sum("SELECT" in line for line in log) / TRIES)
    without, having = counts
    report.goal(
        6, f"{database.name}: statements that a checked token adds to a request", f"{having - without:.2f}", 0, having <= without
    )
    return database.name, f"{without:.2f}", f"{having:.2f}"
