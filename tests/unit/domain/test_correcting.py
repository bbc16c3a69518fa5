"""Taking back what was said before: what depended on it is undone, and what happened is never repeated."""

from typing import Any

import pytest

from deskhand.domain import commands as c
from deskhand.domain.effects import CloseApproval, Forgo
from deskhand.domain.state import ForApproval
from tests.unit.domain.builders import (
    Play,
    collect,
    handed_over,
    look_up,
    message,
    of,
    published,
    refund,
    sub,
    tag,
    told,
)

CHANGED = "All right, I've changed that."


def corrects(play: Play, **values: Any) -> list[str]:
    """The customer corrects values; gives what they read then."""
    return told(play.says("no", *(c.CorrectVariable(variable=name, value=value) for name, value in values.items())))


def asking() -> Play:
    return Play(
        published(
            "refund",
            collect("order", id="ask_order"),
            look_up(id="find"),
            message("It is {{found.status}}.", id="tell"),
            collect("email", id="ask_email"),
            collect("reason", "Why, for {{order}}?", id="ask_reason"),
            message("{{order}} {{email}} {{reason}}", id="end_of_it"),
        )
    )


def test_a_value_that_nothing_depended_on_is_changed_and_the_question_is_asked_again() -> None:
    play = asking()
    play.wants("refund", order="A1")
    play.succeeds({"status": "sent"})
    play.says("a@b.example", email="a@b.example")
    assert corrects(play, email="c@d.example") == [CHANGED, "Why, for A1?"]
    assert told(play.says("broken", reason="broken")) == ["A1 c@d.example broken"]


def test_what_depended_on_a_value_is_done_again_and_the_rest_is_kept() -> None:
    play = asking()
    play.wants("refund", order="A1")
    play.succeeds({"status": "sent"})
    play.says("a@b.example", email="a@b.example")
    play.says("no, B2", c.CorrectVariable(variable="order", value="B2"))
    assert "/orders/B2" in str(play.performed[-1].act)
    assert "found" not in play.top.variables
    assert told(play.succeeds({"status": "lost"})) == ["It is lost.", "Why, for B2?"]
    assert play.top.variables["email"] == "a@b.example"


def test_an_answer_to_a_question_that_named_the_value_is_asked_for_again() -> None:
    play = Play(
        published(
            "swap", collect("item"), collect("size", "Which size of {{item}}?"), collect("email"), message("Done.")
        )
    )
    play.wants("swap", item="shirt")
    play.says("M", size="M")
    assert corrects(play, item="shoe") == [CHANGED, "Which size of shoe?"]
    assert told(play.says("42", size="42")) == ["Which email?"]


def test_without_the_right_value_the_customer_is_asked_for_it() -> None:
    play = asking()
    play.wants("refund", order="A1")
    play.succeeds({"status": "sent"})
    assert corrects(play, order=None) == [CHANGED, "Which order?"]
    play.says("B2", order="B2")
    assert "/orders/B2" in str(play.performed[-1].act)


def test_a_correction_that_is_no_valid_value_is_asked_for() -> None:
    play = Play(published("mail", collect("email", validation="email"), collect("note"), message("{{email}}")))
    play.wants("mail", email="a@b.example")
    assert corrects(play, email="nonsense") == [CHANGED, "Which email?"]


def test_a_condition_is_decided_anew() -> None:
    play = Play(
        published(
            "plans",
            collect("plan", id="ask"),
            {
                "kind": "condition", "variable": "plan", "operator": "equals", "value": "pro",
                "then": "pro", "else": "basic",
            },
            collect("seats", id="pro", next="end"),
            collect("term", id="basic", next="end"),
        )
    )  # fmt: skip
    play.wants("plans", plan="pro")
    assert corrects(play, plan="basic") == [CHANGED, "Which term?"]


def test_what_has_happened_with_a_value_is_not_repeated_and_a_person_is_called() -> None:
    play = Play(published("refund", collect("order"), refund(), collect("rating"), message("Thanks.")))
    play.wants("refund", order="A1")
    play.succeeds({"id": 1})
    turn = play.says("no, B2", c.CorrectVariable(variable="order", value="B2"))
    assert len(play.performed) == 1
    assert "`order`" in handed_over(turn)
    assert play.state.mode == "member"
    assert play.top.variables["order"] == "A1"


def test_an_act_that_failed_may_be_tried_with_the_corrected_value() -> None:
    play = Play(published("refund", collect("order"), refund(on_error="sorry"), collect("more", id="sorry")))
    play.wants("refund", order="A1")
    play.fails()
    play.says("no, B2", c.CorrectVariable(variable="order", value="B2"))
    assert [act.act.request.body for act in play.performed] == ['{"order":"A1"}', '{"order":"B2"}']  # type: ignore[union-attr]


def test_an_act_that_used_other_values_is_kept_and_not_done_again() -> None:
    play = Play(
        published(
            "book", collect("order"), refund(id="pay"), collect("email"), look_up(id="look", url="/mail/{{email}}"),
            collect("note"),
        )
    )  # fmt: skip
    play.wants("book", order="A1")
    play.succeeds()
    play.says("a@b.example", email="a@b.example")
    play.succeeds({})
    play.says("no, c@d.example", c.CorrectVariable(variable="email", value="c@d.example"))
    assert [act.step for act in play.performed] == ["pay", "look", "look"]
    assert told(play.succeeds({})) == ["Which note?"]


