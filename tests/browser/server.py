"""A Deskhand server in a process of its own, to be killed and started again."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2

_READY = re.compile(r"running at (http://\S+)")
_KEY = re.compile(r"\bdh_\w+")


class Server:
    """`deskhand demo` or `deskhand serve` over a folder."""

    def __init__(self, command: str, folder: Path) -> None:
        self._command = command
        self._folder = folder
        self.address = ""
        self.key = ""

    @classmethod
    @contextmanager
    def running(cls, command: str, folder: Path) -> Iterator["Server"]:
        """A server until the block ends."""
        server = cls(command, folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()

    def start(self) -> None:
        """Start it, the second time at the same address, and wait until it answers."""
        port = str(urlsplit(self.address).port or 0)
        options = ["--port", port, "--data", str(self._folder)]
        errors = self._folder / "stderr.txt"
        with errors.open("w") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "deskhand.cli.main", self._command, *options],
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if key := _KEY.search(line):
                self.key = key[0]
            if ready := _READY.search(line):
                self.address = ready[1]
                break
        else:
            self.kill()
            raise RuntimeError(f"deskhand {self._command} did not start:\n{errors.read_text()}")
        if self._command == "demo":
            self.key = httpx2.get(f"{self.address}/session.json").json()["key"]

    def kill(self) -> None:
        """Stop it as a power cut would."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def get(self, path: str) -> Any:
        """What the API answers."""
        return self._json("GET", path)

    def post(self, path: str, body: Any = None) -> Any:
        """Post to the API."""
        return self._json("POST", path, body or {})

    def put(self, path: str, body: Any) -> Any:
        """Put to the API."""
        return self._json("PUT", path, body)

    def delete(self, path: str) -> Any:
        """Delete something through the API."""
        return self._json("DELETE", path)

    def _json(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx2.request(method, self.address + path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None
