"""Goal 5: start on a database that is there, and memory."""

import os
import statistics
import time

from measure import reads, writes, wrk

MOST_START = 300
MOST_IDLE = 80
MOST_LOADED = 120
STEADY = 1.1


def measure(bench, report):
    rows = []
    for database in bench.databases:
        bench.say(f"{database.name}: start")
        # Without the probe, which would be part of the start.
        starts = []
        for _ in range(5):
            with bench.programs.pamps(database, probe=False) as pamps:
                starts.append(pamps.started * 1000)
        start = statistics.median(starts)
        with bench.programs.pamps(database, probe=False) as pamps:
            time.sleep(3)
            idle, idle_own = pamps.megabytes()
            bench.say(f"{database.name}: memory under load")
            minute, own = put_under_load(bench, database, pamps, 1)
            longest = 1 if bench.options.quick else bench.options.minutes
            later, own = put_under_load(bench, database, pamps, longest - 1) if longest > 1 else (minute, own)
        figures = (f"{x:.0f}" for x in (idle, idle_own, minute))
        rows.append((database.name, f"{start:.0f}", " ".join(f"{x:.0f}" for x in starts), *figures, longest, f"{later:.0f}", f"{own:.0f}"))
        name = database.name
        report.goal(5, f"{name}: start to first 200, ms, median of 5", f"{start:.0f}", f"under {MOST_START}", start < MOST_START)
        report.goal(5, f"{name}: idle memory after 3 s, MB", f"{idle:.0f}", f"at most {MOST_IDLE}", idle <= MOST_IDLE)
        report.goal(5, f"{name}: memory after a minute of full load, MB", f"{minute:.0f}", f"at most {MOST_LOADED}", minute <= MOST_LOADED)
        if longest > 1:
            report.goal(
                5, f"{name}: memory after {longest} minutes, times that after one", f"{later / minute:.2f}", f"at most {STEADY}", later <= minute * STEADY
            )
    columns = (
        "database",
        "start to first 200, ms",
        "each",
        "idle MB",
        "but for program files",
        "after a minute of load",
        "minutes",
        "MB after those",
        "but for program files",
    )
    report.table("Start and memory", columns, rows)


def put_under_load(bench, database, pamps, minutes):
    """Reads of every kind and posts, with 8 connections each. Answers with what the process then weighs."""
    file = os.path.join(bench.work, "mixed")
    with open(file, "w") as lines:
        for found in reads.paths(database).values():
            lines.writelines(x + "\n" for x in (found * 1000)[:1000])
    tokens = writes.tokens(bench, database, pamps, count=8)
    seconds = minutes * 60
    running = [
        wrk.start(pamps.base + "/", "get", 8, seconds, file),
        wrk.start(pamps.base + "/", "create", 8, seconds, tokens),
    ]
    for process in running:
        wrk.finish(process)
    return pamps.megabytes()
