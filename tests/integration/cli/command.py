"""The `deskhand` command, run as its users run it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from typer.testing import CliRunner

from deskhand.cli.main import app

PATIENCE = 60.0
"""Seconds after which a command that should have ended counts as hanging."""

COMMAND = [str(Path(sys.executable).with_name("deskhand"))]


def environment(data: Path, **more: str) -> dict[str, str]:
    """This machine's environment, with nothing of Deskhand's but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DESKHAND_")}
    return {**kept, "DESKHAND_DATA": str(data), "COLUMNS": "200", **more}


@dataclass(frozen=True)
class Told:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def deskhand(*words: str | Path, stdin: str | bytes = "", **env: str) -> Told:
    """Run a command in this process, which is quick."""
    done = CliRunner().invoke(app, [str(word) for word in words], input=stdin, env=env)
    return Told(done.exit_code, done.stdout, done.stderr)


def run(env: Mapping[str, str], *words: str, stdin: str | bytes = "") -> Told:
    """Run a command in a process of its own."""
    given = stdin if isinstance(stdin, bytes) else stdin.encode()
    done = subprocess.run([*COMMAND, *words], env=env, input=given, capture_output=True, timeout=PATIENCE, check=False)
    return Told(done.returncode, done.stdout.decode(), done.stderr.decode())


class Server:
    """`deskhand demo` or `deskhand serve` in a process of its own."""

    def __init__(self, data: Path, command: str, errors: IO[bytes], **more: str) -> None:
        self.data = data
        self._command = command
        self._errors = errors
        self._more = more
        self.port = 0
        self.said: list[str] = []
        """What it printed until it was ready."""

    def start(self) -> None:
        """Start it, the second time at the same port, and wait until it says that it is running."""
        env = environment(self.data, DESKHAND_PORT=str(self.port), **self._more)
        self.process = subprocess.Popen(
            [*COMMAND, self._command], env=env, stdout=subprocess.PIPE, stderr=self._errors, text=True
        )
        assert self.process.stdout is not None
        self.said = []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Deskhand is running at "):
                self.address = line.removeprefix("Deskhand is running at ").rstrip("\n")
                self.port = urlsplit(self.address).port or 0
                return
        raise AssertionError(f"it did not start: {self.complaints()}")

    @property
    def env(self) -> dict[str, str]:
        """For commands on the same machine."""
        return environment(self.data, DESKHAND_PORT=str(self.port))

    def run(self, *words: str | Path, stdin: str | bytes = "") -> Told:
        """Run a command on the same machine, in this process."""
        return deskhand(*words, stdin=stdin, DESKHAND_DATA=str(self.data), DESKHAND_PORT=str(self.port))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it with a signal; gives the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def complaints(self) -> str:
        """What it wrote on standard error."""
        self._errors.seek(0)
        return self._errors.read().decode()


@contextmanager
def serving(data: Path, command: str = "demo", **more: str) -> Iterator[Server]:
    """A server until the block ends."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "stderr").open("w+b") as errors:
        server = Server(data, command, errors, **more)
        server.start()
        try:
            yield server
        finally:
            if server.process.poll() is None:
                server.stop()
