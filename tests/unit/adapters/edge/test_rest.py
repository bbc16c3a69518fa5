import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from deskhand.adapters.edge.rest import BadAddress, Declined, KeyRefused, RestClient, Unreachable

Answer = tuple[int, str, bytes]


class Echo(BaseHTTPRequestHandler):
    """Answers by the path; what it was sent comes back as JSON."""

    protocol_version = "HTTP/1.1"
    answers: dict[str, Answer] = {}

    def _answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        sent = {"method": self.command, "path": self.path, "headers": dict(self.headers), "body": content.decode()}
        status, kind, body = self.answers.get(self.path, (200, "application/json", json.dumps(sent).encode()))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    with ExitStack() as stack:

        def start(**answers: Answer) -> str:
            handler = type("Handler", (Echo,), {"answers": {f"/{path}": answer for path, answer in answers.items()}})
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
            stack.callback(server.shutdown)
            return f"127.0.0.1:{server.server_port}"

        yield start


def test_a_request_carries_key_and_json(serve: Callable[..., str]) -> None:
    sent = RestClient(serve(), "dh_key").request("POST", "/v1/x?a=1", {"text": "ü"})

    assert (sent["method"], sent["path"], json.loads(sent["body"])) == ("POST", "/v1/x?a=1", {"text": "ü"})
    assert sent["headers"]["Authorization"] == "Bearer dh_key"
    assert sent["headers"]["Content-Type"] == "application/json"
    bare = RestClient(serve(), None).request("GET", "/v1/x")
    assert not {"Authorization", "Content-Type"} & bare["headers"].keys()


def test_a_server_behind_a_prefix_is_reached(serve: Callable[..., str]) -> None:
    client = RestClient(f"http://{serve()}/desk/", None)

    assert client.request("GET", "/v1/x")["path"] == "/desk/v1/x"
    assert client.address.endswith("/desk")


@pytest.mark.parametrize(
    "url",
    [
        *("", "ftp://x", "http://", "http://:80", "http://x:99999", "http://x:0", "http://x:a", "http://[::1"),
        *("http://a b/", "http://u:p@x/", "http://x/?a=1", "http://x/#a", "http://x\r\n/", "http://ü/"),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadAddress, match="is no server's address: it should look like"):
        RestClient(url, None)


@pytest.mark.parametrize("key", ["dh_ü", "dh_a\nX: y", "dh_\x00"])
def test_a_key_that_could_forge_a_header_is_refused(key: str) -> None:
    with pytest.raises(BadAddress, match="holds characters that no key has"):
        RestClient("http://127.0.0.1:1", key)


def test_a_problem_is_told_in_its_own_words(serve: Callable[..., str]) -> None:
    problem = json.dumps({"title": "Not found", "detail": "There is no such run."}).encode()
    client = RestClient(
        serve(
            gone=(404, "application/problem+json", problem),
            broken=(502, "text/html", b"<h1>Bad gateway</h1>"),
            locked=(401, "application/problem+json", problem),
        ),
        None,
    )

    with pytest.raises(Declined, match=r"There is no such run\.") as declined:
        client.request("GET", "/gone")
    assert declined.value.status == 404
    with pytest.raises(Declined, match=r"The server answered 502\."):
        client.request("GET", "/broken")
    with pytest.raises(KeyRefused, match="give another with --key"):
        client.request("GET", "/locked")


def test_what_is_no_deskhand_is_told(serve: Callable[..., str]) -> None:
    client = RestClient(serve(page=(200, "text/html", b"<h1>Hi</h1>"), empty=(204, "", b"")), None)

    with pytest.raises(Unreachable, match="is no Deskhand"):
        client.request("GET", "/page")
    with pytest.raises(Unreachable, match="is no Deskhand"):
        client.follow("/page")
    with pytest.raises(Unreachable, match="is no Deskhand"):
        client.follow("/anything")
    assert client.request("GET", "/empty") is None


def test_the_events_of_a_stream_are_read_until_it_ends(serve: Callable[..., str]) -> None:
    body = b': alive\n\nevent: entry\nid: 1\ndata: {"seq": 1}\n\ndata: {"seq": 2}\n\ndata: {"se'
    client = RestClient(serve(events=(200, "text/event-stream; charset=utf-8", body)), None)

    stream = client.follow("/events")
    assert list(stream) == [("entry", {"seq": 1}), ("", {"seq": 2})]
    stream.close()


def test_plain_http_is_no_https(serve: Callable[..., str]) -> None:
    with pytest.raises(Unreachable, match="No Deskhand answers at https://127"):
        RestClient(f"https://{serve()}", None).request("GET", "/x")


def test_a_name_that_leads_nowhere_is_told() -> None:
    with pytest.raises(Unreachable, match="No Deskhand answers at http://name"):
        RestClient("name.invalid:80", None).request("GET", "/x")
    with pytest.raises(Unreachable, match="No Deskhand answers"):
        RestClient(f"http://{'a' * 70}.example", None).request("GET", "/x")
