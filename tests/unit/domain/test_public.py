"""What customers may see of the log: named field by field, and nothing else."""

from typing import Any

import pytest

from deskhand.domain.public import public

INSIDE = {"secret": "inside", "reason": "a member's", "run": "run_1", "to": "member"}
FIELD = {
    "name": "email",
    "type": "email",
    "label": "E-mail",
    "required": True,
    "placeholder": "",
    "choices": [],
    "value": None,
}
FILE = {"id": "att_1", "name": "a.png", "type": "image/png", "size": 3}

SHOWN: dict[str, dict[str, Any]] = {
    "said": {"text": "Hi", "attachments": [FILE]},
    "clicked": {"question": "ask_1", "choice": "yes"},
    "say": {"text": "Hello", "sources": [{"title": "Opening", "url": "https://a.example", "page": 2}]},
    "ask": {"text": "Which?", "question": "ask_1", "choices": ["a", "b"]},
    "show_form": {"question": "ask_1", "text": "", "fields": [FIELD], "submit": "Send", "errors": {"email": "No"}},
    "form_submitted": {"values": {"email": "ada@example.com"}},
    "show_button": {"question": "ask_1", "text": "", "label": "Go", "url": "https://a.example", "new_tab": True},
    "run_in_browser": {"question": "ask_1", "script": "/scripts/1.mjs", "inputs": {"a": 1}, "until": 5},
    "replied": {"text": "Hi", "by": "Ana", "attachments": [FILE]},
    "offer": {"offer": "offer_1", "procedure": "refund", "name": "Refund", "text": "Shall I?", "why": "request"},
    "offer_closed": {"offer": "offer_1", "procedure": "refund", "status": "accepted"},
    "suggest": {"text": "More?", "suggestions": ["Where is it?"]},
    "component_done": {"question": "ask_1"},
    "handed_over": {"available": True},
}
COMPONENTS: list[dict[str, Any]] = [
    {"kind": "video", "url": "https://a.example/v", "title": "How", "captions": "https://a.example/c"},
    {"kind": "image", "url": "https://a.example/i", "alt": "A box"},
    {"kind": "element", "name": "my-element", "properties": {"a": 1}},
    {
        "kind": "flow",
        "submit": "Send",
        "pages": [{"title": "1", "text": "", "image": {"url": "https://a.example/i", "alt": "i"}, "fields": [FIELD]}],
    },
]


def spoilt(value: Any) -> Any:
    """The same with something in every object that is not the customer's to see."""
    if isinstance(value, list):
        return [spoilt(one) for one in value]
    if isinstance(value, dict):
        return {name: spoilt(one) for name, one in value.items()} | {"secret": "inside"}
    return value


@pytest.mark.parametrize("kind", SHOWN)
def test_an_entry_shows_its_own_fields_and_no_others(kind: str) -> None:
    named = {"values", "errors", "inputs", "properties"}  # what has names of its own is shown as it is
    body = {name: one if name in named else spoilt(one) for name, one in SHOWN[kind].items()}

    assert public(kind, "all", {**body, **{name: INSIDE[name] for name in INSIDE if name not in body}}) == SHOWN[kind]


def test_a_thumb_is_shown_with_the_customers_own_reason() -> None:
    body = {"reaction": "negative", "about": 3, "reason": "Too slow"}

    assert public("feedback", "all", {**body, "secret": "inside"}) == body


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda one: one["kind"])
def test_a_component_shows_its_own_fields_and_no_others(component: dict[str, Any]) -> None:
    body = {"question": "ask_1", "text": "Look", "component": component}
    hidden = spoilt({**body, "component": {name: one for name, one in component.items() if name != "properties"}})
    hidden["component"] |= {name: component[name] for name in ("properties",) if name in component}

    assert public("show_component", "all", hidden) == body


def test_a_component_of_an_unknown_kind_shows_nothing_but_its_kind() -> None:
    shown = public("show_component", "all", {"question": "ask_1", "component": {"kind": "new", "secret": "inside"}})

    assert shown == {"question": "ask_1", "component": {"kind": "new"}}


@pytest.mark.parametrize("kind", [*SHOWN, "feedback", "show_component"])
def test_what_is_for_members_stays_with_them(kind: str) -> None:
    assert public(kind, "members", {**SHOWN.get(kind, {}), **INSIDE}) is None


@pytest.mark.parametrize(
    "kind",
    ["note", "assigned", "steps", "call_http", "approval_requested", "identified", "visited", "model", "understood",
     "component_returned", "browser_returned", "taken_over", "something_new"],
)  # fmt: skip
@pytest.mark.parametrize("visible", ["all", "members"])
def test_a_kind_that_is_not_named_is_left_out(kind: str, visible: str) -> None:
    assert public(kind, visible, {"text": "inside"}) is None


def test_that_a_conversation_is_closed_is_told_without_who_did_it() -> None:
    assert public("resolved", "members", {"by": "Ana"}) == {}
