"""An action's document: what it takes, what it refuses with a sentence, and what a model sees of it."""

from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.domain.actions import ACTION_KINDS, AnyAction, document_of, read_action, read_action_json
from deskhand.domain.templates import Scope

BODIES: dict[str, dict[str, Any]] = {
    "http": {"request": {"url": "https://shop.example.com/{{order}}", "method": "POST"}},
    "mcp": {"call": {"connection": "crm", "tool": "find"}},
    "form": {"form": {"fields": [{"name": "email"}]}},
    "button": {"button": {"label": "Open", "url": "https://example.com"}},
    "javascript": {"script": {"source": "return 1"}},
}
VARIABLES = [
    {"name": "order", "description": "Its number", "example": "A1", "max_length": 9},
    {"name": "count", "type": "integer", "default": 1},
    {"name": "size", "choices": ["S", "M"], "required": False},
]


def document(kind: str = "http", **fields: Any) -> dict[str, Any]:
    about = {"kind": kind, "slug": "one", "name": "One", "description": "When a customer wants one."}
    return {**about, **BODIES[kind], **fields}


def made(kind: str = "http", **fields: Any) -> AnyAction:
    return read_action(document(kind, **fields))


def wrong(**fields: Any) -> str:
    """What is said of a document that cannot be read."""
    with pytest.raises(ValidationError) as refused:
        made(**fields)
    return str(refused.value)


def test_every_kind_has_its_sample_here() -> None:
    assert set(BODIES) == set(ACTION_KINDS)


@pytest.mark.parametrize("kind", BODIES)
def test_a_document_is_read_written_and_stored_as_the_same_action(kind: str) -> None:
    action = made(kind, variables=VARIABLES, preconditions=[{"kind": "at_most", "times": 1}])
    assert type(action) is ACTION_KINDS[kind]
    assert read_action(document_of(action)) == action
    assert read_action_json(action.model_dump_json()) == action


def test_a_document_without_a_kind_is_a_request() -> None:
    plain = document()
    del plain["kind"]
    assert read_action(plain) == made()


def test_a_request_without_a_protocol_is_encrypted() -> None:
    act = made(request={"url": "shop.example.com/x"}).act(Scope({}), {})
    assert act is not None
    assert act.shown()["url"] == "https://shop.example.com/x"


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"description": "Too short"}, "needs at least 10 characters"),
    ({"description": "x" * 201}, "at most 200 characters"),
    ({"messages": {"6xx": "No"}}, "`6xx` is none of success, error, timeout"),
    ({"messages": {"fine": "No"}}, "`fine` is none of"),
    ({"variables": [{"name": "a"}, {"name": "a"}]}, "the variable `a` is declared twice"),
    ({"variables": [{"name": "1a"}]}, "String should match pattern"),
    ({"slug": "Not a slug"}, "String should match pattern"),
    ({"preconditions": [{"kind": "at_most", "times": 0}]}, "greater than or equal to 1"),
    ({"preconditions": [{"kind": "succeeded", "actions": []}]}, "at least 1 item"),
    ({"preconditions": [{"kind": "holds", "conditions": []}]}, "at least 1 item"),
    ({"preconditions": [{"kind": "magic"}]}, "does not match any of the expected tags"),
    ({"success": [{"variable": "a b"}]}, "String should match pattern"),
    ({"nonsense": 1}, "Extra inputs are not permitted"),
    ({"request": {"url": "x.de", "timeout": 121}}, "less than or equal to 120"),
    ({"request": {"url": "x.de", "method": "TRACE"}}, "Input should be"),
])  # fmt: skip
def test_what_is_wrong_is_said(fields: dict[str, Any], sentence: str) -> None:
    assert sentence in wrong(**fields)


def test_a_draft_may_be_without_a_description_and_nobody_uses_it() -> None:
    draft = made(description="", draft=True)
    assert not draft.usable


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "data:text/html,x", "https://{{host}}/x", "https://a@b.example/", "//x\\y", "file:///etc",
    "https:///x", "JavaScript:alert(1)", " javascript:alert(1)",
])  # fmt: skip
def test_a_button_opens_nothing_but_web_pages_mail_and_phones(url: str) -> None:
    assert "a button" in wrong(kind="button", button={"label": "Open", "url": url})


@pytest.mark.parametrize(
    "url",
    [
        "https://x.de/{{a}}",
        "x.de",
        "mailto:{{email}}",
        "tel:+491234",
        "http://x.de?q={{a}}",
        "x.de:8080/a",
        "[::1]:80/x",
    ],
)
def test_a_button_opens_web_pages_mail_and_phones(url: str) -> None:
    assert made("button", button={"label": "Open", "url": url})


