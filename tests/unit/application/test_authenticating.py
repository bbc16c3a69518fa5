"""Credentials right before the wire, and access tokens: fetched once, renewed in time, refused in clear words."""

import asyncio
import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest

from deskhand.application.authenticating import CannotAuthenticate, with_credential
from deskhand.application.catalogue import Catalogues
from deskhand.application.granting import NoToken
from deskhand.application.tokens import Tokens
from deskhand.domain.authentication import (
    BasicAuth,
    BearerAuth,
    BodyAuth,
    ClientCredentials,
    HeaderAuth,
    OAuth,
    QueryAuth,
    RefreshToken,
)
from deskhand.ports.http import Answer, NotSent, OutcomeUnknown, OutwardRequest, Refused
from deskhand.ports.stores import NotFound, StorageFailed
from tests.clock import ScriptedClock

CLIENT = ClientCredentials(
    kind="oauth2_client_credentials", token_url="https://login.example/token", client_id="me", secret="CLIENT"
)
REFRESH = RefreshToken(
    kind="oauth2_refresh_token", token_url="https://login.example/token", client_id="me", refresh_secret="REFRESH"
)
FORM = "application/x-www-form-urlencoded"
SECRET = "c4nary/+secret"


def post(body: str | None = None, kind: str = "application/json", url: str = "https://api.example/x") -> OutwardRequest:
    return OutwardRequest("POST", url, {"content-type": kind}, None if body is None else body.encode())


# where a credential goes


def test_a_header_takes_the_place_of_one_that_was_written() -> None:
    request = OutwardRequest("GET", "https://api.example", {"AUTHORIZATION": "old", "X-Other": "kept"})
    sent = with_credential(request, BearerAuth(kind="bearer", secret="S"), SECRET)

    assert sent.headers == {"X-Other": "kept", "Authorization": f"Bearer {SECRET}"}


def test_basic_takes_any_sign_in_a_password() -> None:
    sent = with_credential(post(), BasicAuth(kind="basic", username="Zoë", secret="S"), "pass:wörd")

    assert base64.b64decode(sent.headers["Authorization"].removeprefix("Basic ")).decode() == "Zoë:pass:wörd"


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://a.example", "https://a.example?key=c4nary%2F%2Bsecret"),
        ("https://a.example/x?a=b", "https://a.example/x?a=b&key=c4nary%2F%2Bsecret"),
        ("https://a.example/x#part", "https://a.example/x?key=c4nary%2F%2Bsecret#part"),
    ],
)
def test_a_parameter_goes_behind_the_others(url: str, whole: str) -> None:
    assert with_credential(post(url=url), QueryAuth(kind="query", name="key", secret="S"), SECRET).url == whole


@pytest.mark.parametrize(
    ("body", "kind", "sent"),
    [
        ("{}", "application/json", '{"key":"c4nary/+secret"}'),
        (' {"a": 1.50} \n', "application/json; charset=utf-8", ' {"a": 1.50,"key":"c4nary/+secret"}'),
        (None, FORM, "key=c4nary%2F%2Bsecret"),
        ("a=1", f"{FORM}; charset=utf-8", "a=1&key=c4nary%2F%2Bsecret"),
    ],
)
def test_a_field_is_put_behind_what_was_approved(body: str | None, kind: str, sent: str) -> None:
    request = with_credential(post(body, kind), BodyAuth(kind="body", name="key", secret="S"), SECRET)

    assert (request.body or b"").decode() == sent


@pytest.mark.parametrize("body", [None, "", "[1]", '"text"', "{", "{} {}"])
def test_a_field_needs_an_object_or_a_form(body: str | None) -> None:
    with pytest.raises(CannotAuthenticate, match="takes a JSON object or a form") as told:
        with_credential(post(body), BodyAuth(kind="body", name="key", secret="S"), SECRET)

    assert SECRET not in told.value.sentence


