"""The server under test: Deskhand as it is put together everywhere, with ports that can kill the process."""

import asyncio
import os
import signal
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from deskhand.adapters.clock import SystemClock
from deskhand.adapters.edge.client import EdgeHttp
from deskhand.adapters.mail.local import LocalMailbox
from deskhand.adapters.mail.url import mailer_from_url
from deskhand.adapters.sql import open_stores
from deskhand.api.app import create_app
from deskhand.bootstrap import build
from deskhand.ports.http import Answer, Http, OutwardRequest
from deskhand.ports.mail import Mailer
from deskhand.ports.stores import Conversations, Stores
from deskhand.ports.turns import TurnCommit
from deskhand.settings import Settings
from tests.crash.kills import Kill, Reaper, names_of


class MortalConversations:
    """A store that the process may die around."""

    def __init__(self, inner: Conversations, reaper: Reaper) -> None:
        self._inner = inner
        self._reaper = reaper

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def commit(self, turn: TurnCommit) -> None:
        await self._reaper.around(names_of(turn), self._inner.commit(turn))


class MortalHttp:
    """The way out, with death before the wire is touched or when the answer is there."""

    def __init__(self, inner: Http, reaper: Reaper) -> None:
        self._inner = inner
        self._reaper = reaper

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        names = {"any", "send", request.method}
        return await self._reaper.around(names, self._inner.send(workspace, request, allowed))

    async def close(self) -> None:
        await self._inner.close()


class MortalMailer:
    """Likewise for e-mail."""

    def __init__(self, inner: Mailer, reaper: Reaper) -> None:
        self._inner = inner
        self._reaper = reaper

    async def send(self, workspace: str, to: str, subject: str, body: str, key: str) -> None:
        await self._reaper.around({"any", "send", "MAIL"}, self._inner.send(workspace, to, subject, body, key))


def serve(listener: socket.socket, settings: Settings, kill: Kill | None, log: Path) -> None:
    """Be a server process that listens there, until a signal or the kill ends it."""
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(_serve(listener, settings, Reaper(kill)))


async def _serve(listener: socket.socket, settings: Settings, reaper: Reaper) -> None:
    stores = await open_stores(settings.database)
    running = await build(
        settings,
        stores=replace(stores, conversations=MortalConversations(stores.conversations, reaper)),
        http=MortalHttp(EdgeHttp(), reaper),
        mailer=MortalMailer(_mailer(settings, stores), reaper),
    )
    await running.start()
    config = uvicorn.Config(create_app(running.services), log_config=None, lifespan="off", timeout_graceful_shutdown=2)
    # uvicorn raises the signal again when it has stopped, and there is something to do then.
    signal.signal(signal.SIGTERM, lambda *_: None)
    await uvicorn.Server(config).serve(sockets=[listener])
    await running.close()


def _mailer(settings: Settings, stores: Stores) -> Mailer:
    if settings.smtp_url is None:
        return LocalMailbox(stores.mailbox, SystemClock())
    return mailer_from_url(settings.smtp_url, settings.mail_from)
