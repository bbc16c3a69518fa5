"""Serving the demo shop over HTTP on this machine."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"


class DroppableProtocol(H11Protocol):
    """HTTP that lets a request cut its own connection, found as `transport` in the request's state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep the connection where the request finds it."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def listen(port: int = 0) -> socket.socket:
    """A socket that already takes connections on 127.0.0.1; OSError when the port is taken."""
    return socket.create_server((HOST, port))


def address_of(listener: socket.socket) -> str:
    """The shop's base URL, without a slash at its end."""
    return f"http://{HOST}:{listener.getsockname()[1]}"


@contextmanager
def serving(app: FastAPI, port: int = 0) -> Iterator[str]:
    """The shop's base URL, http://127.0.0.1:PORT, served by a thread until the block ends."""
    listener = listen(port)
    server = _server(app)
    thread = Thread(target=server.run, args=([listener],), name="demo shop", daemon=True)
    thread.start()
    try:
        yield address_of(listener)
    finally:
        server.should_exit = True
        thread.join()


def run(app: FastAPI, listener: socket.socket) -> None:
    """Serve the shop until the process is interrupted."""
    with suppress(KeyboardInterrupt):
        _server(app).run([listener])


def _server(app: FastAPI) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=DroppableProtocol if app.state.rig else "auto",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
    )
