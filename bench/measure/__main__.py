"""Runs the scenarios that are asked for. Started by bench/run, which publishes what is measured."""

import argparse
import importlib
import os
import sys
import tempfile
import time

from measure import databases, machine, wrk
from measure.report import Report
from measure.servers import Programs

SCENARIOS = ("reads", "writes", "timeline", "connections", "start", "signin", "limits", "instances", "native", "transfer", "before")

# What takes long: filling much, compiling natively, building an older commit.
ONLY_WHEN_NAMED = ("transfer", "native", "before")

# The goals in one run of at most twenty minutes: what takes long is smaller, each is measured once, and what decides no goal is left out
# (`options.goals_only`). `native` starts the program and weighs it, as `start` does; what limits cost has a scenario of its own.
GOALS = ("reads", "writes", "timeline", "connections", "signin", "native")
SHORT_WARMING = 2
SHORT_WARMING_SECONDS = 3
SMALL = {"timeline_users": 20_000, "timeline_posts": 200_000}


class Bench:
    """What every scenario needs."""

    def __init__(self, options, work):
        self.seconds = options.seconds
        self.rounds = options.rounds
        self.data, self.work = options.data, work
        self.options = options
        self.programs = Programs(options.programs, work)
        # These have their own.
        self.databases = [] if options.scenarios in (["before"], ["native"]) else self.filled(options.users, options.posts)

    def database(self, kind, name):
        """Of one kind; it may not be there."""
        if kind == "sqlite":
            return databases.Sqlite(os.path.join(self.data, f"{name}.db"))
        return databases.Postgres(self.options.postgres, name)

    def filled(self, users, posts, *options):
        """The chosen databases with a community of that size, kept for the next run."""
        chosen = [self.database(x, f"pamps_bench_{users}_{posts}") for x in self.options.databases]
        for database in chosen:
            self.say(f"{database.name}: {users:,} users, {posts:,} posts")
            databases.fill(database, self.programs, users, posts, *options)
        return chosen

    @staticmethod
    def say(what):
        print(what, file=sys.stderr, flush=True)


def read_options():
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Pamps beside the floor; see bench/README.md.")
    parser.add_argument("scenarios", nargs="*", metavar="scenario", help=f"of {', '.join(SCENARIOS)}, or goals, which are {' '.join(GOALS)} in at most twenty minutes; all but {' '.join(ONLY_WHEN_NAMED)} when none is named")
    parser.add_argument("--seconds", type=int, help="of each measurement; 10 unless said")
    parser.add_argument("--rounds", type=int, help="how often each is measured, Pamps and the floor in turn; 3 unless said")
    parser.add_argument("--quick", action="store_true", help="3 seconds, 1 round")
    parser.add_argument("--users", type=int, default=1000, help="of the small community; 1,000 unless said")
    parser.add_argument("--posts", type=int, default=20_000, help="of it; 20,000 unless said")
    parser.add_argument("--timeline-users", type=int, default=100_000, help="of the large community; 100,000 unless said")
    parser.add_argument("--timeline-posts", type=int, default=10_000_000, help="of it; 10,000,000 unless said")
    parser.add_argument("--transfer-posts", type=int, default=1_000_000, help="that are backed up and copied; 1,000,000 unless said")
    parser.add_argument("--minutes", type=int, default=10, help="under load, for memory; 10 unless said")
    parser.add_argument("--iterations", type=int, default=210_000, help="of the password hash, as Pamps has them set")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="one database")
    parser.add_argument("--no-results", action="store_true", help="prints, and keeps nothing in bench/results")
    parser.add_argument("--before", metavar="COMMIT", help="measures the scenario `before` beside this older commit")
    options = parser.parse_args()
    options.goals_only = "goals" in options.scenarios
    if options.goals_only:
        options.scenarios = [x for x in options.scenarios if x != "goals"] + [x for x in GOALS if x not in options.scenarios]
        options.quick = True
        wrk.MOST_WARMING, wrk.WARMING_SECONDS = SHORT_WARMING, SHORT_WARMING_SECONDS
        for name, size in SMALL.items():
            setattr(options, name, min(getattr(options, name), size))
    options.seconds = options.seconds or (3 if options.quick else 10)
    options.rounds = options.rounds or (1 if options.quick else 3)
    unknown = set(options.scenarios) - set(SCENARIOS)
    if unknown:
        parser.error(f"there is no scenario {', '.join(sorted(unknown))}")
    if options.before and "before" not in options.scenarios:
        options.scenarios.append("before")
    elif "before" in options.scenarios and not options.before:
        parser.error("name the older commit: --before COMMIT")
    options.scenarios = options.scenarios or [x for x in SCENARIOS if x not in ONLY_WHEN_NAMED]
    options.databases = [options.only] if options.only else ["sqlite", "postgres"]
    options.programs = os.environ["BENCH_PROGRAMS"]
    options.data = os.environ["BENCH_DATA"]
    options.postgres = os.environ.get("BENCH_POSTGRES")
    return options


def minutes_since(begin):
    minutes, seconds = divmod(round(time.monotonic() - begin), 60)
    return f"{minutes}:{seconds:02}"


def main():
    options = read_options()
    with tempfile.TemporaryDirectory() as work:
        report = Report(machine.describe(os.environ.get("BENCH_POSTGRES_VERSION", "none")))
        report.head += f"\n- {options.seconds} s a measurement, best of {options.rounds}; {' '.join(options.scenarios)}."
        began = time.monotonic()
        bench = Bench(options, work)
        took = []
        try:
            for scenario in SCENARIOS:
                if scenario in options.scenarios:
                    before = time.monotonic()
                    importlib.import_module(f"measure.{scenario}").measure(bench, report)
                    took.append(f"{scenario} {minutes_since(before)}")
        except KeyboardInterrupt:
            report.head += " Stopped before its end."
        report.head += f" It took {minutes_since(began)} minutes: {', '.join(took)}, and filling databases."
        report.head += f" Load average at the end: {machine.load()}."
    print(report.text())
    if not options.no_results:
        bench.say(f"Kept in {os.path.relpath(report.keep('bench/results', machine.commit()))}")


main()
