from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.adapters.edge.addresses import Kind, closed_kind, read_address


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", Kind.LOOPBACK),
        ("127.255.255.254", Kind.LOOPBACK),
        ("::1", Kind.LOOPBACK),
        ("10.0.0.1", Kind.PRIVATE),
        ("172.16.0.1", Kind.PRIVATE),
        ("172.31.255.255", Kind.PRIVATE),
        ("192.168.1.1", Kind.PRIVATE),
        ("fd12:3456::1", Kind.PRIVATE),
        ("100.64.0.1", Kind.SHARED),
        ("100.127.255.255", Kind.SHARED),
        ("169.254.1.1", Kind.LINK_LOCAL),
        ("fe80::1", Kind.LINK_LOCAL),
        ("169.254.169.254", Kind.METADATA),
        ("169.254.170.2", Kind.METADATA),
        ("168.63.129.16", Kind.METADATA),
        ("100.100.100.200", Kind.METADATA),
        ("192.0.0.192", Kind.METADATA),
        ("fd00:ec2::254", Kind.METADATA),
        ("fd20:ce::254", Kind.METADATA),
        ("0.0.0.0", Kind.UNSPECIFIED),
        ("::", Kind.UNSPECIFIED),
        ("224.0.0.1", Kind.MULTICAST),
        ("239.255.255.250", Kind.MULTICAST),
        ("ff0e::1", Kind.MULTICAST),
        ("192.0.2.1", Kind.DOCUMENTATION),
        ("2001:db8::1", Kind.DOCUMENTATION),
        ("3fff::1", Kind.DOCUMENTATION),
        ("0.1.2.3", Kind.RESERVED),
        ("198.18.0.1", Kind.RESERVED),
        ("240.0.0.1", Kind.RESERVED),
        ("255.255.255.255", Kind.RESERVED),
        ("fec0::1", Kind.RESERVED),
        ("100::1", Kind.RESERVED),
        ("5f00::1", Kind.RESERVED),
        ("::ffff:8.8.8.8", Kind.TRANSLATED),
        ("::8.8.8.8", Kind.TRANSLATED),
        ("64:ff9b::8.8.8.8", Kind.TRANSLATED),
        ("64:ff9b:1::1", Kind.TRANSLATED),
        ("2002:808:808::1", Kind.TRANSLATED),
        ("2001:0:4136:e378::1", Kind.TRANSLATED),
        ("fe80::1%eth0", Kind.ZONED),
        ("2600::1%1", Kind.ZONED),
    ],
)
def test_an_address_that_is_not_global_is_closed(address: str, kind: Kind) -> None:
    assert closed_kind(read_address(address)) is kind


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::1"]
)
def test_a_global_address_is_open(address: str) -> None:
    assert closed_kind(read_address(address)) is None


@given(st.integers(min_value=0, max_value=2**32 - 1).map(IPv4Address))
def test_nothing_is_open_that_the_standard_library_knows_to_be_closed(address: IPv4Address) -> None:
    assert closed_kind(address) is not None or (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:", "::", "64:ff9b::"]))
def test_an_ipv4_address_in_an_ipv6_form_is_never_open(address: IPv4Address, prefix: str) -> None:
    assert closed_kind(ip_address(f"{prefix}{address}")) is not None


@pytest.mark.parametrize("text", ["127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "1.2.3.4.", "", "[::1]"])
def test_an_unusual_form_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        read_address(text)