def test_a_field_that_is_there_already_is_not_overwritten() -> None:
    with pytest.raises(CannotAuthenticate, match="has a field `key` already"):
        with_credential(post('{"key": 1}'), BodyAuth(kind="body", name="key", secret="S"), SECRET)


def test_a_header_of_any_name_is_set() -> None:
    sent = with_credential(post(), HeaderAuth(kind="header", name="X-Key", secret="S"), SECRET)

    assert sent.headers["X-Key"] == SECRET


# tokens


@dataclass
class Login:
    """A token server; answers what is in its plan, then tokens with numbers."""

    plan: list[Answer | Exception] = field(default_factory=list)
    asked: list[OutwardRequest] = field(default_factory=list)
    life: Any = 3600
    rotates: bool = False
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        self.asked.append(request)
        number = len(self.asked)
        await self.open.wait()
        if self.plan:
            now = self.plan.pop(0)
            if isinstance(now, Exception):
                raise now
            return now
        more = {"refresh_token": f"refresh-{number}"} if self.rotates else {}
        return told(200, {"access_token": f"access-{number}", "token_type": "bearer", "expires_in": self.life, **more})

    async def close(self) -> None:
        """Nothing is open."""

    def form(self, number: int = -1) -> dict[str, list[str]]:
        return parse_qs((self.asked[number].body or b"").decode())


def told(status: int, body: Any) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {"content-type": "application/json"}, content, 1)


class Safe(Catalogues):
    """Keeps secrets in memory."""

    def __init__(self) -> None:
        self.secrets = {"CLIENT": SECRET, "REFRESH": "refresh-0"}
        self.full = False

    async def stored_secret(self, workspace: str, name: str) -> str:
        if name not in self.secrets:
            raise NotFound(f"The secret `{name}` does not exist: store it, or use another one.")
        return self.secrets[name]

    async def replace_secret(self, workspace: str, name: str, value: str) -> None:
        if self.full:
            raise StorageFailed("The disk is full.")
        self.secrets[name] = value


@dataclass
class Bank:
    tokens: Tokens
    login: Login
    safe: Safe
    clock: ScriptedClock

    async def token(self, auth: OAuth = CLIENT, workspace: str = "ws_1") -> str:
        return (await self.tokens.lease(workspace, auth, frozenset())).token.value


@pytest.fixture
def bank() -> Bank:
    login, safe, clock = Login(), Safe(), ScriptedClock()
    login.open.set()
    return Bank(Tokens(login, safe, clock), login, safe, clock)


async def test_a_token_is_fetched_once_however_many_wait(bank: Bank) -> None:
    bank.login.open.clear()
    waiting = [asyncio.create_task(bank.token()) for _ in range(32)]
    while not bank.login.asked:  # noqa: ASYNC110 - until the one request is out
        await asyncio.sleep(0)
    bank.login.open.set()

    assert set(await asyncio.gather(*waiting)) == {"access-1"}
    assert await bank.token() == "access-1"
    assert len(bank.login.asked) == 1


async def test_workspaces_and_authentications_share_no_token(bank: Bank) -> None:
    other = CLIENT.model_copy(update={"scope": "read"})

    assert [await bank.token(), await bank.token(workspace="ws_2"), await bank.token(other)] == [
        "access-1",
        "access-2",
        "access-3",
    ]


async def test_who_stops_waiting_breaks_nothing_off(bank: Bank) -> None:
    bank.login.open.clear()
    first, second = asyncio.create_task(bank.token()), asyncio.create_task(bank.token())
    while not bank.login.asked:  # noqa: ASYNC110 - until the one request is out
        await asyncio.sleep(0)
    first.cancel()
    bank.login.open.set()

    assert await second == "access-1"
    assert len(bank.login.asked) == 1


