"""Server processes, one after another at the same address."""

import asyncio
import multiprocessing.process
import os
import signal
import socket
import sys
from typing import Protocol

from deskhand.settings import Settings
from tests.crash.kills import Kill
from tests.crash.server import serve
from tests.forked import CONTEXT

DEADLINE = 30.0
"""Seconds after which something that should have happened counts as never happening."""


class Server(Protocol):
    """One address, and the process that serves there now, if any."""

    address: str

    async def start(self, kill: Kill | None = None) -> None:
        """Let a process begin to serve."""
        ...

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        ...

    async def end(self) -> int:
        """Wait until the process has ended; its exit code, negative for the signal that ended it."""
        ...

    async def close(self) -> None:
        """Leave nothing behind."""
        ...

    def said(self) -> str:
        """What all processes wrote so far."""
        ...


class Forked:
    """Serves through `tests.crash.server`. Who connects while there is no process waits for the next one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._log = settings.data / "server.log"
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._process: multiprocessing.process.BaseProcess | None = None

    async def start(self, kill: Kill | None = None) -> None:
        arguments = (self._listener, self._settings, kill, self._log)
        self._process = CONTEXT.Process(target=serve, args=arguments, daemon=True)
        self._process.start()

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    async def end(self) -> int:
        process = self._process
        assert process is not None
        gone = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(process.sentinel, gone.set)
        try:
            async with asyncio.timeout(DEADLINE):
                await gone.wait()
        except TimeoutError:
            raise AssertionError(f"the server still runs; it said:\n{self.said()}") from None
        finally:
            loop.remove_reader(process.sentinel)
        process.join()
        code = process.exitcode
        assert code is not None
        process.close()
        self._process = None
        return code

    async def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            await self.end()
        self._listener.close()

    def said(self) -> str:
        return self._log.read_text() if self._log.exists() else ""


class Command:
    """Serves through the command `deskhand serve`."""

    def __init__(self, settings: Settings) -> None:
        self._log = settings.data / "serve.log"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._environment = {
            **os.environ,
            "DESKHAND_DATA": str(settings.data),
            "DESKHAND_DATABASE_URL": settings.database,
            "DESKHAND_SMTP_URL": settings.smtp_url or "",
            "DESKHAND_MAIL_FROM": settings.mail_from or "",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, kill: Kill | None = None) -> None:
        assert kill is None, "the command cannot be told where to die: kill it from outside"
        command = [sys.executable, "-m", "deskhand", "serve", "--port", str(self._port)]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command, env=self._environment, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def end(self) -> int:
        assert self._process is not None
        async with asyncio.timeout(DEADLINE):
            code = await self._process.wait()
        self._process = None
        return code

    async def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            await self.end()

    def said(self) -> str:
        return self._log.read_text() if self._log.exists() else ""
