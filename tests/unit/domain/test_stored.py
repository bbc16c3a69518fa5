"""What was stored is read for ever: the files in tests/fixtures/stored are never changed, only added to."""

import json
from pathlib import Path
from typing import Any

import pytest

from deskhand.domain import events as e
from deskhand.domain import stored
from deskhand.domain.conversation import converse
from deskhand.domain.effects import CallHttp, Perform, SendEmail, ShowButton
from deskhand.domain.model import Record
from deskhand.domain.procedure import Published
from deskhand.domain.shown import ShownElement
from deskhand.domain.state import (
    Conversation,
    ForAnswer,
    ForApproval,
    ForClick,
    ForComponent,
    ForConfirmation,
    ForEffect,
    ForOutcome,
    ForRun,
    Run,
)
from deskhand.domain.stored import SCHEMA, dump, load
from tests.unit.domain.builders import catalogue, collect, given, published, refund, sub, told

FIXTURES = Path(__file__).parents[2] / "fixtures/stored"
KINDS: dict[str, type[Record]] = {"conversation": Conversation, "run": Run, "perform": Perform}
FILES = sorted(FIXTURES.glob("v*/*.json"))


def fixture(name: str) -> str:
    return (FIXTURES / name).read_text()


def test_there_are_fixtures_of_every_form_and_record() -> None:
    assert {path.parent.name for path in FILES} >= {f"v{form}" for form in range(1, SCHEMA + 1)}
    assert {path.name.partition("_")[0].removesuffix(".json") for path in FILES} == KINDS.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_stored_form_is_read_and_written_again(path: Path) -> None:
    kind = KINDS[path.stem.partition("_")[0]]
    record = load(kind, path.read_text())
    assert load(kind, dump(record)) == record
    assert json.loads(dump(record))["schema"] == SCHEMA


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_spaces_between_the_tokens_change_nothing(path: Path) -> None:
    kind = KINDS[path.stem.partition("_")[0]]
    compact = json.dumps(json.loads(path.read_text()), separators=(",", ":"))
    assert load(kind, compact) == load(kind, path.read_text())


def test_a_conversation_of_the_first_form_still_means_the_same() -> None:
    state = load(Conversation, fixture("v1/conversation.json"))
    assert (state.id, state.channel, state.language, state.region) == ("conv", "widget", "de-AT", "AT")
    assert (state.mode, state.member, state.status) == ("member", "Ben", "open")
    assert (state.tags, state.choice, state.unread, state.misunderstood) == (
        ("vip",),
        ("send", "outer"),
        ("noch da?",),
        2,
    )
    waiting = [type(run.waiting) for run in state.runs]
    assert waiting == [ForOutcome, ForApproval, ForApproval, ForConfirmation, ForEffect, ForRun, ForAnswer]
    outcome, approval, _, confirmation, effect, caller, answer = state.runs
    assert isinstance(outcome.waiting, ForOutcome)
    assert outcome.waiting.problem == "Keine Antwort."
    assert isinstance(approval.waiting, ForApproval)
    assert approval.waiting.act == SendEmail(to="ann@example.com", subject="Hi", body="Größe ✓")
    assert isinstance(confirmation.waiting, ForConfirmation)
    assert isinstance(confirmation.waiting.act, CallHttp)
    assert confirmation.waiting.act.request.secrets() == {"SHOP_KEY"}
    assert confirmation.variables == {"order": "A3", "email": "Ann@example.com"}
    assert isinstance(effect.held, e.EffectSucceeded)
    assert effect.held.output == {"total": 49.5, "items": [{"sku": "A"}], "big": 2**60, "none": None}
    assert (caller.version, caller.waiting) == (3, ForRun(run=answer.id))
    assert isinstance(answer.waiting, ForAnswer)
    assert (answer.parent, answer.irreversible, answer.waiting.attempts) == (caller.id, True, 1)
    assert answer.waiting.choices == ["1234", "5678"]


