"""Acts over the wire: what an answer says about them, and what never leaves or comes back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from deskhand.application.answers import judge, read_body, scrub
from deskhand.application.authenticating import Authenticator
from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.performing import Performer
from deskhand.domain.authentication import BearerAuth
from deskhand.domain.effects import CallHttp, Perform
from deskhand.domain.events import EffectFailed, EffectSucceeded, EffectUnknown
from deskhand.domain.requests import Connection, RenderedRequest
from deskhand.ports.http import Answer, NotSent, OutcomeUnknown, OutwardRequest, Refused
from tests.clock import ScriptedClock

CONNECTION = Connection(
    slug="shop", base_url="https://shop.example", auth=BearerAuth(kind="bearer", secret="SHOP_TOKEN")
)
TOKEN = "s3cret/token+value"


def request(method: str = "POST", **changes: Any) -> RenderedRequest:
    reads = method == "GET"
    base = RenderedRequest(
        method=method,  # type: ignore[arg-type]
        url="https://shop.example/refunds",
        connection="shop",
        fingerprint=CONNECTION.fingerprint,
        read_only=reads,
        idempotent=reads or method in ("PUT", "DELETE"),
    )
    return base.model_copy(update=changes)


def perform(wanted: RenderedRequest, irreversible: bool = False) -> Perform:
    return Perform(run="run_1", seq=1, step="s", key="k1", act=CallHttp(request=wanted), irreversible=irreversible)


def answer(status: int = 200, body: Any = None, kind: str = "application/json", **headers: str) -> Answer:
    content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {"content-type": kind, **headers}, content, 3)


@dataclass
class Wire:
    """Plays answers and failures one after the other, and keeps what was sent."""

    play: list[Answer | Exception]
    sent: list[OutwardRequest] = field(default_factory=list)

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        self.sent.append(request)
        now = self.play.pop(0)
        if isinstance(now, Exception):
            raise now
        return now

    async def close(self) -> None:
        """Nothing is open."""


class Secrets(Catalogues):
    """Knows one secret."""

    def __init__(self) -> None:
        """There is no store behind it."""

    async def secret(self, workspace: str, snapshot: Snapshot, name: str) -> str:
        return {"SHOP_TOKEN": TOKEN}[name]


def snapshot(connections: Mapping[str, Connection] | None = None) -> Snapshot:
    given = {"shop": CONNECTION} if connections is None else dict(connections)
    return Snapshot(1, {}, {}, {}, given, frozenset(), {})


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock()


@pytest.fixture
def performing(clock: ScriptedClock) -> Callable[[Wire], Performer]:
    def made(wire: Wire) -> Performer:
        return Performer(wire, None, None, None, Authenticator(wire, Secrets(), clock), clock)  # type: ignore[arg-type]

    return made


async def test_a_call_carries_its_connections_credential_and_its_idempotency_key(performing: Any) -> None:
    wire = Wire([answer(201, {"id": 7})])
    done = await performing(wire).perform("ws", perform(request()), snapshot())
    assert isinstance(done.result, EffectSucceeded)
    assert done.result.output == {"id": 7}
    assert wire.sent[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert wire.sent[0].headers["Idempotency-Key"] == "k1"


async def test_a_changed_connection_never_gets_a_request_that_was_made_before(performing: Any) -> None:
    wire = Wire([])
    moved = CONNECTION.model_copy(update={"base_url": "https://elsewhere.example"})
    done = await performing(wire).perform("ws", perform(request()), snapshot({"shop": moved}))
    assert isinstance(done.result, EffectFailed)
    assert "was changed" in done.result.problem
    assert wire.sent == []


async def test_a_removed_connection_sends_nothing(performing: Any) -> None:
    wire = Wire([])
    done = await performing(wire).perform("ws", perform(request()), snapshot({}))
    assert isinstance(done.result, EffectFailed)
    assert wire.sent == []


async def test_a_read_is_repeated_with_growing_waits_and_then_fails(performing: Any, clock: ScriptedClock) -> None:
    wire = Wire([answer(503), OutcomeUnknown("reset"), answer(500)])
    done = await performing(wire).perform("ws", perform(request("GET")), snapshot())
    assert isinstance(done.result, EffectFailed)
    assert (len(wire.sent), done.tries) == (3, 3)
    assert clock.sleeps == [0.25, 0.5]


async def test_a_call_that_cannot_be_repeated_safely_is_sent_once_and_stays_unknown(performing: Any) -> None:
    for now in (OutcomeUnknown("the line dropped"), answer(500), answer(408)):
        wire = Wire([now])
        done = await performing(wire).perform("ws", perform(request()), snapshot())
        assert isinstance(done.result, EffectUnknown)
        assert len(wire.sent) == 1


async def test_a_repeatable_call_that_is_irreversible_is_never_repeated(performing: Any) -> None:
    wire = Wire([answer(503, **{"retry-after": "1"})])
    done = await performing(wire).perform("ws", perform(request("PUT"), irreversible=True), snapshot())
    assert isinstance(done.result, EffectUnknown)
    assert len(wire.sent) == 1


async def test_a_server_that_asks_to_wait_is_asked_again_after_that(performing: Any, clock: ScriptedClock) -> None:
    wire = Wire([answer(429, **{"retry-after": "7"}), answer(201, {"ok": True})])
    done = await performing(wire).perform("ws", perform(request()), snapshot())
    assert isinstance(done.result, EffectSucceeded)
    assert clock.sleeps == [7.0]


async def test_what_was_never_sent_has_failed_and_a_refused_address_is_not_tried_again(performing: Any) -> None:
    for now, tries in ((NotSent("refused"), 3), (Refused("private"), 1)):
        wire = Wire([now, now, now])
        done = await performing(wire).perform("ws", perform(request("GET")), snapshot())
        assert isinstance(done.result, EffectFailed)
        assert len(wire.sent) == tries


@pytest.mark.parametrize(
    ("body", "kind", "problem"),
    [
        (b"<html>hello</html>", "text/html", "HTML page"),
        (b'{"half": ', "application/json", "cannot be read"),
        (b"[" * 10_000, "application/json", "nested deeper"),
        (b"\xff\xfe\xff", "application/json; charset=utf-8", "cannot be decoded"),
        (b"x", "application/json; charset=no-such", "cannot be decoded"),
    ],
)
def test_an_unreadable_answer_fails_a_read_but_a_write_has_happened(body: bytes, kind: str, problem: str) -> None:
    came = answer(200, body, kind)
    read, wrote = (judge(perform(one), came, {}) for one in (request("GET"), request()))
    assert isinstance(read.result, EffectFailed)
    assert problem in read.result.problem
    assert isinstance(wrote.result, EffectSucceeded)
    assert wrote.result.output is None
    assert problem in (wrote.problem or "")


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422])
def test_a_definite_refusal_is_a_failure_with_the_servers_words(status: int) -> None:
    done = judge(perform(request()), answer(status, {"error": "No such order"}), {})
    assert isinstance(done.result, EffectFailed)
    assert done.result.status == status
    assert "No such order" in done.result.problem


def test_plain_text_and_nothing_are_answers_too() -> None:
    assert read_body(answer(200, b"fine", "text/plain"), {}) == ("fine", None)
    assert read_body(answer(204), {}) == (None, None)


@pytest.mark.parametrize("echo", [TOKEN.replace("/", r"\/"), "\\u0073" + TOKEN[1:]], ids=["a slash", "a letter"])
def test_a_secret_that_is_echoed_with_escapes_of_json_comes_back_by_name(echo: str) -> None:
    body = f'{{"you_sent": ["Bearer {echo}"], "{echo}": 1}}'.encode()
    found, problem = read_body(answer(body=body), {"SHOP_TOKEN": TOKEN})
    assert (found, problem) == ({"you_sent": ["Bearer [SHOP_TOKEN]"], "[SHOP_TOKEN]": 1}, None)


def test_an_echoed_secret_comes_back_by_name_in_every_form() -> None:
    echoes = [TOKEN, "s3cret%2Ftoken%2Bvalue", "czNjcmV0L3Rva2VuK3ZhbHVl", json.dumps(TOKEN)]
    for echo in echoes:
        assert TOKEN not in scrub(f"you sent {echo}", {"SHOP_TOKEN": TOKEN})
        assert "[SHOP_TOKEN]" in scrub(f"you sent {echo}", {"SHOP_TOKEN": TOKEN})
