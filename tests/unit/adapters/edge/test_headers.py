import pytest

from deskhand.adapters.edge.headers import harmless, wire_headers
from deskhand.adapters.edge.policy import read_origin
from deskhand.ports.http import Refused

SHOP = read_origin("https://shop.example:8443/")


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\x00b", "\x1b[0m", "a\x7f"])
def test_a_value_that_could_split_the_request_is_refused_without_being_shown(value: str) -> None:
    with pytest.raises(Refused, match="X-Note holds a line break or another control character") as refusal:
        wire_headers({"X-Note": value}, SHOP)
    assert value not in refusal.value.sentence


@pytest.mark.parametrize("name", ["", "X Note", "X-Note:", "X\r\nY", "X\x00", "Größe"])
def test_a_name_that_is_no_token_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="is not valid"):
        wire_headers({name: "x"}, SHOP)


def test_headers_about_the_connection_are_left_out() -> None:
    given = {"Connection": "keep-alive", "Content-Length": "3", "transfer-encoding": "chunked", "Accept-Encoding": "br"}
    assert wire_headers(given | {"Accept": "text/csv", "X-Tab": "a\tb"}, SHOP) == {
        "Accept": "text/csv",
        "X-Tab": "a\tb",
    }


@pytest.mark.parametrize("value", ["shop.example", "shop.example:8443", "Shop.Example"])
def test_a_host_header_that_repeats_the_url_is_left_out(value: str) -> None:
    assert wire_headers({"Host": value}, SHOP) == {}


def test_a_host_header_for_another_host_is_refused() -> None:
    with pytest.raises(Refused, match=r"header Host differs from the URL's host shop\.example"):
        wire_headers({"host": "intranet"}, SHOP)


def test_only_harmless_headers_go_to_another_origin() -> None:
    given = {
        "ACCEPT": "*/*",
        "User-Agent": "x",
        "Accept-Language": "de",
        "Authorization": "secret",
        "X-Api-Key": "secret",
    }
    assert harmless(given | {"Cookie": "secret"}) == {"ACCEPT": "*/*", "User-Agent": "x", "Accept-Language": "de"}
