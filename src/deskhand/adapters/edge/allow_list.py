"""A workspace's allow-list: the internal hosts and networks that it opens on purpose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network

from deskhand.adapters.edge.addresses import Address, Network
from deskhand.adapters.edge.hosts import is_name, looks_numeric
from deskhand.ports.http import Refused

_ENTRY = re.compile(
    r"""(?: \[ (?P<six>[0-9a-f:.]+) (?: /(?P<inner>\d{1,3}) )? \]   # [fd00::1], [fd00::/8]
          | (?P<host>[^\[\]/:\s]+) )                                # a name or an IPv4 address
        (?: /(?P<length>\d{1,3}) )? (?: :(?P<port>\d{1,5}) )?""",
    re.VERBOSE,
)
_BARE_SIX = re.compile(r"(?P<six>[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)(?:/(?P<length>\d{1,3}))?")


@dataclass(frozen=True, slots=True, eq=False)
class AllowList:
    """Which hosts and networks are open; a port of None stands for every port."""

    hosts: frozenset[tuple[str, int | None]]
    networks: tuple[tuple[Network, int | None], ...]

    def names(self, host: str, port: int) -> bool:
        """Whether the host is listed by its name."""
        return (host, port) in self.hosts or (host, None) in self.hosts

    def covers(self, address: Address, port: int) -> bool:
        """Whether the address is listed, itself or by its network."""
        return any(
            only in (None, port) and address.version == network.version and address in network
            for network, only in self.networks
        )


@lru_cache(maxsize=1024)
def parse_allow_list(entries: frozenset[str]) -> AllowList:
    """Read all entries of an allow-list; raises Refused, naming the first entry that cannot be understood."""
    hosts: set[tuple[str, int | None]] = set()
    networks: list[tuple[Network, int | None]] = []
    for entry in sorted(entries):
        target, port = _parse(entry)
        if isinstance(target, str):
            hosts.add((target, port))
        else:
            networks.append((target, port))
    return AllowList(frozenset(hosts), tuple(networks))


def _parse(entry: str) -> tuple[str | Network, int | None]:
    text = entry.strip().lower()
    found = _ENTRY.fullmatch(text) or _BARE_SIX.fullmatch(text)
    if found is None:
        raise _unreadable(entry)
    part = found.groupdict()
    port = int(part["port"]) if part.get("port") else None
    if port is not None and not 0 < port < 65536:
        raise _unreadable(entry)
    host = part.get("host")
    if host is not None and not looks_numeric(host):
        if part["length"] or not is_name(host):
            raise _unreadable(entry)
        return host.rstrip("."), port
    return _network(entry, part["six"] or host or "", (part.get("inner"), part["length"])), port


def _network(entry: str, address: str, lengths: Iterable[str | None]) -> Network:
    given = [length for length in lengths if length]
    if len(given) > 1:
        raise _unreadable(entry)
    try:
        return ip_network("/".join([address, *given]))
    except ValueError as error:
        raise _unreadable(entry) from error


def _unreadable(entry: str) -> Refused:
    return Refused(
        f'The allow-list entry "{entry}" cannot be understood. Write a host or a network, with a port if only '
        "that one is meant: shop.internal, shop.internal:8443, 10.1.0.0/16, 10.1.2.3:8080 or [fd00::/8]:443."
    )
