import pytest

from deskhand.adapters.edge.redirects import redirect_location, redirected
from deskhand.ports.http import OutwardRequest, Refused

HEADERS = {"Authorization": "Bearer secret", "Accept": "text/csv", "Content-Type": "application/json"}


def call(method: str, body: bytes | None = None) -> OutwardRequest:
    return OutwardRequest(method, "https://shop.example/orders/1", HEADERS, body, idempotent=method != "POST")


@pytest.mark.parametrize(
    ("status", "location"), [(301, "/a"), (302, "/a"), (303, "/a"), (307, "/a"), (308, "/a"), (304, None), (200, None)]
)
def test_a_redirecting_status_leads_to_its_location(status: int, location: str | None) -> None:
    assert redirect_location(status, {"Location": "/a"}) == location


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/new", "https://shop.example/new"),
        ("2?x=1#part", "https://shop.example/orders/2?x=1"),
        ("../a%20b", "https://shop.example/a%20b"),
        ("//shop.example/x", "https://shop.example/x"),
        ("https://SHOP.example:443/x", "https://shop.example/x"),
        ("/größe", "https://shop.example/gr%C3%B6%C3%9Fe"),
    ],
)
def test_a_location_on_the_same_origin_keeps_everything(location: str, url: str) -> None:
    request = call("PUT", b"{}")
    following = redirected(request, 307, location)
    assert (following.url, following.method, following.body) == (url, "PUT", b"{}")
    assert following.headers == HEADERS


@pytest.mark.parametrize(
    ("method", "status"), [("POST", 301), ("POST", 302), ("POST", 303), ("PUT", 303), ("DELETE", 303)]
)
def test_a_redirect_that_turns_a_call_into_a_read_drops_the_body(method: str, status: int) -> None:
    following = redirected(call(method, b"{}"), status, "/done")
    assert (following.method, following.body, following.idempotent) == ("GET", None, True)
    assert "Content-Type" not in following.headers


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", 303), ("PUT", 301), ("PATCH", 302), ("POST", 307), ("POST", 308)]
)
def test_other_redirects_keep_the_method(method: str, status: int) -> None:
    assert redirected(call(method), status, "/new").method == method


@pytest.mark.parametrize(
    "location",
    ["https://cdn.example/x", "https://shop.example:8443/x", "http://shop.example/orders/1", "//evil.example/"],
)
def test_no_credential_crosses_origins(location: str) -> None:
    following = redirected(call("GET"), 302, location)
    assert following.headers == {"Accept": "text/csv"}


def test_a_credential_does_not_come_back_with_a_redirect_back() -> None:
    away = redirected(call("GET"), 302, "https://cdn.example/x")
    assert redirected(away, 302, "https://shop.example/orders/1").headers == {"Accept": "text/csv"}


@pytest.mark.parametrize(
    ("method", "body", "status"),
    [
        ("POST", b"{}", 307),
        ("POST", None, 308),
        ("PUT", b"{}", 307),
        ("PATCH", b"{}", 301),
        ("DELETE", None, 307),
        ("GET", b"{}", 302),
    ],
)
def test_a_body_or_a_change_does_not_cross_origins(method: str, body: bytes | None, status: int) -> None:
    with pytest.raises(Refused, match=rf"redirects this {method} to another origin, evil\.example:443"):
        redirected(call(method, body), status, "https://evil.example/")


def test_a_post_turned_into_a_read_crosses_without_body_and_credential() -> None:
    following = redirected(call("POST", b"{}"), 303, "https://cdn.example/done")
    assert (following.method, following.body, following.headers) == ("GET", None, {"Accept": "text/csv"})


@pytest.mark.parametrize(
    "location", ["ftp://shop.example/", "https://u:p@shop.example/", "http://[::1", "https://127.1/"]
)
def test_a_location_that_cannot_be_trusted_is_refused(location: str) -> None:
    with pytest.raises(Refused):
        redirected(call("GET"), 302, location)
