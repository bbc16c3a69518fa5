from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deskhand.domain.documents import parse_yaml, read_procedure, to_document, write_yaml
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps import STEP_KINDS
from tests.unit.domain.made_up import AWKWARD, JSON, KINDS, TEXTS, procedures

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def saying(text: Any) -> Procedure:
    return read_procedure(
        {"name": "Say", "trigger": {"description": "When"}, "steps": [{"id": "say", "kind": "message", "text": text}]}
    )


def test_the_strategy_knows_every_kind() -> None:
    assert KINDS.keys() == STEP_KINDS.keys()


@UNHURRIED
@given(procedures())
def test_what_is_written_is_read_as_the_same_procedure(procedure) -> None:
    text = write_yaml(procedure)
    again = read_procedure(parse_yaml(text))

    assert again.model_dump_json() == procedure.model_dump_json()
    assert write_yaml(again) == text


@UNHURRIED
@given(procedures())
def test_readers_of_yaml_1_1_read_the_same(procedure) -> None:
    text = write_yaml(procedure)

    assert yaml.safe_load(text) == parse_yaml(text) == to_document(procedure)


@UNHURRIED
@given(st.lists(TEXTS, min_size=1, max_size=3), JSON)
@example(AWKWARD, {"keys": dict.fromkeys(AWKWARD, AWKWARD), "nested": [[["a", []], {}], [{"a": {"b": [1]}}]]})
def test_awkward_texts_survive_everywhere(texts, value) -> None:
    steps = [{"id": "a", "kind": "set", "variable": "x", "value": value},
             {"id": "b", "kind": "collect", "variable": "y", "prompt": texts[0], "choices": texts},
             {"id": "c", "kind": "call", "headers": {text: text for text in texts}}]  # fmt: skip
    procedure = read_procedure({"name": "Say", "trigger": {"description": texts[-1], "phrases": texts}, "steps": steps})

    assert read_procedure(parse_yaml(write_yaml(procedure))).model_dump_json() == procedure.model_dump_json()


@UNHURRIED
@given(procedures())
def test_a_document_is_read_as_the_same_procedure(procedure) -> None:
    assert read_procedure(to_document(procedure)).model_dump_json() == procedure.model_dump_json()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Thanks, {{name}}!", "    text: Thanks, {{name}}!"),
        ("{{name}}, thanks", '    text: "{{name}}, thanks"'),
        ("5", '    text: "5"'),
        ("no", '    text: "no"'),
        ("2026-03-31", '    text: "2026-03-31"'),
        ("Order #5: done", '    text: "Order #5: done"'),
        ('Say "yes" # now', "    text: 'Say \"yes\" # now'"),
        ("It's fine", "    text: It's fine"),
        ("", '    text: ""'),
    ],
)
def test_a_text_is_quoted_only_where_it_would_be_read_as_something_else(text, line) -> None:
    assert write_yaml(saying(text)).splitlines()[-1] == line


def test_several_lines_become_a_block() -> None:
    assert write_yaml(saying("Dear {{name}},\n\n  thank you: #1\n")).endswith(
        "    text: |\n      Dear {{name}},\n\n        thank you: #1\n"
    )


def test_a_procedure_reads_well() -> None:
    procedure = read_procedure(
        {
            "steps": [
                {"next": "end", "text": {"de": "Hallo", "en": "Hello\nthere"}, "id": "hello", "kind": "message"},
                {
                    "on_error": "hello",
                    "response_variable": "order",
                    "method": "POST",
                    "body": '{\n  "id": {{order_id}}\n}',
                    "connection": "shop",
                    "url": "/orders",
                    "approval": "auto",
                    "timeout": 30,
                    "kind": "call",
                    "id": "order",
                    "sample_response": {"lines": [{"sku": "A", "count": 1}, []], "total": 1e16},
                },
            ],
            "variables": [{"required": True, "name": "order_id", "type": "string"}],
            "trigger": {"phrases": ["Order this"], "description": "When a customer orders"},
            "name": "Order",
        }
    )

    assert (
        write_yaml(procedure)
        == """\
schema: 1
name: Order
slug: order
trigger:
  description: When a customer orders
  phrases:
    - Order this
variables:
  - name: order_id

steps:
  - id: hello
    kind: message
    text:
      de: Hallo
      en: |-
        Hello
        there
    next: end

  - id: order
    kind: call
    url: /orders
    method: POST
    connection: shop
    body: |-
      {
        "id": {{order_id}}
      }
    response_variable: order
    sample_response:
      lines:
        - sku: A
          count: 1
        - []
      total: 1.0e+16
    on_error: hello
"""
    )
