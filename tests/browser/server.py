"""A Deskhand server in a process of its own, to be killed and started again."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2

from tests.forked import CONTEXT, command

PATIENCE = 30
"""Seconds for an answer, on a machine that has much else to do."""

_READY = re.compile(r"running at (http://\S+)")
_KEY = re.compile(r"\bdh_\w+")
_SET_UP = re.compile(r"http\S+/setup\?token=\w+")


class Server:
    """`deskhand demo` or `deskhand serve` over a folder."""

    def __init__(self, command: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._command = command
        self._folder = folder
        self._environment = environment
        self.address = ""
        self.key = ""
        self.set_up = ""
        """The link that makes the first owner."""

    @classmethod
    @contextmanager
    def running(cls, command: str, folder: Path, **environment: str) -> Iterator["Server"]:
        """A server until the block ends."""
        server = cls(command, folder, environment)
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
        self._said, told = CONTEXT.Pipe(duplex=False)
        given = [self._command, *options], told, errors, self._environment
        self._process = CONTEXT.Process(target=command, args=given, daemon=True)
        self._process.start()
        told.close()
        with os.fdopen(os.dup(self._said.fileno())) as lines:
            for line in lines:
                if key := _KEY.search(line):
                    self.key = key[0]
                if link := _SET_UP.search(line):
                    self.set_up = link[0]
                if ready := _READY.search(line):
                    self.address = ready[1]
                    break
            else:
                self.kill()
                raise RuntimeError(f"deskhand {self._command} did not start:\n{errors.read_text()}")
        if self._command == "demo":
            self.key = (self._folder / "demo" / "key").read_text().strip()

    def kill(self) -> None:
        """Stop it as a power cut would."""
        self._process.kill()
        self._process.join()
        self._said.close()

    def get(self, path: str) -> Any:
        """What the API answers."""
        return self._json("GET", path)

    def post(self, path: str, body: Any = None) -> Any:
        """Post to the API."""
        return self._json("POST", path, body or {})

    def put(self, path: str, body: Any) -> Any:
        """Put to the API."""
        return self._json("PUT", path, body)

    def patch(self, path: str, body: Any) -> Any:
        """Change a part of something through the API."""
        return self._json("PATCH", path, body)

    def delete(self, path: str) -> Any:
        """Delete something through the API."""
        return self._json("DELETE", path)

    def _json(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx2.request(method, self.address + path, json=body, headers=headers, timeout=PATIENCE)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None
