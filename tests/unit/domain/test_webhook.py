"""Webhooks: addresses that are taken, entries that are events, and how a delivery is signed."""

import base64
import hashlib
import hmac
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from deskhand.domain.webhook import EVENTS, SECRET_PREFIX, Webhook, event_of, is_signed, signature


def webhook(**fields: Any) -> Webhook:
    known: dict[str, Any] = {"slug": "crm", "url": "https://a.example/x", "events": ["run.completed"], "secret": "S"}
    return Webhook.model_validate({**known, **fields})


def test_a_signature_is_that_of_the_standards_own_example() -> None:
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}'
    )

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(
    key=st.binary(min_size=24, max_size=64),
    delivery=st.text(max_size=20),
    seconds=st.integers(0, 2**40),
    body=st.text(max_size=50),
)
def test_any_signature_is_checked_by_the_standards_steps(key: bytes, delivery: str, seconds: int, body: str) -> None:
    signed = signature(SECRET_PREFIX + base64.b64encode(key).decode(), delivery, seconds, body)

    version, _, given = signed.partition(",")
    digest = hmac.new(
        key, b".".join([delivery.encode(), str(seconds).encode(), body.encode()]), hashlib.sha256
    ).digest()
    assert version == "v1"
    assert base64.b64decode(given, validate=True) == digest


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://a.example/hooks?x=1", "https://a.example/hooks?x=1"),
        (" a.example/hooks ", "https://a.example/hooks"),
        ("http://10.0.0.1:8080/", "http://10.0.0.1:8080/"),
    ],
)
def test_an_address_is_completed(url: str, whole: str) -> None:
    assert webhook(url=url).url == whole


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example", "https://", "https://me:pw@a.example", "https://me@a.example", "http://[", "https://a b"],
)
def test_what_is_no_address_or_holds_a_password_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="must be an address"):
        webhook(url=url)


def test_only_events_that_there_are_can_be_asked_for() -> None:
    for events in ([], ["run.exploded"], ["*"]):
        with pytest.raises(ValidationError):
            webhook(events=events)


@pytest.mark.parametrize(
    ("kind", "body", "event"),
    [
        ("run_ended", {"outcome": "completed"}, "run.completed"),
        ("run_ended", {"outcome": "escalated"}, "run.escalated"),
        ("run_ended", {"outcome": "cancelled"}, "run.cancelled"),
        ("run_ended", {"outcome": "failed"}, "run.failed"),
        ("run_ended", {"outcome": "exploded"}, None),
        ("run_ended", {}, None),
        ("handed_over", {}, "conversation.handed_over"),
        ("taken_over", {}, "conversation.handed_over"),
        ("resolved", {}, "conversation.resolved"),
        ("approval_requested", {}, "approval.requested"),
        ("approval_closed", {}, "approval.closed"),
        ("ticket", {}, "ticket.created"),
        ("lead", {}, "lead.created"),
        ("guarded", {}, "action.refused"),
        ("said", {}, None),
        ("call_http", {}, None),
    ],
)
def test_entries_are_events_or_none(kind: str, body: dict[str, Any], event: str | None) -> None:
    assert event_of(kind, body) == event
    assert event is None or event in EVENTS


# what is signed by others

NOW = 1_790_000_000_000
SIGNS = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def _signed(at: int = NOW, body: str = "{}", **changed: str) -> bool:
    seconds = at // 1000
    sent = {"delivery": "m1", "timestamp": str(seconds), "signatures": signature(SIGNS, "m1", seconds, body)}
    return is_signed(SIGNS, **{**sent, **changed}, body="{}", now=NOW)


def test_a_signature_of_ours_is_right() -> None:
    assert _signed()
    assert _signed(NOW - 300_000)
    assert _signed(NOW + 300_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": NOW - 301_000},
        {"at": NOW + 301_000},
        {"body": "{ }"},
        {"delivery": "m2"},
        {"timestamp": "1"},
        {"timestamp": ""},
        {"timestamp": "-5"},
        {"timestamp": "١"},
        {"timestamp": "9" * 400},
        {"signatures": ""},
        {"signatures": "v1,"},
        {"signatures": "ünsigned"},
    ],
    ids=str,
)
def test_anything_else_is_not(wrong: dict[str, Any]) -> None:
    assert not _signed(**wrong)


def test_one_right_signature_among_a_few_is_enough() -> None:
    right = signature(SIGNS, "m1", NOW // 1000, "{}")

    assert _signed(signatures=f"v1,AAAA v1a,BBBB {right}")
    assert not _signed(signatures="v1,AAAA " * 100 + right)
