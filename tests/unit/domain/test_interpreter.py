"""One run through every kind of step."""

from typing import Any

import pytest

from deskhand.domain.effects import CreateTicket, Perform, SendEmail, Tag
from deskhand.domain.events import Answered, Confirmed, EffectSucceeded, Started
from deskhand.domain.interpreter import MOST_STEPS_WITHOUT_PAUSE, advance, begin
from deskhand.domain.procedure import Published
from deskhand.domain.steps import STEP_KINDS
from tests.unit.domain.builders import Play, collect, given, handed_over, message, of, procedure, published, tag, told


def end_of(play: Play) -> str:
    [(_, outcome)] = play.ended
    return outcome


# message, set, condition, end, escalate


def test_a_message_is_filled_in_and_the_run_goes_on() -> None:
    play = Play(published("hello", message("Hello {{name}}!"), message("Bye."), variables=[{"name": "name"}]))
    turn = play.starts("hello", name="Ann")
    assert told(turn) == ["Hello Ann!", "Bye."]
    assert play.ended == [("hello", "completed")]


def test_a_message_is_told_in_the_conversations_language() -> None:
    text: Any = {"en": "Hello", "de": "Hallo"}
    assert told(Play(published("hello", message(text)), language="de-AT").starts("hello")) == ["Hallo"]
    assert told(Play(published("hello", message(text)), language="fr").starts("hello")) == ["Hello"]


def test_set_assigns_values_and_keeps_their_types() -> None:
    steps = [
        {"kind": "set", "variable": "total", "value": {"sum": "{{n}}", "text": "n={{n}}", "all": ["{{n}}", 1, None]}},
        {"kind": "set", "variable": "copy", "value": "{{total.all}}"},
        collect("more"),
    ]
    play = Play(published("sums", *steps, variables=[{"name": "n", "type": "integer"}]))
    play.starts("sums", n="5")
    assert play.top.variables == {"n": 5, "total": {"sum": 5, "text": "n=5", "all": [5, 1, None]}, "copy": [5, 1, None]}
    assert play.top.sources == {"n": "argument", "total": "set1", "copy": "set2"}


@pytest.mark.parametrize(
    ("value", "operator", "wanted", "said"),
    [
        (True, "equals", "true", "then"),
        (True, "equals", False, "else"),
        ("49.5", "gt", 40, "then"),
        ("n/a", "gt", 40, "else"),
        ("Ann", "equals", "{{conversation.channel}}", "else"),
        (None, "exists", None, "else"),
    ],
)
def test_a_condition_goes_one_of_two_ways(value: Any, operator: str, wanted: Any, said: str) -> None:
    steps = [
        {"kind": "set", "variable": "order", "value": {"value": value}},
        {
            "kind": "condition",
            "variable": "order.value",
            "operator": operator,
            "value": wanted,
            "then": "yes",
            "else": "no",
        },
        message("then", id="yes", next="end"),
        message("else", id="no"),
    ]
    assert told(Play(published("branch", *steps)).starts("branch")) == [said]


def test_a_path_that_leads_nowhere_takes_the_else_branch() -> None:
    steps = [
        {"kind": "condition", "variable": "a.b.c", "operator": "equals", "value": 1, "then": "end", "else": "no"},
        message("else", id="no"),
    ]
    assert told(Play(published("branch", *steps)).starts("branch")) == ["else"]


def test_end_completes_the_run() -> None:
    play = Play(published("over", {"kind": "end"}, message("never")))
    assert told(play.starts("over")) == []
    assert end_of(play) == "completed"


def test_escalate_tells_the_customer_why_and_calls_a_person() -> None:
    play = Play(published("hard", {"kind": "escalate", "reason": "A colleague will look at it."}))
    turn = play.starts("hard")
    assert told(turn) == ["A colleague will look at it."]
    assert end_of(play) == "escalated"
    assert play.state.mode == "member"


# collect


