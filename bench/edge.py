"""Whether anything leads inwards: `python -m bench.edge --addresses FILE`, one line of JSON.

FILE is a JSON list of addresses, or of objects with `url`, or one address a line. Each is tried as the URL of an
action, as a redirect's target, as what a name resolves to (at once, and only at the second question), as an MCP server,
as the URL of an import and as a webhook. An audit hook of the interpreter sees every connection that is attempted,
whatever made it; none is let through but those to the redirecting server.
"""

import argparse
import asyncio
import ipaddress
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from deskhand.adapters.edge.client import EdgeHttp
from deskhand.adapters.mcp import McpServers
from deskhand.application.trying import Sample, try_action
from deskhand.bootstrap import Running, build
from deskhand.domain.actions import HttpAction
from deskhand.domain.requests import Connection, HttpRequest
from deskhand.settings import Settings
from deskhand.worker.deliveries import Deliveries

PUBLIC = "93.184.215.14"
EMBEDDING = (
    (ipaddress.ip_network("::ffff:0:0/96"), 0), (ipaddress.ip_network("64:ff9b::/96"), 0),
    (ipaddress.ip_network("::/96"), 0), (ipaddress.ip_network("2002::/16"), 80),
)  # fmt: skip
"""IPv6 networks that hold an IPv4 address, and how far from the right it stands."""


def is_public(text: str) -> bool:
    """Whether an address is a global one, judged without the code that is tried."""
    address = ipaddress.ip_address(text.partition("%")[0])
    for network, shift in EMBEDDING:
        if address.version == 6 and address in network:
            inner = ipaddress.IPv4Address((int(address) >> shift) & 0xFFFFFFFF)
            return inner.is_global and not inner.is_multicast
    return address.is_global and not address.is_multicast


class Watch:
    """Counts attempted connections, and lets none through but those to one port of this machine."""

    def __init__(self) -> None:
        self.open_port: int | None = None
        self.private: list[str] = []
        self.public = 0
        self.now = ""

    def __call__(self, event: str, details: tuple[Any, ...]) -> None:
        if event not in ("socket.connect", "socket.sendto") or not isinstance(details[-1], tuple):
            return
        host, port = details[-1][:2]
        if (host, port) == ("127.0.0.1", self.open_port):
            return
        if is_public(str(host)):
            self.public += 1
        else:
            self.private.append(f"{self.now} -> {host}:{port}")
        raise ConnectionRefusedError(111, "nothing leaves this bench")


class Lookup:
    """A resolver that answers what it is told, and this machine for every other name."""

    def __init__(self) -> None:
        self._answers: dict[str, list[list[str]]] = {}

    def name(self, *answers: list[str]) -> str:
        """A name that nobody asked for before, and what it resolves to, question after question."""
        host = f"n{len(self._answers)}.example"
        self._answers[host] = list(answers)
        return host

    async def __call__(self, host: str) -> list[str]:
        answers = self._answers.get(host, [["127.0.0.1"]])
        return answers.pop(0) if len(answers) > 1 else answers[0]


async def redirecting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request with a redirect to what stands behind `?`."""
    line = await reader.readline()
    while (await reader.readline()).strip():
        pass
    target = unquote(line.split(b" ")[1].decode("latin-1").partition("?")[2])
    head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    writer.write(head.encode("utf-8", "replace"))
    await writer.drain()
    writer.close()


class Tries:
    """Every way in which an address can come in."""

    def __init__(self, running: Running, workspace: str, lookup: Lookup, port: int) -> None:
        self.running, self.workspace, self.lookup = running, workspace, lookup
        self.redirects = f"http://127.0.0.1:{port}/?"
        self.deliveries = Deliveries(running.services, running.http)

    def all(self) -> dict[str, Callable[[str], Awaitable[None]]]:
        return {
            "url": self.url, "redirect": self.redirect, "dns": self.dns, "rebinding": self.rebinding, "mcp": self.mcp,
            "import": self.description, "webhook": self.webhook,
        }  # fmt: skip

    async def url(self, address: str) -> None:
        request = HttpRequest(url=address, timeout=5)
        action = HttpAction(slug="probe", name="Probe", description="Reads an address.", request=request)
        await try_action(self.running.services, self.workspace, action, Sample())

    async def redirect(self, address: str) -> None:
        await self.url(self.redirects + quote(address, safe=""))

    async def dns(self, address: str) -> None:
        await self.url(f"https://{self.lookup.name([literal(address)])}/")

    async def rebinding(self, address: str) -> None:
        await self.url(f"https://{self.lookup.name([PUBLIC], [literal(address)])}/")

    async def mcp(self, address: str) -> None:
        services = self.running.services
        connection = Connection(slug="probe", kind="mcp", base_url=address)
        await services.configuration.put_connection(self.workspace, connection, "bench")
        await services.importing.tools(self.workspace, "probe")

    async def description(self, address: str) -> None:
        await self.running.services.importing.description(self.workspace, address)

    async def webhook(self, address: str) -> None:
        webhooks = self.running.services.webhooks
        await webhooks.put(self.workspace, "probe", address, ["webhook.test"], "bench")
        await webhooks.test(self.workspace, "probe")
        await self.deliveries.send_due()


def literal(address: str) -> str:
    """The IP address in a URL, for a resolver to answer; this machine's where it has a name."""
    try:
        return str(ipaddress.ip_address((urlsplit(address).hostname or "").strip("[]")))
    except ValueError:
        return "127.0.0.1"


def read(path: Path) -> list[str]:
    """The addresses of a file."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("["):
        return [one["url"] if isinstance(one, dict) else str(one) for one in json.loads(text)]
    return [line.strip() for line in text.splitlines() if line.strip()]


async def measure(addresses: list[str], verbose: bool) -> dict[str, int]:
    """Try every address in every way."""
    watch, lookup, tried = Watch(), Lookup(), 0
    server = await asyncio.start_server(redirecting, "127.0.0.1", 0)
    port = watch.open_port = server.sockets[0].getsockname()[1]
    sys.addaudithook(watch)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        http, mcp = EdgeHttp(lookup=lookup), McpServers(lookup=lookup, opening_limit=5)
        running = await build(Settings(data=Path(folder)), http=http, mcp=mcp)
        services = running.services
        workspace = (await services.configuration.create_workspace("Edge")).id
        await services.configuration.set_internal_hosts(workspace, [f"127.0.0.1:{port}"], "bench")
        ways = Tries(running, workspace, lookup, port)
        for address in addresses:
            for name, way in ways.all().items():
                watch.now = f"{name} {address}"
                tried += 1
                try:
                    await way(address)
                except Exception as error:  # whatever it is, no connection was made or the watch saw it
                    if verbose:
                        print(f"{watch.now}: {error}"[:200], file=sys.stderr)
        await running.close()
    server.close()
    for one in watch.private:
        print(one, file=sys.stderr)
    return {
        "addresses": len(addresses), "tried": tried, "private_connections": len(watch.private),
        "public_attempts": watch.public,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--addresses", type=Path, required=True)
    parser.add_argument("--verbose", action="store_true", help="print why each was refused")
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(measure(read(asked.addresses), asked.verbose))))


if __name__ == "__main__":
    main()
