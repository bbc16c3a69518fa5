import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from deskhand.adapters.edge.allow_list import parse_allow_list
from deskhand.adapters.edge.policy import Origin, Policy, read_origin
from deskhand.ports.http import Refused

SSRF = Path(__file__).parents[5] / "shared/workloads/security/ssrf/patt_ssrf_urls.json"
PUBLIC = ("93.184.216.34", "2606:4700::1111")


def policy(*allowed: str) -> Policy:
    return Policy(parse_allow_list(frozenset(allowed)))


def check(url: str, *addresses: str, allowed: tuple[str, ...] = ()) -> None:
    origin = read_origin(url)
    policy(*allowed).check_origin(origin)
    policy(*allowed).check_addresses(origin, addresses or (origin.host,))


@pytest.mark.parametrize(
    ("url", "host", "port", "plain"),
    [
        ("https://shop.example/orders?id=1", "shop.example", 443, False),
        ("HTTPS://Shop.Example:8443/", "shop.example", 8443, False),
        ("http://shop.example.", "shop.example", 80, True),
        ("https://[2606:4700::1111]:8443/x", "2606:4700::1111", 8443, False),
        ("https://8.8.8.8", "8.8.8.8", 443, False),
        ("https://xn--bcher-kva.example?q[]=%20", "xn--bcher-kva.example", 443, False),
        ("https://a_b.example/#part", "a_b.example", 443, False),
        ("https://1password.example/", "1password.example", 443, False),
    ],
)
def test_a_url_leads_to_its_origin(url: str, host: str, port: int, plain: bool) -> None:
    origin = read_origin(url)
    assert (origin.host, origin.port, origin.plain) == (host, port, plain)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "must be absolute"),
        ("/orders", "must be absolute"),
        ("//shop.example/", "must be absolute"),
        ("shop.example/orders", "must be absolute"),
        ("ftp://shop.example/", "must be absolute"),
        ("file:///etc/passwd", "must be absolute"),
        ("gopher://127.0.0.1:25/_x", "must be absolute"),
        (" https://shop.example/", "must be absolute"),
        ("https://user:secret@shop.example/", "user name or password"),
        ("https://@shop.example/", "user name or password"),
        ("https://shop.example\\@evil.example/", "user name or password"),
        ("https:///orders", "cannot be read"),
        ("https:/shop.example", "must be absolute"),
        ("https://shop.example:/", "cannot be read"),
        ("https://shop.example:0/", "port for shop.example is not valid"),
        ("https://shop.example:65536/", "host or port is not valid"),
        ("https://shop.example:80:90/", "cannot be read"),
        ("https://shop.example/a b", "cannot be read"),
        ("https://shop.example/a\\b", "cannot be read"),
        ("https://shop.example/\r\nX: y", "cannot be read"),
        ("https://shop.example/\x00", "cannot be read"),
        ("https://shop.example\t/", "cannot be read"),
        ("https://shop.example/é", "cannot be read"),
        ("https://bücher.example/", "cannot be read"),
        ("https://%31%32%37.0.0.1/", "cannot be read"),
        ("https://①②⑦.0.0.1/", "cannot be read"),
        ("https://127。0。0。1/", "cannot be read"),
        ("https://[fe80::1%25eth0]/", "cannot be read"),
        ("https://[fe80::1%eth0]/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://[v1.x]/", "cannot be read"),
        ("https://[::1]x/", "cannot be read"),
        ("https://[1.2.3.4]/", "not valid"),
        ("https://a..b/", "not a valid name"),
        ("https://-a.example/", "not a valid name"),
        ("https://.example/", "not a valid name"),
        (f"https://{'a' * 64}.example/", "not a valid name"),
        (f"https://{'a.' * 127}example/", "not a valid name"),
    ],
)
def test_a_url_that_cannot_be_trusted_is_refused(url: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_origin(url)


@pytest.mark.parametrize(
    "host",
    [
        "0",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "0x",
        "1.2.3.256",
        "127.0.0.1.",
        "127.0.0.01",
        "1.2.3.4.5",
        "shop.0x7f",
        "4294967296",
        "0X7F.1",
    ],
)
def test_unusual_forms_of_an_ip_address_are_refused(host: str) -> None:
    with pytest.raises(Refused, match=r"unusual form of an IP address"):
        read_origin(f"https://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.5",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:53aa:64c::1]",
        "[0:0:0:0:0:ffff:8.8.8.8]",
    ],
)
def test_a_literal_address_that_is_not_global_is_refused_before_anything_is_resolved(host: str) -> None:
    with pytest.raises(Refused, match="allow-list has"):
        policy().check_origin(read_origin(f"https://{host}:8443/"))


