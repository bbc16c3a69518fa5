"""What kind of address an IP address is: global ones may be called, every other kind is closed."""

from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network


class Kind(StrEnum):
    """Why an address is closed, as it stands in a sentence."""

    PRIVATE = "a private address"
    LOOPBACK = "a loopback address"
    SHARED = "a carrier's shared address"
    LINK_LOCAL = "a link-local address"
    METADATA = "a cloud's metadata address"
    UNSPECIFIED = "an unspecified address"
    MULTICAST = "a multicast address"
    DOCUMENTATION = "an address for documentation"
    RESERVED = "a reserved address"
    TRANSLATED = "an IPv6 form of an IPv4 address"
    ZONED = "an address with a zone"


OPENED_BY_NAME = frozenset({Kind.PRIVATE, Kind.LOOPBACK, Kind.SHARED})
"""The kinds that an internal host has. Every other kind is opened only by listing the address itself: a name's
answers can change, and an allow-listed name must never come to lead to a cloud's credentials."""

# The first match counts, so the narrower network stands first. Written out because the standard library's
# `is_global` calls multicast, 6to4 and NAT64 global, and changed between releases.
_CLOSED: tuple[tuple[Network, Kind], ...] = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("100.100.100.200/32", Kind.METADATA),  # Alibaba
        ("168.63.129.16/32", Kind.METADATA),  # Azure
        ("169.254.169.254/32", Kind.METADATA),
        ("169.254.170.2/32", Kind.METADATA),  # containers on AWS
        ("192.0.0.192/32", Kind.METADATA),  # Oracle
        ("0.0.0.0/32", Kind.UNSPECIFIED),
        ("0.0.0.0/8", Kind.RESERVED),
        ("10.0.0.0/8", Kind.PRIVATE),
        ("100.64.0.0/10", Kind.SHARED),
        ("127.0.0.0/8", Kind.LOOPBACK),
        ("169.254.0.0/16", Kind.LINK_LOCAL),
        ("172.16.0.0/12", Kind.PRIVATE),
        ("192.0.0.0/24", Kind.RESERVED),
        ("192.0.2.0/24", Kind.DOCUMENTATION),
        ("192.88.99.0/24", Kind.RESERVED),  # relays of 6to4
        ("192.168.0.0/16", Kind.PRIVATE),
        ("198.18.0.0/15", Kind.RESERVED),  # measuring networks
        ("198.51.100.0/24", Kind.DOCUMENTATION),
        ("203.0.113.0/24", Kind.DOCUMENTATION),
        ("224.0.0.0/4", Kind.MULTICAST),
        ("240.0.0.0/4", Kind.RESERVED),
        ("fd00:ec2::/32", Kind.METADATA),  # AWS
        ("fd20:ce::254/128", Kind.METADATA),  # Google
        ("::/128", Kind.UNSPECIFIED),
        ("::1/128", Kind.LOOPBACK),
        ("::ffff:0:0/96", Kind.TRANSLATED),  # mapped
        ("::/96", Kind.TRANSLATED),  # compatible
        ("64:ff9b::/96", Kind.TRANSLATED),  # NAT64
        ("64:ff9b:1::/48", Kind.TRANSLATED),  # NAT64 inside a network
        ("2001::/32", Kind.TRANSLATED),  # Teredo
        ("2002::/16", Kind.TRANSLATED),  # 6to4
        ("2001:db8::/32", Kind.DOCUMENTATION),
        ("3fff::/20", Kind.DOCUMENTATION),
        ("2001::/23", Kind.RESERVED),  # protocol assignments
        ("fc00::/7", Kind.PRIVATE),
        ("fe80::/10", Kind.LINK_LOCAL),
        ("ff00::/8", Kind.MULTICAST),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")


@lru_cache(maxsize=4096)
def read_address(text: str) -> Address:
    """An address from its usual text form; ValueError for all else, legacy forms such as `127.1` too."""
    return ip_address(text)


@lru_cache(maxsize=4096)
def closed_kind(address: Address) -> Kind | None:
    """Why an address is closed, or None for a global one."""
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return Kind.ZONED
    for network, kind in _CLOSED:
        if address.version == network.version and address in network:
            return kind
    if isinstance(address, IPv6Address) and address not in _GLOBAL_V6:
        return Kind.RESERVED
    return None
