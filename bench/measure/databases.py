"""The databases that are measured, filled by `pamps db sample`."""

import os
import sqlite3
import subprocess

from measure.servers import PASSWORD


class Sqlite:
    name = "SQLite"

    def __init__(self, path):
        self.path = path
        self.uri = f"sqlite:///{path}"

    def exists(self):
        return os.path.exists(self.path)

    def create(self):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)

    def drop(self):
        for ending in ("", "-wal", "-shm", ".lock"):
            if os.path.exists(self.path + ending):
                os.remove(self.path + ending)

    def ask(self, statement):
        """The rows."""
        with sqlite3.connect(self.path, timeout=60) as connection:
            return connection.execute(statement).fetchall()

    def change(self, statements):
        with sqlite3.connect(self.path, timeout=60) as connection:
            connection.executescript(statements)


class Postgres:
    name = "PostgreSQL"

    def __init__(self, server, database):
        self.server, self.database = server, database
        self.uri = f"{server.rsplit('/', 1)[0]}/{database}"

    @staticmethod
    def _psql(uri, statement):
        command = ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", uri, "-c", statement]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    def exists(self):
        return bool(self._psql(self.server, f"SELECT 1 FROM pg_database WHERE datname = '{self.database}'"))

    def create(self):
        self._psql(self.server, f"CREATE DATABASE {self.database}")

    def drop(self):
        self._psql(self.server, f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def ask(self, statement):
        """The rows, as texts."""
        return [tuple(x.split("\t")) for x in self._psql(self.uri, statement)]

    def change(self, statements):
        self._psql(self.uri, statements)


def fill(database, programs, users, posts, *options):
    """Makes the database unless it is there and has as many users as it is to have; a broken fill begins anew."""
    done = f"SELECT count(*) FROM \"user\" WHERE username = 'pamps_bench_filled'"
    if database.exists():
        if is_filled(database, done):
            # It may be from before the newest migration.
            programs.run_pamps(database, "db", "upgrade", "--no-snapshot", stdout=subprocess.DEVNULL)
            return
        database.drop()
    database.create()
    programs.run_pamps(
        database, "db", "sample", "--users", str(users), "--posts", str(posts), *options, stdout=subprocess.DEVNULL
    )
    programs.run_pamps(
        database,
        "create-user",
        "bench@example.org",
        "pamps_bench_filled",
        PASSWORD,
        stdout=subprocess.DEVNULL,
    )


def is_filled(database, done):
    try:
        return int(database.ask(done)[0][0]) == 1
    except (sqlite3.Error, subprocess.CalledProcessError):
        return False
