"""A visitor's token: known again, or nothing."""

import base64
import json

import pytest

from deskhand.adapters.vault import AesVault
from deskhand.application.visitor_tokens import Visit, VisitorTokens
from tests.clock import ScriptedClock

OLD, NEW = bytes(32), bytes(range(32))
WORKSPACE = "ws_0195563fc2807000a1b2c3d4e5f60718"
VISITOR = "vis_0195563fc2807000a1b2c3d4e5f60718"
VISIT = Visit(WORKSPACE, "sales", VISITOR)


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock()


@pytest.fixture
def tokens(clock: ScriptedClock) -> VisitorTokens:
    return VisitorTokens(AesVault([OLD]), clock)


def encoded(said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def test_a_token_names_its_visitor(tokens: VisitorTokens) -> None:
    assert tokens.read(tokens.issue(VISIT)) == VISIT


def test_every_fresh_visitor_is_another_one(tokens: VisitorTokens) -> None:
    assert tokens.fresh(WORKSPACE, "sales") != tokens.fresh(WORKSPACE, "sales")


def test_a_token_is_good_for_ninety_days(tokens: VisitorTokens, clock: ScriptedClock) -> None:
    token = tokens.issue(VISIT)
    clock.advance(days=89, hours=23)
    assert tokens.read(token) == VISIT
    clock.advance(hours=1)
    assert tokens.read(token) is None


def test_tokens_outlive_a_change_of_the_encryption_key(tokens: VisitorTokens, clock: ScriptedClock) -> None:
    token = tokens.issue(VISIT)
    rotating = VisitorTokens(AesVault([NEW, OLD]), clock)

    assert rotating.read(token) == VISIT
    assert VisitorTokens(AesVault([NEW]), clock).read(rotating.issue(VISIT)) == VISIT
    assert VisitorTokens(AesVault([NEW]), clock).read(token) is None


def test_nobody_becomes_another_visitor_by_editing_a_token(tokens: VisitorTokens, clock: ScriptedClock) -> None:
    mark, _, signature = tokens.issue(VISIT).split(".")
    for said in (
        [WORKSPACE, "sales", "vis_" + "0" * 32, clock.now()],
        [WORKSPACE, "support", VISITOR, clock.now()],
        ["ws_" + "0" * 32, "sales", VISITOR, clock.now()],
        [WORKSPACE, "sales", VISITOR, clock.now() + 10**12],
    ):
        assert tokens.read(f"{mark}.{encoded(said)}.{signature}") is None


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "dhv1..", "dhv1.a.b", "dhv1.é.b", "dhv2.a.b", "x" * 10_000, "dhv1." + "A" * 490 + ".b", "\0.\0.\0"],
)
def test_what_is_no_token_names_nobody(tokens: VisitorTokens, token: str) -> None:
    assert tokens.read(token) is None


def test_a_token_cut_short_anywhere_names_nobody(tokens: VisitorTokens) -> None:
    token = tokens.issue(VISIT)

    assert all(tokens.read(token[:length]) is None for length in range(len(token)))
