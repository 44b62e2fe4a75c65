"""Backup, restore and copy of a community, as an operator runs them."""

import os
import time

from measure import databases
from measure.report import whole

TABLES = ("user", "post", "like", "social", "mention", "hashtag", "notification", "event", "login")


def measure(bench, report):
    rows = []
    options = bench.options
    for database in bench.filled(options.transfer_posts // 50, options.transfer_posts):
        count = sum(int(database.ask(f'SELECT count(*) FROM "{x}"')[0][0]) for x in TABLES)
        archive = os.path.join(bench.work, "archive")

        def run(name, target, *arguments):
            bench.say(f"{database.name}: {name}")
            began = time.perf_counter()
            bench.programs.run_pamps(target, *arguments, capture_output=True)
            seconds = time.perf_counter() - began
            rows.append((database.name, name, whole(count), f"{seconds:.1f}", whole(count / seconds)))

        run("backup", database, "backup", archive)
        rows[-1] += (f"{os.path.getsize(archive) / 1e6:.0f}",)
        run("backup --verify", database, "backup", "--verify", archive)
        for target in empty(bench, database):
            run(f"restore into {target.name}", target, "restore", archive)
        os.remove(archive)
        for target in empty(bench, database):
            run(f"db copy to {target.name}", target, "db", "copy", "--from", database.uri, "--to", target.uri)
    rows = [(*x, "") if len(x) == 5 else x for x in rows]
    columns = ("database", "command", "rows", "seconds", "rows a second", "MB")
    report.table("Backup, restore and copy", columns, rows)


def empty(bench, database):
    """An empty database of each kind, for as long as the caller takes."""
    for target in (
        databases.Sqlite(os.path.join(bench.work, "target.db")),
        databases.Postgres(bench.options.postgres, "pamps_bench_target"),
    ):
        target.drop()
        target.create()
        yield target
        target.drop()