def test_an_answer_is_checked_and_stored() -> None:
    play = Play(published("ask", collect("email", validation="email"), message("Thanks {{email}}")))
    assert told(play.starts("ask")) == ["Which email?"]
    assert told(play.says("it is ann@example.com", email="ann@example.com")) == ["Thanks ann@example.com"]


def test_a_message_in_which_nothing_was_found_is_the_answer() -> None:
    play = Play(published("ask", collect("reason"), message("{{reason}}")))
    play.starts("ask")
    assert told(play.says("It is broken.")) == ["It is broken."]


def test_five_invalid_answers_hand_over() -> None:
    play = Play(published("ask", collect("email", "Your email?", validation="email")))
    play.starts("ask")
    for attempt in range(1, 5):
        [asked] = told(play.says("what?"))
        assert asked.startswith("That doesn't look like an email address.")
        assert asked.endswith("\nYour email?")
        assert play.top.waiting is not None
        assert play.top.waiting.model_dump()["attempts"] == attempt
    turn = play.says("what?")
    assert "handing you over" in told(turn)[0]
    assert handed_over(turn) == "No valid answer to “Your email?” after 5 tries."
    assert end_of(play) == "escalated"


def test_too_many_invalid_answers_can_lead_to_a_branch() -> None:
    steps = [collect("n", validation="number", attempts=1, on_too_many="sorry"), message("Sorry.", id="sorry")]
    play = Play(published("ask", *steps))
    play.starts("ask")
    assert told(play.says("many")) == ["Sorry."]
    assert end_of(play) == "completed"


def test_a_message_of_ones_own_says_what_was_wrong() -> None:
    play = Play(published("ask", collect("n", validation="number", invalid="Digits only, {{conversation.id}}.")))
    play.starts("ask")
    assert told(play.says("many")) == ["Digits only, conv.\nWhich n?"]


def test_choices_are_offered_and_nothing_else_is_taken() -> None:
    play = Play(published("ask", collect("kind", choices=["Refund", "Exchange"]), message("{{kind}}")))
    turn = play.starts("ask")
    assert turn.effects[-1].model_dump()["choices"] == ("Refund", "Exchange")
    assert told(play.says("money")) == ["Please choose one of: Refund, Exchange.\nWhich kind?"]
    assert told(play.clicks("Refund")) == ["Refund"]


def test_a_value_given_ahead_is_not_asked_for() -> None:
    play = Play(published("ask", collect("order"), collect("email", validation="email"), message("{{email}}")))
    play.wants("ask", email="ann@example.com")
    assert told(play.says("A1", order="A1")) == ["ann@example.com"]


def test_a_value_given_ahead_that_does_not_fit_is_asked_for() -> None:
    play = Play(published("ask", collect("email", validation="email")))
    assert told(play.wants("ask", email="no idea")) == ["Which email?"]


def test_values_for_later_questions_leave_the_present_one_standing() -> None:
    play = Play(published("ask", collect("order"), collect("email"), message("{{order}} {{email}}")))
    play.starts("ask")
    assert told(play.says("ann@example.com", email="ann@example.com")) == ["Which order?"]
    assert told(play.says("A1", order="A1")) == ["A1 ann@example.com"]


def test_a_value_given_ahead_must_be_valid_where_it_is_asked_for() -> None:
    steps = [collect("other"), collect("ref"), collect("ref", "As a number?", validation="number")]
    play = Play(published("ask", steps[0], {**steps[1], "id": "unused"}, steps[2]))
    play.starts("ask")
    play.says("x", other="x", ref="seven")
    assert told(play.turns[-1][1]) == ["As a number?"]


def loop() -> Published:
    return published(
        "loop",
        collect("order", id="ask"),
        collect("email", id="mail"),
        {"kind": "condition", "variable": "order", "operator": "equals", "value": "A1", "then": "end", "else": "again"},
        message("I know no order {{order}}.", id="again", next="ask"),
    )


def test_a_loop_asks_again() -> None:
    play = Play(loop())
    play.wants("loop", order="B2", email="a@b.example")
    assert told(play.turns[-1][1]) == ["I know no order B2.", "Which order?"]
    assert told(play.says("A1", order="A1")) == ["Which email?"]