async def test_a_failure_is_told_to_all_who_wait_and_the_next_one_asks_again(bank: Bank) -> None:
    bank.login.plan = [told(400, {"error": "invalid_scope"})]
    failures = await asyncio.gather(*(bank.token() for _ in range(5)), return_exceptions=True)

    assert all(isinstance(one, NoToken) for one in failures)
    assert len(bank.login.asked) == 1
    assert await bank.token() == "access-2"


@pytest.mark.parametrize(
    ("life", "kept"),
    [
        (3600, 3540),
        ("3600", 3540),
        (100, 90),
        (None, 270),
        ("soon", 270),
        (0, 0),
        (-5, 0),
        ("nan", 270),
        (10**12, 30 * 86_400 - 60),
    ],
)
async def test_a_token_is_renewed_a_while_before_its_end(bank: Bank, life: Any, kept: int) -> None:
    bank.login.life = life
    await bank.token()
    bank.clock.advance(max(kept - 1, 0))
    assert await bank.token() == ("access-1" if kept else "access-2")
    bank.clock.advance(1)
    assert await bank.token() == ("access-2" if kept else "access-3")


async def test_a_refused_token_is_dropped_by_the_first_who_says_so(bank: Bank) -> None:
    await bank.token()
    leases = [await bank.tokens.lease("ws_1", CLIENT, frozenset()) for _ in range(3)]

    assert [bank.tokens.drop(one) for one in leases] == [True] * 3
    assert await bank.token() == "access-2"
    assert bank.tokens.drop(leases[0])  # an old one is no reason to forget the new one
    assert await bank.token() == "access-2"


async def test_a_token_that_was_just_fetched_is_not_fetched_again(bank: Bank) -> None:
    assert not bank.tokens.drop(await bank.tokens.lease("ws_1", CLIENT, frozenset()))


async def test_another_client_secret_asks_for_another_token(bank: Bank) -> None:
    await bank.token()
    bank.safe.secrets["CLIENT"] = "another"

    assert await bank.token() == "access-2"


@pytest.mark.parametrize(
    "again", [told(503, {}), told(429, b""), NotSent("Nobody is there."), OutcomeUnknown("Late.", "timeout")]
)
async def test_a_token_server_that_stumbles_is_asked_again(bank: Bank, again: Answer | Exception) -> None:
    bank.login.plan = [again, again]

    assert await bank.token() == "access-3"
    assert bank.clock.sleeps == [0.25, 0.5]


async def test_a_refused_address_is_not_asked_again(bank: Bank) -> None:
    bank.login.plan = [Refused("login.example is a private address. Nothing was sent.")]
    with pytest.raises(NoToken) as told_:
        await bank.token()

    assert told_.value.sentence == "No access token: login.example is a private address."
    assert bank.clock.sleeps == []


async def test_a_secret_that_is_missing_is_named_and_nothing_is_sent(bank: Bank) -> None:
    del bank.safe.secrets["CLIENT"]
    with pytest.raises(NotFound, match="`CLIENT` does not exist"):
        await bank.token()

    assert bank.login.asked == []


# refresh tokens


async def test_a_refresh_token_that_was_replaced_is_used_from_then_on(bank: Bank) -> None:
    bank.login.rotates = True
    for _ in range(3):
        await bank.token(REFRESH)
        bank.clock.advance(3600)

    assert [bank.login.form(number)["refresh_token"] for number in range(3)] == [
        ["refresh-0"],
        ["refresh-1"],
        ["refresh-2"],
    ]
    assert bank.safe.secrets["REFRESH"] == "refresh-3"
    assert "client_secret" not in bank.login.form()
    assert bank.login.form()["client_id"] == ["me"]


async def test_a_refresh_token_that_could_not_be_stored_is_not_lost(bank: Bank) -> None:
    bank.login.rotates = bank.safe.full = True
    for _ in range(2):
        with pytest.raises(StorageFailed):
            await bank.token(REFRESH)
    assert len(bank.login.asked) == 1  # the old one would not be taken any more
    bank.safe.full = False

    assert await bank.token(REFRESH) == "access-2"
    assert bank.login.form()["refresh_token"] == ["refresh-1"]
    assert bank.safe.secrets["REFRESH"] == "refresh-2"


