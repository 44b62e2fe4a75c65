"""Goal 1: the three hottest reads beside the floor."""

import os

from measure import wrk
from measure.report import milliseconds, whole

NEAR_FLOOR = {"SQLite": 0.9, "PostgreSQL": 0.85}
MOST_P99 = 15


def paths(database):
    """Routes, and the paths of them that are read."""
    posts = database.ask(
        "SELECT id FROM post WHERE parent_id IS NULL AND replies_count BETWEEN 1 AND 10 ORDER BY id DESC LIMIT 1000"
    )
    users = database.ask('SELECT username FROM "user" ORDER BY id LIMIT 1000')
    return {
        "GET /post/": ["/post/"],
        "GET /post/{id}/": [f"/post/{x[0]}/" for x in posts],
        "GET /user/{username}/": [f"/user/{x[0]}/" for x in users],
    }


def compare(pamps, floor, routes):
    """Both must answer the same, byte for byte, or the floor is no yardstick."""
    for route, found in routes.items():
        for path in found[:20]:
            ours, theirs = pamps.get(path), floor.get(path)
            if ours != theirs:
                at = next((i for i, (x, y) in enumerate(zip(ours, theirs)) if x != y), 0)
                here = slice(max(0, at - 100), at + 200)
                raise SystemExit(f"bench: {path} differs at {at}\nPamps: {ours[here]!r}\nfloor: {theirs[here]!r}")


def load_rows(database, route, connections, best):
    """The lines of the table, Pamps' and the floor's."""
    floor = best["floor"]
    for name, found in best.items():
        yield (
            database,
            route,
            connections,
            name,
            whole(found.rate),
            milliseconds(found.p50),
            milliseconds(found.p99),
            f"{found.rate / floor.rate:.2f}",
            whole(found.allocated) if found.allocated is not None else "",
            f"{found.processor:.1f}",
            f"{floor.processor / found.processor:.2f}",
            f"{found.others:.1f}",
            found.bad,
        )


COLUMNS = (
    "database",
    "scenario",
    "connections",
    "program",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "of the floor",
    "bytes allocated a request",
    "processor µs a request",
    "of the floor",
    "other work on the machine, cores",
    "errors",
)


def measure(bench, report):
    rows = []
    for database in bench.databases:
        routes = paths(database)
        near = NEAR_FLOOR[database.name]
        with bench.programs.pamps(database) as pamps, bench.programs.floor(database) as floor:
            compare(pamps, floor, routes)
            for route, found in routes.items():
                bench.say(f"{database.name}: {route}")
                file = os.path.join(bench.work, "paths")
                with open(file, "w") as lines:
                    lines.writelines(x + "\n" for x in found)
                kind, path = ("get", "/") if len(found) > 1 else ("one", found[0])
                best = wrk.in_turn((pamps, floor), path, kind, 8, bench.seconds, bench.rounds, file)
                rows += load_rows(database.name, route, 8, best)
                ratio = best["pamps"].rate / best["floor"].rate
                report.goal(1, f"{database.name}: {route}, of the floor", f"{ratio:.2f}", f"at least {near}", ratio >= near)
                if route == "GET /post/" and database.name == "PostgreSQL":
                    p99 = best["pamps"].p99
                    report.goal(1, f"{database.name}: {route}, p99 ms", milliseconds(p99), f"at most {MOST_P99}", p99 <= MOST_P99)
    report.table("Reads", COLUMNS, rows)
