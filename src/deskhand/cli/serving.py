"""`deskhand serve` and `deskhand demo`: run the server."""

import asyncio
import os
import secrets
import socket
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from deskhand.api.app import create_app
from deskhand.api.page import PageSettings
from deskhand.application.services import Services
from deskhand.bootstrap import Running, build
from deskhand.cli.common import KEY_FILE, err, out, plain_errors
from deskhand.logs import configure
from deskhand.settings import SettingError, Settings, from_environment

Host = Annotated[str | None, typer.Option("--host", help="Where to listen; by default on this machine only.")]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")]
Data = Annotated[Path | None, typer.Option("--data", help="Where the database and the encryption key lie.")]


def serve(host: Host = None, port: Port = None, data: Data = None) -> None:
    """Run the server. The first start prints an API key."""
    with plain_errors():
        settings = from_environment(host=host, port=port, data=data)
        asyncio.run(_serve(settings))


def demo(port: Port = None, data: Data = None) -> None:
    """Run the server with a demo shop beside it, the worked examples published, and a page to try them."""
    with plain_errors():
        settings = from_environment(port=port, data=data)
        settings = replace(settings, host="127.0.0.1", data=settings.data / "demo")
        with ExitStack() as stack:
            asyncio.run(_demo(settings, stack))


async def _serve(settings: Settings) -> None:
    with _listen(settings) as listener:
        running = await build(settings)
        await _first_start(running.services, settings)
        await _run(running, listener, PageSettings(), lambda address: out.print(f"Deskhand is running at {address}"))


async def _demo(settings: Settings, stack: ExitStack) -> None:
    from deskhand.demo.setup import prepare
    from deskhand.demo.shop import build_shop
    from deskhand.demo.shop_serving import serving

    with _listen(settings) as listener:
        running = await build(settings)
        token = secrets.token_urlsafe(24)
        port = listener.getsockname()[1] + 1
        shop = stack.enter_context(serving(build_shop(token), port if _is_free(port) else 0))
        ready = await prepare(running.services, shop, token)
        key = await _key(running.services, settings, ready.workspace, "demo")

        def announce(address: str) -> None:
            out.print(f"Deskhand is running at {address}")
            out.print(f"[dim]The demo shop is at {shop}. Data: {settings.data}. Stop with Ctrl-C.[/]", soft_wrap=True)

        await _run(running, listener, PageSettings(key=key, demo=True, shop=shop), announce)


async def _run(running: Running, listener: socket.socket, page: PageSettings, announce: Callable[[str], None]) -> None:
    configure()
    unfinished = await running.start()
    if unfinished:
        err.print(f"Taking up {unfinished} unfinished act(s) of the last run.")
    app = create_app(running.services, page=page, loopback_only=running.settings.on_loopback)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=3, server_header=False
    )
    host, port = listener.getsockname()[:2]
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104
    server = _Server(config, lambda: announce(f"http://{shown}:{port}"), running.services)
    try:
        with suppress(KeyboardInterrupt):
            await server.serve(sockets=[listener])
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
        """End the streams first: they would hold the server up."""
        self._services.streams.close()
        await super().shutdown(sockets)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise SettingError(
            f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}): "
            "stop what is using it, or choose another with DESKHAND_PORT."
        ) from None


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError):
        return False
    return True


async def _first_start(services: Services, settings: Settings) -> None:
    """Make a workspace and an owner's key where there is none."""
    if await services.stores.settings.workspaces():
        return
    workspace = await services.configuration.create_workspace("Default")
    key = await _key(services, settings, workspace.id, "first owner")
    out.print(f"Your API key, also kept in {settings.data / KEY_FILE}: [bold]{key}[/]", soft_wrap=True)


async def _key(services: Services, settings: Settings, workspace: str, name: str) -> str:
    """The owner's key of this machine: from its file, or a new one."""
    file = settings.data / KEY_FILE
    if file.is_file():
        kept = file.read_text().strip()
        if await services.configuration.is_valid(kept, workspace):
            return kept
    _, key = await services.configuration.create_key(workspace, name, "owner", "first start")
    settings.data.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(key + "\n")
    return key