def test_a_value_for_this_round_of_a_loop_is_not_asked_for_again() -> None:
    play = Play(loop())
    play.wants("loop", order="B2", email="a@b.example")
    play.says("A1, and my email is c@d.example", order="A1", email="c@d.example")
    assert end_of(play) == "completed"


def test_a_corrected_answer_is_asked_for_again_when_it_was_wrong_too() -> None:
    play = Play(loop())
    play.wants("loop", order="B1")
    turn = play.says("a@b.example, and the order is B2", email="a@b.example", order="B2")
    assert told(turn) == ["All right, I've changed that.", "I know no order B2.", "Which order?"]
    assert play.top.variables["order"] == "B2"


# what is declared


VARIABLES = [
    {"name": "order", "prompt": {"en": "Your order?", "de": "Ihre Bestellung?"}},
    {"name": "count", "type": "integer", "description": "how many"},
    {"name": "note", "required": False},
    {"name": "limit", "type": "integer", "default": "10"},
]


def test_declared_variables_are_asked_first() -> None:
    play = Play(published("declared", collect("more"), variables=VARIABLES))
    assert told(play.starts("declared")) == ["Your order?"]
    assert told(play.says("A1")) == ["how many?"]
    assert told(play.says("three")) == [
        "That doesn't look like a number. Please use digits, for example 42.\nhow many?"
    ]
    assert told(play.says("3")) == ["Which more?"]
    assert play.top.variables == {"order": "A1", "count": 3, "limit": 10}
    assert play.top.sources == {"order": "customer", "count": "customer", "limit": "default"}


def test_an_argument_that_does_not_fit_is_asked_for() -> None:
    play = Play(published("declared", collect("more"), variables=VARIABLES))
    assert told(play.starts("declared", order="A1", count="many", unknown=1)) == ["how many?"]
    assert play.top.variables == {"order": "A1"}


def test_several_declared_variables_may_be_given_in_one_answer() -> None:
    play = Play(published("declared", collect("more"), variables=VARIABLES))
    play.starts("declared")
    assert told(play.says("two of A1", order="A1", count=2)) == ["Which more?"]


def test_five_invalid_answers_to_a_declared_variable_hand_over() -> None:
    play = Play(published("declared", message("x"), variables=[{"name": "n", "type": "number"}]))
    play.starts("declared")
    for _ in range(4):
        play.says("many")
    assert handed_over(play.says("many")) == "No valid answer after 5 tries."


def test_a_prompt_that_cannot_be_filled_in_hands_over() -> None:
    variables = [{"name": "order", "prompt": "{{nothing}}?"}]
    turn = Play(published("declared", message("x"), variables=variables)).starts("declared")
    assert handed_over(turn) == "Before the first step: `{{nothing}}` has no value here."
    later = Play(published("declared", message("x"), variables=[{"name": "first"}, *variables]))
    later.starts("declared")
    assert handed_over(later.says("x")).startswith("Before the first step:")


# what cannot be carried out


@pytest.mark.parametrize(
    "step",
    [
        message("{{nothing}}"),
        collect("a", "{{nothing}}?"),
        {"kind": "set", "variable": "a", "value": "{{nothing}}"},
        {
            "kind": "condition",
            "variable": "a",
            "operator": "equals",
            "value": "{{nothing}}",
            "then": "end",
            "else": "end",
        },
        {"kind": "escalate", "reason": "{{nothing}}"},
        {"kind": "call", "url": "https://api.example.com/{{nothing}}"},
        {"kind": "call", "url": "https://api.example.com", "confirm": "Send {{nothing}}?"},
        {"kind": "call", "action": "gone"},
        {"kind": "call", "url": "/x", "connection": "gone"},
        tag("{{nothing}}"),
        {"kind": "internal", "action": "create_lead", "parameters": {"email": "{{message.content}}"}},
        {"kind": "internal", "action": "send_email", "parameters": {"to": "nobody", "subject": "s", "body": "b"}},
        {
            "kind": "internal",
            "action": "create_ticket",
            "parameters": {"subject": "s", "priority": "{{conversation.id}}"},
        },
        {"kind": "procedure", "procedure": "other", "arguments": {"a": "{{nothing}}"}},
    ],
)
def test_a_step_that_cannot_be_carried_out_hands_over_with_the_sentence_for_members_only(step: dict[str, Any]) -> None:
    play = Play(published("broken", {"id": "broken", **step}))
    turn = play.starts("broken")
    assert told(turn) == [
        "Something went wrong on our side. I'm handing you over to a colleague, who will answer you here."
    ]
    assert handed_over(turn).startswith("Step `broken`: ")
    assert end_of(play) == "failed"
    assert {effect.kind for effect in turn.effects} == {"say", "hand_over", "complete"}


