"""The JSON definition of other products, in both directions."""

import json
from typing import Any

import pytest

from deskhand.domain.actions import ButtonAction, FormAction, HttpAction, read_action
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing.definition import export_definition, import_definition

EXAMPLE: dict[str, Any] = {
    "name": "Get Customer Account",
    "type": "http",
    "method": "GET",
    "url": "https://api.yourcompany.com/customers?email={{lead.email}}",
    "headers": {"Authorization": "Bearer YOUR_API_KEY", "Content-Type": "application/json"},
    "when_not_to_use": "Do not use this action if the customer has not provided their email address or if they are "
    "asking a general question.",
}
"""As the other product's guide shows it."""


def http(data: Any) -> HttpAction:
    (action,) = import_definition(data).actions
    assert isinstance(action, HttpAction)
    return action


def test_the_guides_own_example_is_read_as_it_stands() -> None:
    imported = import_definition(EXAMPLE)
    (action,) = imported.actions

    assert isinstance(action, HttpAction)
    assert (action.slug, action.name, action.draft) == ("get-customer-account", "Get Customer Account", True)
    assert action.when_not_to_use == EXAMPLE["when_not_to_use"]
    assert action.request.url == EXAMPLE["url"]
    assert action.request.headers == {"Content-Type": "application/json"}
    assert action.request.auth is not None
    assert action.request.auth.model_dump() == {"kind": "bearer", "secret": "GET_CUSTOMER_ACCOUNT_TOKEN"}
    assert imported.secrets == {"GET_CUSTOMER_ACCOUNT_TOKEN": "YOUR_API_KEY"}
    assert action.variables == []
    assert "is a draft" in imported.notes[-1]


def test_the_example_comes_out_as_it_went_in_but_for_the_credential() -> None:
    assert export_definition(http(EXAMPLE)) == {
        **EXAMPLE,
        "headers": {
            "Authorization": "Bearer {{secrets.GET_CUSTOMER_ACCOUNT_TOKEN}}",
            "Content-Type": "application/json",
        },
    }


@pytest.mark.parametrize(
    "older",
    [
        {
            "action_type": "HTTP Request",
            "title": "Look up",
            "endpoint": "https://a.example/{{id}}",
            "http_method": "post",
            "payload": {"a": "{{b}}"},
        },
        {
            "kind": "http-request",
            "name": "Look up",
            "endpointUrl": "https://a.example/{{id}}",
            "httpMethod": "POST",
            "request_body": '{"a": "{{b}}"}',
        },
        {
            "type": "webhook",
            "name": "Look up",
            "config": {"url": "https://a.example/{{id}}", "method": "POST", "data": {"a": "{{b}}"}},
        },
        {
            "type": "api_call",
            "name": "Look up",
            "request": {"api_url": "https://a.example/{{id}}", "method": "POST", "body": {"a": "{{b}}"}},
        },
    ],
)
def test_older_spellings_mean_the_same(older: dict[str, Any]) -> None:
    action = http(older)

    assert (action.slug, action.request.method, action.request.url) == ("look-up", "POST", "https://a.example/{{id}}")
    assert json.loads(action.request.body or "") == {"a": "{{b}}"}
    assert {one.name for one in action.variables} == {"id", "b"}


def test_variables_keep_what_is_known_of_them() -> None:
    given = [
        {"name": "count", "type": "int", "required": False, "default": 1, "description": "How many"},
        {"name": "state", "type": "select", "options": ["open", "closed"], "example": "open"},
    ]
    action = http({"name": "X", "url": "https://a.example/{{state}}?n={{count}}&z={{other}}", "variables": given})

    assert [(one.name, one.type, one.required, one.default) for one in action.variables] == [
        ("count", "integer", False, 1),
        ("state", "text", True, None),
        ("other", "text", True, None),
    ]
    assert action.variables[1].choices == ["open", "closed"]


@pytest.mark.parametrize(
    ("auth", "kind"),
    [
        ({"type": "bearer", "token": "abc"}, "bearer"),
        ({"type": "basic", "username": "me", "password": "abc"}, "basic"),
        ({"type": "api_key", "header_name": "X-Key", "value": "abc"}, "header"),
        ({"type": "body_parameter", "parameter_name": "key", "value": "abc"}, "body"),
    ],
)
def test_its_authentication_becomes_ours(auth: dict[str, str], kind: str) -> None:
    imported = import_definition({"name": "X", "url": "https://a.example", "method": "POST", "body": {}, "auth": auth})
    (action,) = imported.actions

    assert isinstance(action, HttpAction)
    assert action.request.auth is not None
    assert action.request.auth.kind == kind
    assert list(imported.secrets.values()) == ["abc"]