def test_a_conversation_of_the_first_form_goes_on() -> None:
    state = load(Conversation, fixture("v1/conversation.json"))
    verify = published("verify", collect("pin", "Your PIN?", validation="integer", choices=["1234", "5678"]))
    order: Any = {"variables": [{"name": "order"}]}
    active = catalogue(
        published("outer", sub("verify"), version=3, children=[verify]),
        published("under-way", {"kind": "call", "url": "https://x.example"}, {"kind": "end"}, **order),
        published("send", refund(confirm="Refund {{order}}?"), **order),
        published("unknown", refund(), **order),
    )
    back = converse(state, e.HandedBack(by="Ben"), active, given(99, language="de"))
    assert told(back) == ["Your PIN?"]
    assert [run.procedure for run in back.ended] == ["under-way"]
    question = back.conversation.runs[-1].question
    assert question is not None
    answered = converse(
        back.conversation, e.Clicked(question=question, choice="1234"), active, given(100, language="de")
    )
    assert [run.procedure for run in answered.ended] == ["verify", "outer"]
    assert told(answered)[0] == "Zurück zu: Send."


def test_stored_components_still_stand_before_the_customer() -> None:
    state = load(Conversation, fixture("v1/conversation_one_shot.json"))
    assert (state.topic, state.desk, state.mode) == ("returns", "helpdesk", "member")
    waiting = {run.procedure: run.waiting for run in state.runs}
    page = waiting.pop("page")
    assert isinstance(page, ForClick)
    assert (page.button.url, page.button.new_tab) == ("https://a.test", False)
    kinds = {name: one.component.kind for name, one in waiting.items() if isinstance(one, ForComponent)}
    assert kinds == {"sign-up": "flow", "seats": "element", "tour": "video", "house": "image"}
    flow, seats = waiting["sign-up"], waiting["seats"]
    assert isinstance(flow, ForComponent)
    assert [(field.name, field.sensitive) for field in flow.fields] == [("email", False), ("pin", True)]
    assert isinstance(seats, ForComponent)
    assert isinstance(seats.component, ShownElement)
    assert seats.component.properties == {"n": [1, {"a": None}], "big": 2**60}
    step = {"kind": "redirect", "url": "https://a.test"}
    back = converse(state, e.HandedBack(by="Ben"), catalogue(published("page", step), *_old()), given(99))
    assert back.conversation.desk is None
    [shown] = [effect for effect in back.effects if isinstance(effect, ShowButton)]
    assert shown.question == state.runs[-1].question


def _old() -> list[Published]:
    component = {"kind": "component", "component": {"kind": "image", "url": "https://a.test", "alt": "A"}}
    return [published(slug, component) for slug in ("sign-up", "seats", "tour", "house")]


def test_an_act_of_the_first_form_is_sent_as_it_was() -> None:
    perform = load(Perform, fixture("v1/perform_call.json"))
    assert isinstance(perform.act, CallHttp)
    assert perform.act.request.body == '{"order":"A1"}'
    assert (perform.seq, perform.intended, perform.repeatable) == (1, True, False)
    mail = load(Perform, fixture("v1/perform_email.json"))
    assert isinstance(mail.act, SendEmail)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"schema":1',
        "[]",
        "null",
        '{"id": "conv"}',
        '{"schema": 0, "id": "conv"}',
        '{"schema": "1", "id": "conv"}',
        '{"schema":99,"id":"conv"}',
        '{"schema":12,"id":"conv"}',
        '{"schema":1,"id":"conv","unheard_of":1}',
        '{"schema":1}',
    ],
)
def test_what_this_version_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        load(Conversation, text)


def test_old_forms_are_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "SCHEMA", 3)
    monkeypatch.setattr(stored, "_PREFIX", '{"schema":3')
    monkeypatch.setitem(stored.UPCASTERS, 1, lambda old: {**old, "id": old["id"] + "+2"})
    monkeypatch.setitem(stored.UPCASTERS, 2, lambda old: {**old, "id": old["id"] + "+3"})
    assert load(Conversation, '{"schema":1,"id":"conv"}').id == "conv+2+3"
    assert load(Conversation, '{"schema":2,"id":"conv"}').id == "conv+3"
    assert load(Conversation, dump(Conversation(id="new"))).id == "new"