def test_steps_that_never_pause_are_stopped() -> None:
    play = Play(published("forever", message("a", id="a"), {"kind": "set", "variable": "x", "value": 1, "next": "a"}))
    turn = play.starts("forever")
    assert handed_over(turn) == f"It went through {MOST_STEPS_WITHOUT_PAUSE} steps without a pause and was stopped."
    assert end_of(play) == "failed"


# internal


def test_internal_steps_act_on_deskhands_own_records() -> None:
    parameters = {"subject": "Refund {{order}}", "email": "Ann@Example.com", "priority": "high"}
    step = {"kind": "internal", "action": "create_ticket", "parameters": parameters}
    play = Play(published("ticket", step, message("Ticket {{ticketId}}"), variables=[{"name": "order"}]))
    turn = play.starts("ticket", order="A1")
    [wanted] = of(Perform, turn.effects)
    assert wanted.act == CreateTicket(subject="Refund A1", email="Ann@example.com", priority="HIGH")
    assert not wanted.act.outward
    assert told(play.succeeds({"ticketId": 7})) == ["Ticket 7"]


def test_a_line_break_in_a_subject_cannot_add_a_header() -> None:
    parameters = {"to": "a@example.com", "subject": "{{said}}", "body": "{{said}}"}
    step = {"kind": "internal", "action": "send_email", "parameters": parameters}
    play = Play(published("mail", collect("said"), step))
    play.starts("mail")
    [wanted] = of(Perform, play.says("Hi\r\nBcc: eve@example.com").effects)
    assert isinstance(wanted.act, SendEmail)
    assert wanted.act.subject == "Hi Bcc: eve@example.com"


def test_tagging_tags_the_conversation_once() -> None:
    play = Play(published("tags", tag("vip"), tag("vip"), tag("late")))
    turn = play.starts("tags")
    for _ in range(2):
        assert isinstance(of(Perform, turn.effects)[0].act, Tag)
        turn = play.succeeds()
    play.succeeds()
    assert play.state.tags == ("vip", "late")
    assert end_of(play) == "completed"


def test_resolving_marks_the_conversation() -> None:
    play = Play(published("over", {"kind": "internal", "action": "resolve_session"}))
    play.starts("over")
    assert play.state.status == "resolved"


# the interpreter itself


def test_an_event_that_a_run_does_not_wait_for_changes_nothing() -> None:
    one = published("ask", collect("a"))
    asked = begin(one, "run", {}, given())
    for event in (EffectSucceeded(run="run", seq=1), Started(), Confirmed(yes=True)):
        advanced = advance(one, asked.run, event, given())
        assert (advanced.run, advanced.effects) == (asked.run, ())


def test_a_run_that_is_over_stays_over() -> None:
    one = published("say", message("x"))
    over = begin(one, "run", {}, given())
    assert over.run.status == "completed"
    assert advance(one, over.run, Answered(text="x"), given()).effects == ()


@pytest.mark.parametrize("kind", STEP_KINDS)
def test_every_kinds_sample_is_a_step(kind: str) -> None:
    sample = STEP_KINDS[kind].sample
    [step] = procedure("sample", sample).steps
    assert step.kind == kind
    assert step.model_dump(exclude_unset=True, by_alias=True) == sample
