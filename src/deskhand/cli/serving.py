"""What `deskhand serve` and `deskhand demo` run."""

import asyncio
import errno
import os
import secrets
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from deskhand.api.app import create_app
from deskhand.api.page import DASHBOARD, PageSettings
from deskhand.application.services import Services
from deskhand.bootstrap import Running, build
from deskhand.cli.browsing import open_pages
from deskhand.cli.printing import say, tell
from deskhand.cli.server import DEMO, KEY_FILE, read_key
from deskhand.logs import configure
from deskhand.settings import LOOPBACK, SettingError, Settings

GRACE = 5
"""Seconds that calls under way have to come to an end when the server stops; the next start takes the rest up."""


def run(what: str, settings: Settings, *, opens: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; `what` is `serve` or `demo`. Raises DeskhandError where it cannot begin.

    opens: whether the demo's pages are opened in a browser, if there is one.
    """
    configure()
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(_demo(settings, opens) if what == "demo" else _serve(settings))


async def _serve(settings: Settings) -> None:
    with _listen(settings) as listener:
        _make_folder(settings.data)
        async with _built(settings) as running:
            await _first_start(running.services, settings)
            token = await running.services.accounts.set_up_token()
        if not settings.on_loopback:
            tell(
                f"Deskhand listens on {settings.host}, beyond this machine, and does not encrypt: "
                "put a reverse proxy with TLS in front of it."
            )

        def announce(address: str) -> None:
            if token is not None:
                place = settings.public_url or address
                say(f"Nobody can sign in yet. Make the first owner: {place}/setup?token={token}")
            _announce(address)

        await _run(running, listener, PageSettings(dashboard=settings.dashboard or DASHBOARD), announce)


async def _demo(settings: Settings, opens: bool) -> None:
    from deskhand.demo.setup import prepare
    from deskhand.demo.shop import build_shop
    from deskhand.demo.shop_serving import serving
    from deskhand.demo.site.visit import Chat

    if not settings.on_loopback:
        tell("The demo listens on this machine only, for its page needs no key. Use `deskhand serve` for others.")
    settings = replace(settings, host=LOOPBACK, data=settings.data / DEMO, public_url=None)
    with _listen(settings) as listener, ExitStack() as stack:
        _make_folder(settings.data)
        async with _built(settings) as running:
            token = secrets.token_urlsafe(24)
            app, port = build_shop(token), listener.getsockname()[1]
            shop = _open_shop(stack, partial(serving, app), port + 1)
            ready = await prepare(running.services, shop, token)
            app.state.chat = Chat(replace(settings, port=port).address, ready.agent, ready.identity_secret)
            await running.services.accounts.demo_owner(ready.workspace)
            await _key(running.services, settings, ready.workspace, "demo")

        def announce(address: str) -> None:
            _announce(address)
            say(f"The demo shop is at {shop}")
            say(f"Data: {settings.data}. Stop with Ctrl-C.", "dim")
            if opens:
                open_pages(address, shop)

        page = PageSettings(demo=True, shop=shop, dashboard=settings.dashboard or DASHBOARD)
        await _run(running, listener, page, announce)


@asynccontextmanager
async def _built(settings: Settings) -> AsyncIterator[Running]:
    """A Deskhand to be got ready; it is closed again where that goes wrong."""
    running = await build(settings, lean=True)
    try:
        yield running
    except BaseException:
        await running.close()
        raise


async def _run(running: Running, listener: socket.socket, page: PageSettings, announce: Callable[[str], None]) -> None:
    """Serve until a signal, then close everything; `announce` is given the address when requests are answered."""
    try:
        unfinished = await running.start()
        if unfinished:
            tell(f"Taking up what the last run left under way: {unfinished}.")
        app = create_app(
            running.services,
            page=page,
            # a proxy on this machine sends the name on that people use
            loopback_only=running.settings.on_loopback and running.settings.public_url is None,
            public_url=running.settings.public_url,
        )
        config = uvicorn.Config(
            app,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE + 1,
        )
        host, port = listener.getsockname()[:2]
        address = replace(running.settings, host=host, port=port).address
        await _Server(config, lambda: announce(address), running.services).serve([listener])
    finally:
        await running.close()


class _Server(uvicorn.Server):
    """Says when it is ready, and wakes open streams when it stops."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], services: Services) -> None:
        super().__init__(config)
        self._ready = ready
        self._services = services

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to serve, then say so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would hold the server up: streams, and calls that requests wait for."""
        self._services.streams.close()
        calls = asyncio.create_task(self._services.engine.close(GRACE))
        await super().shutdown(sockets)
        if self.force_exit:
            calls.cancel()
        await asyncio.wait([calls])

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at a signal, and have it done with: the original would raise it again, before anything is closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def _announce(address: str) -> None:
    say(f"Deskhand is running at {address}")


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything else is done. Raises SettingError."""
    place = (settings.host, settings.port)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    everywhere = settings.host == "::" and socket.has_dualstack_ipv6()
    try:
        return socket.create_server(place, family=family, dualstack_ipv6=everywhere)
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise SettingError(
                f"Port {settings.port} is taken: stop what uses it, or choose another one with --port or DESKHAND_PORT."
            ) from None
        reason = (getattr(error, "strerror", None) or str(error)).partition(" (while ")[0]
        raise SettingError(f"Deskhand cannot listen on {settings.host}, port {settings.port}: {reason}.") from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingError(
            f"The data folder {folder} cannot be used: {error.strerror}. Choose another with --data or DESKHAND_DATA."
        ) from None


def _open_shop(stack: ExitStack, serving: Callable[..., AbstractContextManager[str]], port: int) -> str:
    """Serve the demo shop, on this port if it is free: a connection that moves voids what waits for an approval."""
    try:
        return stack.enter_context(serving(port))
    except (OSError, OverflowError):
        return stack.enter_context(serving())


async def _first_start(services: Services, settings: Settings) -> None:
    """Make a workspace and an owner's key where there is none, also where the first start was broken off."""
    known = await services.stores.settings.workspaces()
    workspace = known[0].id if known else (await services.configuration.create_workspace("Default")).id
    if await services.stores.settings.keys(workspace):
        return
    key = await _key(services, settings, workspace, "first owner")
    say(f"Your API key, also kept in {settings.data / KEY_FILE}: {key}")


async def _key(services: Services, settings: Settings, workspace: str, name: str) -> str:
    """The owner's key of this machine: from its file, or a new one."""
    kept = read_key(settings.data)
    if kept and await services.configuration.is_valid(kept, workspace):
        return kept
    _, key = await services.configuration.create_key(workspace, name, "owner", "first start")
    file = settings.data / KEY_FILE
    try:
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(key + "\n")
    except OSError as error:
        tell(f"The API key could not be kept in {file}: {error.strerror}.")
    return key