async def test_a_refresh_token_that_somebody_stored_meanwhile_goes_first(bank: Bank) -> None:
    bank.login.rotates = bank.safe.full = True
    with pytest.raises(StorageFailed):
        await bank.token(REFRESH)
    bank.safe.full = False
    bank.safe.secrets["REFRESH"] = "by-hand"
    await bank.token(REFRESH)

    assert bank.login.form()["refresh_token"] == ["by-hand"]


# what a token server says


@pytest.mark.parametrize("style", ["header", "body"])
async def test_the_client_proves_itself_where_the_server_wants_it(bank: Bank, style: Any) -> None:
    await bank.token(CLIENT.model_copy(update={"style": style, "scope": "a b", "audience": "https://api.example"}))
    (request,) = bank.login.asked
    form = bank.login.form()

    assert (form["grant_type"], form["scope"], form["audience"]) == (
        ["client_credentials"],
        ["a b"],
        ["https://api.example"],
    )
    pair = base64.b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode()
    if style == "header":
        assert pair == "me:c4nary%2F%2Bsecret"
        assert "client_secret" not in form
    else:
        assert pair == ""
        assert (form["client_id"], form["client_secret"]) == (["me"], [SECRET])


BEGIN = "No access token: login.example "
NO_OBJECT = f"{BEGIN}answered 200, but what it answered is no JSON object. Check `token_url`."
NO_TOKEN = "No access token: the answer of login.example holds no usable `access_token`. Check `token_url`."
NO_BEARER = f"{BEGIN}gives tokens that are not of the type Bearer, which cannot be used."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            told(401, {"error": "invalid_client"}),
            f"{BEGIN}does not take the client id or its secret (invalid_client). Check both, and whether it wants them "
            "in the body (`style`).",
        ),
        (told(400, {"error": "invalid_scope"}), f"{BEGIN}does not give the scope `` (invalid_scope)."),
        (
            told(400, {"error": "unauthorized_client"}),
            f"{BEGIN}does not let this client have tokens in this way (unauthorized_client).",
        ),
        (told(400, {"error": "weird_thing"}), f"{BEGIN}answered 400 (weird_thing)."),
        (told(400, {"error": f"no {SECRET}"}), f"{BEGIN}answered 400."),
        (told(404, b"<html>"), f"{BEGIN}answered 404. Check `token_url`."),
        (
            told(400, {"error": "x", "error_description": f"Not {SECRET}, try\nanother."}),
            f"{BEGIN}answered 400 (x). It said: Not ••••••, try another.",
        ),
        (told(200, b"<html>"), NO_OBJECT),
        (told(200, []), NO_OBJECT),
        (told(200, {}), NO_TOKEN),
        (told(200, {"access_token": "two\nlines"}), NO_TOKEN),
        (told(200, {"access_token": "x", "token_type": "mac"}), NO_BEARER),
        (told(200, {"access_token": "x", "token_type": ["mac"]}), NO_BEARER),
    ],
)
async def test_what_a_token_server_refuses_is_told_with_what_to_do(bank: Bank, answer: Answer, sentence: str) -> None:
    bank.login.plan = [answer]
    with pytest.raises(NoToken) as refused:
        await bank.token()

    assert refused.value.sentence == sentence
    assert SECRET not in refused.value.sentence


async def test_a_refresh_token_that_ended_asks_for_a_new_agreement(bank: Bank) -> None:
    bank.login.plan = [told(400, {"error": "invalid_grant"})]
    with pytest.raises(NoToken, match="store the new refresh token in the secret `REFRESH`"):
        await bank.token(REFRESH)


async def test_no_token_shows_in_what_is_printed(bank: Bank) -> None:
    assert "access-1" not in repr(await bank.tokens.lease("ws_1", CLIENT, frozenset()))
