import pytest

from deskhand.adapters.edge.addresses import read_address
from deskhand.adapters.edge.allow_list import parse_allow_list
from deskhand.ports.http import Refused


@pytest.mark.parametrize(
    ("entry", "host", "port"),
    [
        ("shop.internal", "shop.internal", 80),
        ("shop.internal", "shop.internal", 8443),
        ("shop.internal:8443", "shop.internal", 8443),
        (" Shop.Internal. ", "shop.internal", 80),
        ("orders_db", "orders_db", 80),
    ],
)
def test_a_host_entry_opens_the_host(entry: str, host: str, port: int) -> None:
    assert parse_allow_list(frozenset({entry})).names(host, port)


@pytest.mark.parametrize(
    ("entry", "host", "port"),
    [
        ("shop.internal:8443", "shop.internal", 443),
        ("shop.internal", "www.shop.internal", 80),
        ("shop.internal", "internal", 80),
        ("10.0.0.0/8", "shop.internal", 80),
    ],
)
def test_a_host_entry_opens_nothing_else(entry: str, host: str, port: int) -> None:
    assert not parse_allow_list(frozenset({entry})).names(host, port)


@pytest.mark.parametrize(
    ("entry", "address", "port"),
    [
        ("10.1.2.3", "10.1.2.3", 1),
        ("10.1.2.3:8080", "10.1.2.3", 8080),
        ("10.0.0.0/8", "10.200.0.1", 80),
        ("10.0.0.0/8:8080", "10.200.0.1", 8080),
        ("fd00::1", "fd00::1", 80),
        ("fd00::/8", "fd12::1", 80),
        ("[fd00::1]", "fd00::1", 80),
        ("[fd00::1]:8080", "fd00::1", 8080),
        ("[fd00::/8]:8080", "fd12::1", 8080),
        ("[fd00::]/8:8080", "fd12::1", 8080),
        ("FD00::1", "fd00:0:0::1", 80),
        ("::1", "::1", 80),
    ],
)
def test_a_network_entry_opens_its_addresses(entry: str, address: str, port: int) -> None:
    assert parse_allow_list(frozenset({entry})).covers(read_address(address), port)


@pytest.mark.parametrize(
    ("entry", "address", "port"),
    [
        ("10.1.2.3:8080", "10.1.2.3", 80),
        ("10.1.2.3", "10.1.2.4", 80),
        ("10.0.0.0/8:8080", "10.0.0.1", 8081),
        ("10.0.0.0/8", "::ffff:10.0.0.1", 80),
        ("fd00::/8", "10.0.0.1", 80),
        ("::/0", "10.0.0.1", 80),
        ("0.0.0.0/0", "fd00::1", 80),
    ],
)
def test_a_network_entry_opens_nothing_else(entry: str, address: str, port: int) -> None:
    assert not parse_allow_list(frozenset({entry})).covers(read_address(address), port)


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "http://shop.internal",
        "shop.internal/path",
        "shop.internal/8",
        "*.internal",
        "shop.internal:",
        "shop.internal:0",
        "shop.internal:70000",
        "user@shop.internal",
        "127.1",
        "0x7f000001",
        "2130706433",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "[fd00::/8]/8",
        "[shop.internal]",
        "fe80::1%eth0",
        "shop internal",
        "[fd00::1",
    ],
)
def test_an_entry_that_cannot_be_understood_refuses_and_is_named(entry: str) -> None:
    with pytest.raises(Refused, match="cannot be understood") as refusal:
        parse_allow_list(frozenset({"shop.internal", entry}))
    assert f'"{entry}"' in refusal.value.sentence