def test_a_form_and_a_button_are_read() -> None:
    fields = [{"label": "E-mail address", "type": "email"}, {"name": "why", "type": "textarea", "required": False}]
    form, link, call = import_definition(
        {
            "actions": [
                {"name": "Return", "type": "form_collection", "fields": fields, "submit_text": "Send"},
                {"name": "Book", "type": "button", "button_text": "Book a demo", "url": "https://a.example/demo"},
                {
                    "name": "Refund",
                    "type": "Button Trigger",
                    "url": "https://a.example/refund",
                    "method": "POST",
                    "body": {"id": "{{id}}"},
                },
            ]
        }
    ).actions

    assert isinstance(form, FormAction)
    assert [(one.name, one.type, one.required) for one in form.form.fields] == [
        ("E_mail_address", "email", True),
        ("why", "text", False),
    ]
    assert isinstance(link, ButtonAction)
    assert (link.button.label, link.button.url) == ("Book a demo", "https://a.example/demo")
    assert isinstance(call, ButtonAction)
    assert call.button.request is not None
    assert [one.name for one in call.variables] == ["id"]


ROUND: list[dict[str, Any]] = [
    {
        "kind": "http",
        "slug": "order-status",
        "name": "Order status",
        "description": "Looks an order up by its number.",
        "when_not_to_use": "Not for prices.",
        "messages": {"success": "It is {{response.state}}.", "error": "Sorry."},
        "variables": [
            {"name": "id", "type": "integer", "description": "Its number", "example": "7"},
            {"name": "note", "required": False, "default": "none", "max_length": 20},
            {"name": "state", "choices": ["open", "closed"]},
        ],
        "request": {
            "method": "POST",
            "url": "https://a.example/{{id}}",
            "query": {"s": "{{state}}"},
            "headers": {"X-A": "b"},
            "body": '{"note": "{{note}}"}',
            "auth": {"kind": "bearer", "secret": "SHOP"},
        },
    },
    {
        "kind": "form",
        "slug": "return",
        "name": "Return",
        "description": "Collects what a return needs.",
        "form": {
            "text": "Tell us",
            "submit": "Send",
            "fields": [
                {"name": "why", "label": "Why?", "placeholder": "Too small"},
                {"name": "size", "type": "integer", "required": False},
            ],
        },
    },
    {
        "kind": "button",
        "slug": "book",
        "name": "Book",
        "description": "Leads to the page for bookings.",
        "button": {"label": "Book a demo", "url": "https://a.example/demo"},
    },
]


@pytest.mark.parametrize("document", ROUND, ids=lambda one: str(one["kind"]))
def test_what_is_exported_is_read_again_as_the_same(document: dict[str, Any]) -> None:
    action = read_action(document)
    exported = export_definition(action)
    (again,) = import_definition(json.loads(json.dumps(exported))).actions

    assert export_definition(again) == exported
    assert (again.name, again.description, again.draft) == (action.name, action.description, False)
    assert again.messages == action.messages
    assert again.variables == action.variables
    if isinstance(action, FormAction) and isinstance(again, FormAction):
        assert again.form == action.form


def test_what_it_has_no_form_for_is_refused() -> None:
    script = read_action(
        {
            "kind": "javascript",
            "slug": "x",
            "name": "X",
            "description": "Runs in the page.",
            "script": {"source": "return 1", "label": "Go"},
        }
    )
    with pytest.raises(DocumentError, match="export YAML"):
        export_definition(script)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "there is no action in it."),
        ({"actions": []}, "there is no action in it."),
        ("text", "an action's definition is an object with `name`, `type` and `url`."),
        ({}, "the definition has no `name`."),
        ({"name": "X"}, "the definition has no `url`."),
        (
            {"name": "X", "type": "carrier pigeon"},
            "`carrier pigeon` is no type of action: it is `http`, `form` or `button`.",
        ),
        (
            {"name": "X", "url": "https://a.example", "method": "PURGE"},
            "`PURGE` requests cannot be sent: use one of GET, POST, PUT, PATCH, DELETE.",
        ),
        (
            {"name": "X", "url": "https://a.example", "auth": {"type": "magic", "token": "abc"}},
            "the authentication `magic` is not known.",
        ),
        (
            {"name": "X", "url": "https://a.example/{{"},
            "the request: `https://a.example/{{` opens `{{` without closing it with `}}`.",
        ),
    ],
)
def test_what_cannot_be_read_is_told(data: Any, sentence: str) -> None:
    with pytest.raises(DocumentError) as told:
        import_definition(data)

    assert told.value.sentence == sentence


def test_what_is_not_known_is_left_out_and_noted() -> None:
    assert import_definition({**EXAMPLE, "colour": "red"}).notes[0] == "`colour` is not known here and was left out."
