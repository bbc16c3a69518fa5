import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

COMMAND = [sys.executable, "-m", "deskhand.demo.shop"]


@contextmanager
def started(*options: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_command_says_where_it_listens_and_answers_there() -> None:
    with started("--token", "secret", "--today", "2026-03-02", "--rig") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", line)
        assert found
        headers = {"Authorization": "Bearer secret"}
        with httpx2.Client(base_url=found[1], headers=headers, trust_env=False) as shop:
            assert shop.get("/orders/A1001").json()["delivered_on"] == "2026-02-22"
            assert len(shop.get("/_test/calls").json()) == 1


@pytest.mark.parametrize("interruption", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_the_command_without_a_traceback(interruption: signal.Signals) -> None:
    with started("--token", "secret") as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        httpx2.get(address, trust_env=False).raise_for_status()
        process.send_signal(interruption)
        rest, complaints = process.communicate()
    assert (rest, complaints) == ("", "")
    assert process.returncode in (0, -interruption)


def test_a_taken_port_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run([*COMMAND, "--token", "t", "--port", str(port)], capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"The demo shop cannot listen on port {port}: ")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("options", [[], ["--token", ""]])
def test_the_command_needs_a_token(options: list[str]) -> None:
    ended = subprocess.run([*COMMAND, *options], capture_output=True, text=True)
    assert ended.returncode == 2
    assert "--token" in ended.stderr