def test_a_name_is_refused_when_a_single_one_of_its_addresses_is_not_global() -> None:
    check("https://shop.example/", *PUBLIC)
    with pytest.raises(Refused, match=r"shop\.example resolves to 10\.0\.0\.5, a private address"):
        check("https://shop.example/", *PUBLIC, "10.0.0.5")


def test_a_refusal_says_what_to_put_on_the_allow_list() -> None:
    with pytest.raises(Refused, match=r"unless the workspace's allow-list has shop\.internal:8443\.$"):
        check("https://shop.internal:8443/", "10.0.0.5")
    with pytest.raises(Refused, match=r"unless the workspace's allow-list has 169\.254\.169\.254:443\.$"):
        check("https://shop.internal/", "169.254.169.254", allowed=("shop.internal",))


@pytest.mark.parametrize("entry", ["shop.internal", "shop.internal:8443", "10.0.0.0/8", "10.0.0.5:8443"])
def test_the_allow_list_opens_an_internal_host(entry: str) -> None:
    check("https://shop.internal:8443/", "10.0.0.5", allowed=(entry,))


@pytest.mark.parametrize("entry", ["shop.internal:443", "other.internal", "10.0.0.0/24:443", "192.168.0.0/16"])
def test_the_allow_list_opens_nothing_that_it_does_not_name(entry: str) -> None:
    with pytest.raises(Refused, match="a private address"):
        check("https://shop.internal:8443/", "10.0.0.5", allowed=(entry,))


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:10.0.0.5", "fd00:ec2::254"]
)
def test_a_listed_name_cannot_come_to_lead_to_what_no_internal_host_has(address: str) -> None:
    with pytest.raises(Refused, match=r"shop\.internal resolves to"):
        check("https://shop.internal/", address, allowed=("shop.internal",))


def test_a_metadata_address_is_open_only_when_it_is_listed_itself() -> None:
    check("http://169.254.169.254/", allowed=("169.254.169.254:80",))


def test_an_address_with_a_zone_is_refused_even_inside_a_listed_network() -> None:
    with pytest.raises(Refused, match="nothing is ever sent there"):
        check("https://shop.internal/", "fe80::1%eth0", allowed=("fe80::/10",))


def test_plain_http_is_for_listed_hosts_only() -> None:
    with pytest.raises(Refused, match="over plain http://"):
        policy().check_origin(read_origin("http://shop.example/"))
    with pytest.raises(Refused, match="over plain http://"):
        policy().check_origin(read_origin("http://8.8.8.8/"))
    with pytest.raises(Refused, match="over plain http://"):
        check("http://shop.example/", "10.0.0.5", *PUBLIC, allowed=("10.0.0.0/8",))
    check("http://shop.example/", *PUBLIC, allowed=("shop.example:80",))
    check("http://shop.internal/", "10.0.0.5", allowed=("10.0.0.0/8",))
    check("http://8.8.8.8/", allowed=("8.8.8.8",))


URLS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTP:/", "//"]),
    st.sampled_from(["shop.example", "10.0.0.5", "[::1]", "127.1", "user@shop.example", "a:80"]),
    st.text(alphabet="/?#@:\\.[]%;a1 é", max_size=8),
)


@given(URLS)
def test_an_accepted_url_has_the_same_host_for_every_parser(url: str) -> None:
    try:
        origin = read_origin(url)
    except Refused:
        return
    port = 80 if origin.plain else 443
    split, parsed = urlsplit(url), URL(url)
    assert ((split.hostname or "").rstrip("."), split.port or port) == (origin.host, origin.port)
    assert ((parsed.raw_host or "").rstrip("."), parsed.port) == (origin.host, origin.port)


def known_attacks() -> list[str]:
    return [entry["url"] for entry in json.loads(SSRF.read_text())] if SSRF.exists() else []


@pytest.mark.skipif(not SSRF.exists(), reason=f"the collection of attacks is not beside the project: {SSRF.name}")
def test_of_the_known_attacks_only_https_to_a_name_gets_as_far_as_resolving() -> None:
    open_to_question: dict[str, Origin] = {}
    for url in known_attacks():
        try:
            origin = read_origin(url)
            policy().check_origin(origin)
        except Refused:
            continue
        open_to_question[url] = origin
    assert len(known_attacks()) > len(open_to_question)
    assert all(not origin.plain and origin.address is None for origin in open_to_question.values())