def test_what_a_condition_led_to_counts_as_depending_on_it() -> None:
    play = Play(
        published(
            "plans",
            collect("plan"),
            {
                "kind": "condition", "variable": "plan", "operator": "equals", "value": "pro",
                "then": "charge", "else": "end",
            },
            refund(id="charge", body='{"what": "pro"}'),
            collect("note"),
        )
    )  # fmt: skip
    play.wants("plans", plan="pro")
    play.succeeds()
    assert handed_over(play.says("no, basic", c.CorrectVariable(variable="plan", value="basic")))
    assert len(play.performed) == 1


def test_an_approval_that_used_the_value_lapses_visibly() -> None:
    play = Play(published("refund", collect("order"), collect("why"), refund(approval="require")))
    play.wants("refund", order="A1")
    play.says("broken", why="broken")
    turn = play.says("no, B2", c.CorrectVariable(variable="order", value="B2"))
    [closed] = of(CloseApproval, turn.effects)
    assert (closed.status, closed.by) == ("lapsed", "customer")
    assert len(of(Forgo, turn.effects)) == 1
    assert isinstance(play.top.waiting, ForApproval)
    assert play.requests[-1].variables["order"] == "B2"


def test_a_confirmation_is_asked_for_the_corrected_value() -> None:
    play = Play(published("refund", collect("order"), refund(confirm="Refund {{order}}?")))
    play.wants("refund", order="A1")
    turn = play.says("no, B2", c.CorrectVariable(variable="order", value="B2"))
    assert "Refund B2?" in told(turn)[-1]
    play.says("yes")
    assert play.performed[-1].act.request.body == '{"order":"B2"}'  # type: ignore[union-attr]


def test_a_plain_no_to_a_confirmation_stays_a_no() -> None:
    play = Play(published("refund", collect("order"), refund(confirm="Refund {{order}}?")))
    play.wants("refund", order="A1")
    play.says("no", c.CorrectVariable(variable="order", value=None))
    assert play.ended == [("refund", "cancelled")]


def test_a_value_given_again_as_another_one_is_a_correction() -> None:
    play = asking()
    play.wants("refund", order="A1")
    play.succeeds({"status": "sent"})
    play.says("it's B2 by the way, mail a@b.example", order="B2", email="a@b.example")
    assert "/orders/B2" in str(play.performed[-1].act)
    assert told(play.succeeds({"status": "sent"}))[-1] == "Why, for B2?"


def test_the_same_value_again_corrects_nothing() -> None:
    play = asking()
    play.wants("refund", order="A1")
    play.succeeds({"status": "sent"})
    play.says("A1, a@b.example", order="A1", email="a@b.example")
    assert len(play.performed) == 1


def test_a_procedure_that_was_called_with_the_value_begins_anew() -> None:
    child = published("child", collect("detail"), message("{{ref}} {{detail}}"), variables=[{"name": "ref"}])
    parent = published(
        "parent", collect("order"), sub("child", arguments={"ref": "{{order}}"}), message("Done."), children=[child]
    )  # fmt: skip
    play = Play(parent)
    play.wants("parent", order="A1")
    assert play.stack == ["parent", "child"]
    assert corrects(play, order="B2") == [CHANGED, "Which detail?"]
    assert play.stack == ["parent", "child"]
    assert told(play.says("x", detail="x")) == ["B2 x", "Done."]


def test_a_called_procedure_that_acted_is_not_undone() -> None:
    child = published("child", refund(body='{"order": "{{ref}}"}'), collect("detail"), variables=[{"name": "ref"}])
    parent = published("parent", collect("order"), sub("child", arguments={"ref": "{{order}}"}), children=[child])
    play = Play(parent)
    play.wants("parent", order="A1")
    play.succeeds()
    assert handed_over(play.says("no, B2", c.CorrectVariable(variable="order", value="B2")))
    assert len(play.performed) == 1


@pytest.mark.parametrize("name", ["nothing", "found"])
def test_what_the_customer_never_said_cannot_be_corrected(name: str) -> None:
    play = asking()
    play.wants("refund", order="A1")
    play.succeeds({"status": "sent"})
    turn = play.says("hm", c.CorrectVariable(variable=name, value="x"))
    assert CHANGED not in told(turn)


DEPENDENT = [
    {"name": "kind", "choices": ["gift", "own"]},
    {"name": "wish", "ask_when": [{"variable": "kind", "value": "gift"}]},
]


def test_a_dependent_variable_is_asked_for_only_where_it_is_needed() -> None:
    play = Play(published("order", message('{{kind}} {{wish | default("-")}}'), variables=DEPENDENT))
    play.wants("order")
    assert told(play.says("own", kind="own")) == ["own -"]
    play.wants("order")
    assert told(play.says("gift", kind="gift")) == ["wish?"]


def test_a_correction_asks_for_what_it_makes_needed_and_drops_what_it_does_not() -> None:
    steps = collect("note"), message('{{kind}} {{wish | default("-")}} {{note}}')
    play = Play(published("order", *steps, variables=DEPENDENT))
    play.wants("order", kind="own")
    assert corrects(play, kind="gift") == [CHANGED, "wish?"]
    assert told(play.says("blue", wish="blue")) == ["Which note?"]
    assert corrects(play, kind="own") == [CHANGED, "Which note?"]
    assert told(play.says("n", note="n")) == ["own - n"]


def test_a_tag_is_no_act_that_stands_in_the_way() -> None:
    play = Play(published("t", collect("order"), tag("{{order}}"), collect("more"), message("{{order}}")))
    play.wants("t", order="A1")
    play.succeeds()
    assert corrects(play, order="B2")[0] == CHANGED
