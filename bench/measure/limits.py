"""What the limits cost a read and a write: Pamps with them and without, each on a database of its own, as a proxy asks it."""

import contextlib

from measure import before, databases, wrk
from measure.report import whole
from measure.servers import Programs

MOST = 1.03
PROXIED = {
    "PAMPS_HTTP__TRUSTED_PROXIES": "127.0.0.1",
    "PAMPS_LIMITS__ADDRESS_REQUESTS_PER_5_MINUTES": "1000000000",
}


def measure(bench, report):
    rows = []
    for kind in bench.options.databases:
        with contextlib.ExitStack() as stack:
            servers, prepared = [], []
            for name, enabled in (("with limits", "true"), ("without", "false")):
                programs = Programs(bench.programs.folder, bench.work, name, bench.programs.hook)
                database = bench.database(kind, f"pamps_bench_{name.replace(' ', '_')}")
                databases.fill(database, programs, bench.options.users, bench.options.posts)
                server = stack.enter_context(programs.pamps(database, PAMPS_LIMITS__ENABLED=enabled, **PROXIED))
                # The machine's own address has no limits.
                server.headers = ("X-Forwarded-For: 198.51.100.7",)
                servers.append(server)
                prepared.append(before.prepare(bench, server, database))
            for route, (load, _) in prepared[0].items():
                bench.say(f"{database.name}: {route}, with limits and without")
                files = {server.name: routes[route][1] for server, routes in zip(servers, prepared)}
                best = wrk.in_turn(servers, "/", load, 8, bench.seconds, bench.rounds, files)
                having, without = best.values()
                ratio = having.processor / without.processor
                report.goal(
                    7, f"{database.name}: {route}, processor time with limits, of that without", f"{ratio:.2f}", f"at most {MOST}", ratio <= MOST
                )
                for name, found in best.items():
                    rows.append((database.name, route, name, whole(found.rate), f"{found.processor:.1f}", found.bad))
    report.table(
        "What limits cost", ("database", "scenario", "program", "requests/s", "processor µs a request", "errors"), rows
    )
