"""Answers for every path: what ships with Deskhand is gone through to its last branch."""

from pathlib import Path
from typing import Any

import pytest

import deskhand
from deskhand.application.path_finding import Paths, paths_of
from deskhand.domain.documents import parse_yaml, read_procedure
from deskhand.domain.procedure import Published
from deskhand.domain.requests import Connection
from deskhand.domain.steps.call import CallStep

ROOT = Path(deskhand.__file__).parent
FILES = [*sorted((ROOT / "templates").glob("*.yaml")), ROOT.parents[1] / "examples" / "cancel-order.yaml"]
SHIPPED = {file.stem: file.read_text(encoding="utf-8") for file in FILES}
TRIGGER = {"description": "When a customer asks for a refund"}


async def found(document: dict[str, Any]) -> Paths:
    procedure = read_procedure(document)
    names = {step.connection for step in procedure.steps if isinstance(step, CallStep) and step.connection}
    connections = {name: Connection(slug=name, base_url="https://shop.example") for name in names}
    return await paths_of(Published(procedure, 0), connections, {})


def refund(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"name": "Refund", "trigger": TRIGGER, "steps": list(steps)}


@pytest.mark.parametrize("name", SHIPPED)
async def test_every_branch_of_what_ships_is_reached(name: str) -> None:
    paths = await found(parse_yaml(SHIPPED[name]))
    assert [(one.steps, one.why_not) for one in paths.items if not one.reached] == []
    assert paths.covered == paths.branches > 0


END = {"id": "bye", "kind": "message", "text": "Bye", "next": "end"}
OTHER = {"id": "other", "kind": "message", "text": "Other"}


async def test_numbers_invalid_answers_and_values_that_are_handed_on_are_found() -> None:
    age = {"id": "age", "kind": "collect", "variable": "age", "prompt": "?", "validation": "integer", "attempts": 2,
           "on_too_many": "other"}  # fmt: skip
    same = {"id": "same", "kind": "set", "variable": "years", "value": "{{age}}"}
    adult = {"id": "adult", "kind": "condition", "variable": "years", "operator": "gte", "value": 18, "then": "bye",
             "else": "other"}  # fmt: skip
    paths = await found(refund(age, same, adult, END, OTHER))
    assert (paths.covered, paths.branches) == (7, 7)
    assert {one.outcome for one in paths.items} == {"completed"}


async def test_what_no_answer_decides_says_where_it_leaves_the_path() -> None:
    plan = {"id": "plan", "kind": "condition", "variable": "medium", "operator": "equals", "value": "phone",
            "then": "bye", "else": "other"}  # fmt: skip
    missed = [one.why_not for one in (await found(refund(plan, END, OTHER))).items if not one.reached]
    assert missed == ["No answers were found that lead from `plan` to `bye` by `then`."]


async def test_failing_mails_declined_confirmations_and_expired_approvals_are_paths_too() -> None:
    mail = {"id": "mail", "kind": "internal", "action": "send_email", "approval": "require", "confirm": "Shall I?",
            "parameters": {"to": "ada@example.com", "subject": "S", "body": "B"},
            "on_error": "other", "on_decline": "other", "on_expiry": "other", "next": "bye"}  # fmt: skip
    paths = await found(refund(mail, OTHER, {**END, "next": None}))
    assert [one.reached for one in paths.items] == [True] * len(paths.items)
    assert paths.covered == paths.branches == 6


async def test_live_chat_and_what_components_give_are_paths_too() -> None:
    seats = {"kind": "element", "name": "seat-map"}
    house = {"kind": "flow", "pages": [{"fields": [{"name": "email", "type": "email"}]}]}
    paths = await found(
        refund(
            {"id": "seat", "kind": "component", "component": seats, "response_variable": "seat"},
            {"id": "front", "kind": "condition", "variable": "seat.row", "operator": "lt", "value": 5,
             "then": "house", "else": "chat"},
            {"id": "house", "kind": "component", "component": house, "next": "go"},
            {"id": "go", "kind": "redirect", "url": "https://shop.example"},
            {"id": "more", "kind": "suggest", "suggestions": ["What else?"], "next": "end"},
            {"id": "chat", "kind": "live_chat", "on_unavailable": "topic"},
            {"id": "topic", "kind": "switch_topic", "topic": "seats"},
        )
    )  # fmt: skip
    assert [(one.steps, one.why_not) for one in paths.items if not one.reached] == []
    assert paths.covered == paths.branches == 8
    assert sorted(one.script.live_chat for one in paths.items) == [False, True]