@pytest.mark.parametrize("both", [{}, {"url": "https://x.de", "request": {"url": "https://x.de"}}])
def test_a_button_does_one_thing(both: dict[str, Any]) -> None:
    assert "give one of both" in wrong(kind="button", button={"label": "Open", **both})


# what a model sees


def test_a_model_sees_a_function_with_typed_parameters() -> None:
    action = made(slug="find-order", variables=VARIABLES, when_not_to_use="For orders of others.")
    assert action.function() == {
        "name": "find_order",
        "description": "When a customer wants one.\nWhen not to use: For orders of others.",
        "parameters": {
            "type": "object",
            "properties": {
                "order": {"type": "string", "description": "Its number", "examples": ["A1"], "maxLength": 9},
                "count": {"type": "integer", "default": 1},
                "size": {"type": "string", "enum": ["S", "M"]},
            },
            "required": ["order"],
            "additionalProperties": False,
        },
    }


# what counts as success

STATUS_OK = [{"variable": "status", "operator": "equals", "value": 404}]
VERIFIED = [{"variable": "response.verified", "operator": "equals", "value": True}]


@pytest.mark.parametrize(("success", "status", "response", "counts"), [
    ([], 200, {}, True), ([], 204, None, True), ([], 404, {}, False), ([], 302, {}, False), ([], None, {}, True),
    (VERIFIED, 200, {"verified": True}, True),
    (VERIFIED, 200, {"verified": "true"}, True),
    (VERIFIED, 200, {"verified": False}, False),
    (VERIFIED, 200, {}, False),
    (VERIFIED, 200, None, False),
    (VERIFIED, 500, {"verified": True}, False),
    (VERIFIED, None, {"verified": True}, True),
    (STATUS_OK, 404, None, True),
    (STATUS_OK, 200, {}, False),
])  # fmt: skip
def test_success_is_what_the_action_says_it_is(
    success: list[dict[str, Any]], status: int | None, response: Any, counts: bool
) -> None:
    assert made(success=success).succeeded(status, response) is counts


# what is said

ALL = {"success": "s", "error": "e", "timeout": "t", "404": "nf", "4xx": "c", "5xx": "sv"}


@pytest.mark.parametrize(("given", "said"), [
    ((True, 200), "s"),
    ((False, 404), "nf"),
    ((False, 409), "c"),
    ((False, 503), "sv"),
    ((False, 302), "e"),
    ((False, 200), "e"),
    ((False, None), "e"),
    ((False, None, True), "t"),
])  # fmt: skip
def test_the_most_precise_message_is_said(given: Any, said: str) -> None:
    assert made(messages=ALL).message(*given) == said


def test_where_nothing_was_written_nothing_is_said() -> None:
    assert made().message(True, 200) is None
    assert made(messages={"success": "s"}).message(False, 500) is None
    assert made(messages={"error": "e"}).message(False, None, True) == "e"


# what an approval was given for


def test_words_for_people_do_not_change_what_an_approval_was_given_for() -> None:
    action = made()
    for words in ({"name": "Two"}, {"description": "When they want two."}, {"messages": {"error": "Oh"}}):
        assert made(**words).fingerprint == action.fingerprint
    for deeds in ({"approval": "require"}, {"irreversible": True}, {"request": {"url": "x.de"}}, {"success": VERIFIED}):
        assert made(**deeds).fingerprint != action.fingerprint


def test_it_says_what_it_reads_for_itself() -> None:
    holds = {"kind": "holds", "fetch": "get-order", "conditions": VERIFIED}
    read_back = {"action": "get-refund", "happened": VERIFIED}
    assert made(preconditions=[holds], read_back=read_back).fetches() == {"get-order", "get-refund"}


@pytest.mark.parametrize(("kind", "fields", "reads", "only_shows"), [
    ("http", {"request": {"url": "x.de"}}, True, False),
    ("http", {}, False, False),
    ("http", {"request": {"url": "x.de", "method": "POST", "read_only": True}}, True, False),
    ("mcp", {}, False, False),
    ("mcp", {"call": {"connection": "crm", "tool": "find", "read_only": True}}, True, False),
    ("form", {}, True, True),
    ("button", {}, True, True),
    ("button", {"button": {"label": "Go", "request": {"url": "x.de", "method": "POST"}}}, False, False),
    ("javascript", {}, False, False),
])  # fmt: skip
def test_it_says_what_it_does(kind: str, fields: dict[str, Any], reads: bool, only_shows: bool) -> None:
    action = made(kind, **fields)
    assert (action.reads, action.only_shows) == (reads, only_shows)


def test_a_scripts_address_depends_on_its_text_alone() -> None:
    one, same = made("javascript"), made("javascript", name="Another", variables=VARIABLES)
    other = made("javascript", script={"source": "return 2"})
    assert one.script.sha256 == same.script.sha256 != other.script.sha256  # type: ignore[union-attr]
