"""The benchmark's own side still runs; what it measures is said in `bench/`, never here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import json, subprocess, sys
from bench.order_api import order_api
if __name__ == "__main__":
    with order_api() as api:
        done = subprocess.run([sys.executable, "-m", *sys.argv[1:], "--api", api], capture_output=True, text=True)
        sys.stderr.write(done.stderr)
        sys.stdout.write(done.stdout)
"""


@pytest.mark.parametrize(
    ("arguments", "figures"),
    [
        (["bench.ours", "turns", "--count", "3", "--concurrency", "2"], {"turns_per_s", "p50_ms", "commits_per_turn"}),
        (["bench.ours", "turns", "--count", "3", "--client", "edge"], {"turns_per_s", "p50_ms", "commits_per_turn"}),
        (["bench.ours", "growth", "--count", "60"], {"growth_1000_over_10", "bytes_per_turn"}),
        (["bench.ours", "waiting", "--count", "20"], {"insert_us", "turn_ms_before", "turn_ms_after"}),
        (["bench.over_http", "--count", "3"], {"turns_per_s", "p50_ms", "rss_mb"}),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, list) else "",
)
def test_each_measurement_gives_its_figures(tmp_path: Path, arguments: list[str], figures: set[str]) -> None:
    program = tmp_path / "with_api.py"
    program.write_text(PROGRAM)
    command = [sys.executable, str(program), *arguments, "--url", f"sqlite:///{tmp_path}/bench.db"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert figures <= result.keys()
    assert all(result[name] > 0 for name in figures)
