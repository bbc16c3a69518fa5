"""A step that uses an action is checked with the action's own request."""

import pytest

from deskhand.domain.actions import HttpAction
from deskhand.domain.requests import Connection

STEP = {"id": "act", "kind": "call", "action": "look-up", "on_error": "end"}


def action(**request):
    return HttpAction.model_validate(
        {
            "slug": "look-up",
            "name": "Look up",
            "description": "Looks an order up in the shop.",
            "variables": [
                {"name": "order_id", "example": "A1001", "default": "A1"},
                {"name": "detail", "required": False},
            ],
            "request": {"url": "https://api.example.com/orders/{{order_id}}", **request},
        }
    )


def codes(problems):
    return [one.code for one in problems]


def test_a_good_action_has_no_problem(checked) -> None:
    assert checked(STEP, around={"actions": {"look-up": action()}}) == []


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"url": "https://{{order_id}}/orders"}, "templated-origin"),
        ({"url": "http://api.example.com/orders"}, "plain-http"),
        ({"headers": {"Authorization": "Bearer abcdefgh12345678"}}, "literal-credential"),
        ({"headers": {"X-Key": "sk_live_abcdefgh1234"}}, "literal-credential"),
        ({"method": "POST", "body": '{"half": '}, "template"),
        ({"url": "https://api.example.com/{{nobody}}"}, "unknown-variable"),
        ({"url": "https://api.example.com/{{detail}}"}, "optional-in-path"),
        ({"url": "/orders", "connection": "nowhere"}, "unknown-connection"),
    ],
)
def test_what_is_wrong_with_an_action_is_told_at_the_step(checked, request_, code) -> None:
    [problem] = checked(STEP, around={"actions": {"look-up": action(**request_)}})
    assert (problem.code, problem.step, problem.severity) == (code, "act", "error")
    assert "`look-up`" in problem.sentence


def test_an_argument_that_the_action_does_not_declare_is_told(checked) -> None:
    problems = checked(STEP | {"arguments": {"ordr": "A1"}}, around={"actions": {"look-up": action()}})
    assert codes(problems) == ["argument"]


@pytest.mark.parametrize(
    ("base_url", "code"),
    [
        ("http://api.example.com", "plain-http"),
        ("https://{{host}}", "url"),
        ("ftp://api.example.com", "url"),
        ("https://me:secret@api.example.com", "literal-credential"),
    ],
)
def test_a_connection_that_must_not_be_used_refuses_publishing(checked, base_url, code) -> None:
    step = {"id": "act", "kind": "call", "url": "/orders", "connection": "shop", "on_error": "end"}
    connections = {"shop": Connection(slug="shop", base_url=base_url)}
    assert codes(checked(step, around={"connections": connections})) == [code]
    assert (
        checked(step, around={"connections": {"shop": Connection(slug="shop", base_url="https://api.example.com")}})
        == []
    )


@pytest.mark.parametrize(
    ("base_url", "entry"),
    [
        ("http://10.0.0.5:8080", "10.0.0.0/8:8080"),
        ("http://10.0.0.5", "10.0.0.5"),
        ("http://shop.internal:81", "shop.internal:81"),
        ("http://[fd00::1]", "[fd00::1]:80"),
        ("http://[fd00::1]:81", "[fd00::/8]:81"),
        ("http://[fd00::1]", "fd00::/8"),
    ],
)
def test_an_internal_host_may_be_called_in_clear(checked, base_url, entry) -> None:
    step = {"id": "act", "kind": "call", "url": "/orders", "connection": "shop", "on_error": "end"}
    connections = {"shop": Connection(slug="shop", base_url=base_url)}
    assert checked(step, around={"connections": connections, "internal_hosts": frozenset({entry})}) == []
    assert codes(checked(step, around={"connections": connections, "internal_hosts": frozenset({"10.9.9.9:9"})})) == [
        "plain-http"
    ]
