"""A conversation routes what happens to the runs on its stack."""

from typing import Any

import pytest

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.effects import Ask, CloseApproval, Complete, Forgo, HandOver, Notify, Perform, Say
from deskhand.domain.errors import RuleError
from deskhand.domain.listening import MISUNDERSTOOD_LIMIT
from deskhand.domain.procedure import Published
from deskhand.domain.stack import DEEPEST
from deskhand.domain.state import ForAnswer, ForApproval, ForEffect, ForRun
from tests.unit.domain.builders import (
    Play,
    collect,
    handed_over,
    kinds,
    look_up,
    message,
    of,
    published,
    refund,
    sub,
    tag,
    told,
)

WAITING = "A colleague is still checking this. I'll write here as soon as they have decided."


def ask(slug: str, *variables: str, **fields: Any) -> Published:
    """A procedure that asks for some values, and then says that it is done."""
    return published(slug, *(collect(name) for name in variables), message(f"{slug} done."), **fields)


def refunds(**fields: Any) -> Published:
    """Asks for an order, then refunds it."""
    return published("refund", collect("order"), refund(**fields), message("Refunded."))


# procedures start


def test_what_the_customer_wants_starts_with_the_values_they_gave() -> None:
    play = Play(ask("track", "order", "email"))
    assert told(play.wants("track", order="A1")) == ["Which email?"]
    assert play.top.variables == {"order": "A1"}
    assert play.top.words == "I want track"
    assert told(play.says("ann@example.com")) == ["track done."]
    assert (play.stack, play.ended) == ([], [("track", "completed")])


def test_a_procedure_that_is_not_active_is_not_started_by_an_understanding() -> None:
    play = Play(ask("track", "order"))
    assert told(play.wants("other")) == ["I'm not sure what you need. I can help with: Track."]
    assert play.stack == []


def test_a_program_starts_a_procedure_by_name() -> None:
    play = Play(ask("track", "order", "email"))
    assert told(play.starts("track", order="A1")) == ["Which email?"]
    with pytest.raises(RuleError, match="no active procedure `other`"):
        play.starts("other")
    with pytest.raises(RuleError, match="`track` is running in this conversation already"):
        play.starts("track", order="B2")


def test_a_value_in_the_words_that_answer_a_start_is_asked_for_once() -> None:
    play = Play(ask("track", "order", "email"))
    turn = play.says("track A1", c.StartProcedure(procedure="track"), order="A1")
    assert told(turn) == ["Which email?"]


def test_too_many_procedures_at_once_are_refused() -> None:
    play = Play(*(ask(f"p{at}", "x") for at in range(DEEPEST + 1)))
    for at in range(DEEPEST):
        play.starts(f"p{at}")
    assert told(play.wants(f"p{DEEPEST}")) == ["Let's finish this first."]
    with pytest.raises(RuleError, match="Too many procedures"):
        play.starts(f"p{DEEPEST}")
    assert len(play.stack) == DEEPEST


# digressions


def test_a_digression_is_answered_and_then_the_first_question_is_asked_again() -> None:
    play = Play(ask("refund", "order"), ask("track", "parcel"))
    play.wants("refund")
    assert told(play.wants("track")) == ["Which parcel?"]
    assert play.stack == ["refund", "track"]
    assert told(play.says("P1")) == ["track done.", "Back to: Refund.", "Which order?"]
    assert told(play.says("A1")) == ["refund done."]


def test_what_ends_without_anything_below_goes_back_to_nothing() -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    assert told(play.says("A1")) == ["refund done."]


def test_a_remark_during_a_question_goes_back_to_it() -> None:
    play = Play(ask("refund", "order"), ask("hours"))
    play.wants("refund")
    assert told(play.wants("hours")) == ["hours done.", "Back to: Refund.", "Which order?"]


def test_two_wishes_at_once_are_asked_about_one_after_the_other() -> None:
    play = Play(ask("refund", "order"), ask("track", "parcel"))
    both = (c.StartProcedure(procedure="refund"), c.StartProcedure(procedure="track"))
    assert told(play.says("both", *both)) == ["Which order?"]
    assert told(play.says("A1")) == ["refund done.", "Now to your other request: Track.", "Which parcel?"]
    assert told(play.says("P1")) == ["track done."]


def test_a_wish_that_is_done_at_once_leaves_the_way_to_the_next_one() -> None:
    play = Play(ask("refund", "order"), ask("hours"))
    both = (c.StartProcedure(procedure="hours"), c.StartProcedure(procedure="refund"))
    assert told(play.says("both", *both)) == ["hours done.", "Which order?"]


def test_two_wishes_come_before_what_they_interrupt() -> None:
    play = Play(ask("refund", "order"), ask("track", "parcel"), ask("swap", "size"))
    play.wants("refund")
    play.says("both", c.StartProcedure(procedure="track"), c.StartProcedure(procedure="swap"))
    assert told(play.says("P1")) == ["track done.", "Now to your other request: Swap.", "Which size?"]
    assert told(play.says("M")) == ["swap done.", "Back to: Refund.", "Which order?"]


def test_an_answer_and_a_new_wish_in_one_message_both_count() -> None:
    play = Play(ask("refund", "order", "email"), ask("track", "parcel"))
    play.wants("refund")
    turn = play.says(
        "A1, and track my parcel", c.SetVariables(values={"order": "A1"}), c.StartProcedure(procedure="track")
    )
    assert told(turn) == ["Which parcel?"]
    assert told(play.says("P1")) == ["track done.", "Back to: Refund.", "Which email?"]


def test_wanting_again_what_is_being_asked_about_repeats_the_question() -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    assert told(play.wants("refund")) == ["Which order?"]
    assert play.stack == ["refund"]


def test_wanting_again_with_the_value_that_is_asked_for_answers_the_question() -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    assert told(play.wants("refund", order="A1")) == ["refund done."]


def test_what_was_wrong_with_an_answer_is_told_even_if_the_wish_is_repeated() -> None:
    play = Play(published("refund", collect("order", validation="number")))
    play.wants("refund")
    turn = play.says("refund xyz", c.SetVariables(values={"order": "xyz"}), c.StartProcedure(procedure="refund"))
    assert told(turn) == ["That doesn't look like a number. Please use digits, for example 42.\nWhich order?"]


def test_wanting_again_what_was_interrupted_brings_it_back_on_top() -> None:
    play = Play(ask("refund", "order"), ask("track", "parcel"))
    play.wants("refund")
    play.wants("track")
    assert told(play.wants("refund")) == ["Back to: Refund.", "Which order?"]
    assert play.stack == ["track", "refund"]
    assert told(play.says("A1")) == ["refund done.", "Back to: Track.", "Which parcel?"]


def test_what_was_interrupted_comes_back_with_the_procedure_that_it_called() -> None:
    verify = ask("verify", "email")
    outer = published("refund", sub("verify"), message("refund done."), children=[verify])
    play = Play(outer, ask("track", "parcel"))
    play.wants("refund")
    play.wants("track")
    assert told(play.wants("refund")) == ["Back to: Refund.", "Which email?"]
    assert play.stack == ["track", "refund", "verify"]


# interrupted runs


def interrupted(**fields: Any) -> Play:
    """A refund whose act waits below a question."""
    play = Play(
        published("refund", refund(**fields), collect("rating"), variables=[{"name": "order"}]), ask("track", "x")
    )
    play.starts("refund", order="A1")
    play.starts("track")
    return play


def test_an_interrupted_run_goes_on_but_its_question_waits() -> None:
    play = interrupted()
    turn = play.succeeds({})
    assert turn.effects == ()
    assert isinstance(play.state.runs[0].waiting, ForAnswer)
    assert told(play.says("x")) == ["track done.", "Back to: Refund.", "Which rating?"]


def test_an_approval_for_an_interrupted_run_is_decided_as_always() -> None:
    play = interrupted(approval="require")
    assert kinds(play.decides("approve")) == ["close_approval", "perform"]
    assert kinds(play.succeeds({})) == []
    assert play.stack == ["refund", "track"]


def test_rejecting_for_an_interrupted_run_hands_the_conversation_over() -> None:
    play = interrupted(approval="require")
    turn = play.decides("reject", "No.")
    assert kinds(turn) == ["close_approval", "forgo", "say", "hand_over", "complete"]
    assert (play.state.mode, play.stack) == ("member", ["track"])


def test_going_back_to_what_waits_for_a_colleague_says_so() -> None:
    play = interrupted(approval="require")
    assert told(play.says("x")) == ["track done.", "Back to: Refund.", WAITING]
    assert told(play.says("and now?")) == [WAITING]


def test_a_confirmation_of_an_interrupted_run_is_no_answer_to_the_question_on_top() -> None:
    play = interrupted(confirm="Refund?")
    with pytest.raises(RuleError, match="no longer open"):
        play.clicks("yes", play.state.runs[0].question)
    play.says("yes")
    assert not play.performed
    assert told(play.turns[-1][1])[1:] == [
        "Back to: Refund.",
        "Refund? Shall I go ahead? Please answer yes or no.",
    ]


def test_a_procedure_that_an_interrupted_run_calls_stays_below_the_question() -> None:
    verify = ask("verify", "email")
    outer = published(
        "refund", refund(), sub("verify"), message("refund done."), variables=[{"name": "order"}], children=[verify]
    )
    play = Play(outer, ask("track", "parcel"))
    play.starts("refund", order="A1")
    play.starts("track")
    assert play.succeeds({}).effects == ()
    assert play.stack == ["refund", "verify", "track"]
    assert told(play.says("P1")) == ["track done.", "Back to: Refund.", "Which email?"]
    assert told(play.says("a@b.example")) == ["verify done.", "refund done."]


# procedures that call procedures


def family(*after: dict[str, Any], child: Published | None = None, **fields: Any) -> Published:
    """A procedure that verifies the customer by another one."""
    verify = child or published("verify", message("Hi {{email}}"), collect("pin"), variables=[{"name": "email"}])
    step = sub("verify", arguments={"email": "{{mail}}"}, outputs={"code": "pin", "none": "nothing"})
    return published("refund", collect("mail"), step, *after, children=[verify], **fields)


def test_a_procedure_takes_arguments_and_gives_outputs() -> None:
    play = Play(family(message("{{code}}"), collect("more")))
    play.wants("refund")
    assert told(play.says("a@b.example")) == ["Hi a@b.example", "Which pin?"]
    assert isinstance(play.state.runs[0].waiting, ForRun)
    assert play.top.words == "I want refund"
    assert told(play.says("1234")) == ["1234", "Which more?"]
    assert play.top.variables == {"mail": "a@b.example", "code": "1234", "none": None}
    assert play.ended == [("verify", "completed")]


def test_an_escalation_in_a_called_procedure_ends_its_caller_too() -> None:
    child = published("verify", {"kind": "escalate", "reason": "A colleague will verify you."})
    play = Play(family(message("never"), child=child))
    play.wants("refund")
    turn = play.says("a@b.example")
    assert told(turn) == ["A colleague will verify you."]
    assert len(of(HandOver, turn.effects)) == 1
    assert play.ended == [("verify", "escalated"), ("refund", "escalated")]


def test_a_no_in_a_called_procedure_cancels_its_caller_too() -> None:
    child = published("verify", refund(confirm="Sure?", body=None))
    play = Play(family(message("never"), child=child), ask("track", "parcel"))
    play.wants("track")
    play.wants("refund")
    play.says("a@b.example")
    assert told(play.says("no")) == ["All right, I won't do that.", "Back to: Track.", "Which parcel?"]
    assert play.ended == [("verify", "cancelled"), ("refund", "cancelled")]


def test_cancelling_stops_a_procedure_with_those_that_called_it() -> None:
    play = Play(family(message("never")))
    play.wants("refund")
    play.says("a@b.example")
    assert told(play.says("stop", c.Cancel())) == ["All right, I've stopped that."]
    assert play.ended == [("verify", "cancelled"), ("refund", "cancelled")]


def test_a_called_procedure_that_is_not_pinned_hands_over_and_leaves_nothing_behind() -> None:
    middle = published("verify", sub("gone"))
    play = Play(family(message("never"), child=middle))
    play.wants("refund")
    turn = play.says("a@b.example")
    assert handed_over(turn).startswith("The procedure `gone` that `verify` calls is not there")
    assert told(turn)[0].startswith("Something went wrong on our side.")
    assert (play.stack, play.ended) == ([], [("verify", "failed"), ("refund", "failed")])


def test_procedures_that_call_each_other_without_a_pause_are_stopped() -> None:
    child = published("verify", message("again"))
    outer = published("refund", sub("verify", id="a", next="a"), children=[child])
    play = Play(outer)
    turn = play.starts("refund")
    assert "for ever" in handed_over(turn)
    assert play.stack == []


def test_procedures_that_lie_too_deep_hand_over() -> None:
    one = ask("p0", "x")
    for depth in range(1, DEEPEST + 1):
        one = published(f"p{depth}", sub(one.slug), children=[one])
    play = Play(one)
    turn = play.starts(one.slug)
    assert "too deep" in handed_over(turn)
    assert play.stack == []
    assert {run.status for run in turn.ended} == {"failed"}


# cancelling


def test_cancelling_what_is_on_top_goes_back_to_what_was_interrupted() -> None:
    play = Play(ask("refund", "order"), ask("track", "parcel"))
    play.wants("refund")
    play.wants("track")
    assert told(play.says("never mind", c.Cancel())) == [
        "All right, I've stopped that.",
        "Back to: Refund.",
        "Which order?",
    ]


def test_there_may_be_nothing_to_cancel() -> None:
    assert told(Play().says("stop", c.Cancel())) == ["There is nothing going on that I could stop."]


def test_cancelling_forgoes_what_was_intended() -> None:
    for fields, expected in (
        ({"confirm": "Sure?"}, ["forgo", "complete", "say"]),
        ({"approval": "require"}, ["forgo", "close_approval", "complete", "say"]),
    ):
        play = Play(refunds(**fields))
        play.wants("refund", order="A1")
        turn = play.take(e.Cancelled(by="customer"))
        assert kinds(turn) == expected
        assert [closed.status for closed in of(CloseApproval, turn.effects)] == ["lapsed"] * (len(expected) - 3)


def test_cancelling_during_a_call_does_not_claim_that_it_was_stopped() -> None:
    play = Play(refunds(description="Refund {{order}}"))
    play.wants("refund", order="A1")
    turn = play.says("stop", c.Cancel())
    assert told(turn) == ["I've stopped, but what was already on its way may still happen. A colleague can see that."]
    [notified] = of(Notify, turn.effects)
    assert notified.description.endswith("may have happened or still happen: Refund A1")
    assert not of(Forgo, turn.effects)
    assert play.succeeds({}).effects == ()
    assert play.stack == []


def test_cancelling_a_look_up_is_harmless() -> None:
    play = Play(published("track", collect("order"), look_up()))
    play.wants("track", order="A1")
    assert kinds(play.says("stop", c.Cancel())) == ["complete", "say"]


def test_cancelling_while_an_outcome_is_unknown_leaves_word_with_the_members() -> None:
    play = Play(refunds())
    play.wants("refund", order="A1")
    play.stays_unknown()
    turn = play.says("stop", c.Cancel())
    assert kinds(turn) == ["close_approval", "notify", "complete", "say"]


def test_a_member_stops_one_run() -> None:
    play = interrupted(approval="require")
    turn = play.take(e.RunStopped(run=play.state.runs[0].id, by="Ben"))
    assert kinds(turn) == ["forgo", "close_approval", "complete", "say", "ask"]
    assert told(turn)[-1] == "Which x?"
    with pytest.raises(RuleError, match="over already"):
        play.take(e.RunStopped(run="run_gone", by="Ben"))


def test_stopping_a_run_stops_what_it_called_and_what_called_it() -> None:
    for at in (1, 2):
        play = Play(family(message("never")), ask("hours", "day"))
        play.wants("hours")
        play.wants("refund")
        play.says("a@b.example")
        turn = play.take(e.RunStopped(run=play.state.runs[at].id, by="Ben"))
        assert [effect.procedure for effect in of(Complete, turn.effects)] == ["verify", "refund"]
        assert told(turn) == ["All right, I've stopped that.", "Back to: Hours.", "Which day?"]


# while an act is under way


def test_messages_during_a_call_are_kept() -> None:
    play = Play(refunds())
    play.wants("refund", order="A1")
    assert play.says("hello?").effects == ()
    assert play.says("it was order A1", order="A1").effects == ()
    assert play.state.unread == ("hello?", "it was order A1")
    play.succeeds({})
    assert play.state.unread == ("hello?", "it was order A1")
    play.says("\n".join(play.state.unread))
    assert play.state.unread == ()


def test_a_person_can_be_asked_for_during_a_call() -> None:
    play = Play(refunds())
    play.wants("refund", order="A1")
    play.says("hello?")
    turn = play.says("a human please", c.HandOver(reason="The customer asked for a person."))
    assert handed_over(turn) == "The customer asked for a person."
    assert told(turn) == ["I'm handing you over to a colleague, who will answer you here."]
    assert play.state.unread == ()


def test_a_result_counts_once_and_only_for_the_act_that_is_under_way() -> None:
    play = Play(published("twice", refund(body=None), refund(body=None), collect("x")))
    play.starts("twice")
    first = play.performed[0]
    play.succeeds({})
    assert play.succeeds({}, first).effects == ()
    assert isinstance(play.top.waiting, ForEffect)
    assert play.top.waiting.seq == 2
    assert play.take(e.EffectSucceeded(run="run_other", seq=2)).effects == ()


# what is not understood, and choices


def test_what_is_not_understood_four_times_in_a_row_goes_to_a_person() -> None:
    play = Play(ask("track", "order"))
    assert told(play.says("hm"))[0] == "I'm not sure what you need. I can help with: Track."
    for _ in range(MISUNDERSTOOD_LIMIT - 2):
        assert told(play.says("hm")) == ["I'm not sure what you need. Could you say it in other words?"]
    turn = play.says("hm")
    assert handed_over(turn) == "The agent did not understand 4 messages in a row."
    assert play.state.mode == "member"


def test_an_answer_counts_as_understood() -> None:
    play = Play(ask("track", "order"))
    play.says("hm")
    play.wants("track")
    play.says("hm")
    assert play.state.misunderstood == 0


def clarify(*slugs: str) -> c.Clarify:
    return c.Clarify(between=slugs)


def test_the_customer_is_asked_which_of_two_procedures_is_meant() -> None:
    play = Play(ask("refund", "order"), ask("track", "order"))
    turn = play.says("my order", clarify("refund", "track"))
    assert turn.effects == (Ask(text="Do you mean Refund or Track?", question="choice", choices=("Refund", "Track")),)
    assert told(play.clicks("Track", "choice")) == ["Which order?"]
    assert (play.stack, play.state.choice) == (["track"], ())
    with pytest.raises(RuleError, match="no longer open"):
        play.clicks("Refund", "choice")


def test_a_choice_can_be_answered_in_words() -> None:
    play = Play(ask("refund", "order"), ask("track", "order"))
    play.says("my order", clarify("refund", "track"))
    play.wants("refund")
    assert play.state.choice == ()


@pytest.mark.parametrize("choice", ["Other", "", "Archived"])
def test_a_click_on_what_was_not_offered_is_refused(choice: str) -> None:
    play = Play(ask("refund", "order"), ask("track", "order"))
    play.says("my order", clarify("refund", "track"))
    with pytest.raises(RuleError, match="no longer open"):
        play.clicks(choice, "choice")


def test_a_choice_between_what_is_not_there_is_no_choice() -> None:
    play = Play(ask("refund", "order"))
    assert told(play.says("my order", clarify("refund", "gone"))) == [
        "I'm not sure what you need. I can help with: Refund."
    ]


def test_cancelling_a_choice_takes_it_back() -> None:
    play = Play(ask("refund", "order"), ask("track", "order"))
    play.says("my order", clarify("refund", "track"))
    assert told(play.says("never mind", c.Cancel())) == ["All right, I've stopped that."]
    with pytest.raises(RuleError, match="no longer open"):
        play.clicks("Track", "choice")


# clicks


def test_a_click_on_an_answered_question_answers_nothing_else() -> None:
    play = Play(published("ask", collect("size", choices=["S", "M"]), collect("fit", choices=["S", "L"]), collect("x")))
    play.starts("ask")
    first = play.top.question
    play.clicks("S")
    with pytest.raises(RuleError, match="no longer open"):
        play.clicks("S", first)
    assert play.top.variables == {"size": "S"}


def test_a_question_that_is_asked_again_after_a_wrong_answer_keeps_its_buttons() -> None:
    play = Play(published("ask", collect("size", choices=["S", "M"]), collect("x")))
    play.starts("ask")
    first = play.top.question
    play.says("huge")
    play.clicks("M", first)
    assert play.top.variables == {"size": "M"}


def test_declared_variables_are_questions_of_their_own() -> None:
    variables = [{"name": "a", "choices": ["x"]}, {"name": "b", "choices": ["x"]}]
    play = Play(published("ask", message("m"), variables=variables))
    play.starts("ask")
    first = play.top.question
    play.clicks("x")
    with pytest.raises(RuleError, match="no longer open"):
        play.clicks("x", first)


def test_a_questions_name_is_short_however_long_the_steps_is() -> None:
    play = Play(published("ask", collect("x", id="a" * 64)))
    play.starts("ask")
    assert len(play.top.question or "") == 20


@pytest.mark.parametrize("question", ["run_other", "", "choice"])
def test_a_click_on_a_question_that_never_was_is_refused(question: str) -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    with pytest.raises(RuleError, match="no longer open"):
        play.take(e.Clicked(question=question, choice="A1"))


def test_a_confirmation_is_clicked_with_yes_or_no_only() -> None:
    play = Play(refunds(confirm="Sure?"))
    play.wants("refund", order="A1")
    with pytest.raises(RuleError, match="`yes` or `no`"):
        play.clicks("Yes, all of them")


# members


def test_a_member_takes_over_and_the_agent_is_silent() -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    assert told(play.taken_over("Ben")) == ["You are now talking to Ben."]
    assert play.taken_over("Ben").effects == ()
    assert (play.state.mode, play.state.member) == ("member", "Ben")
    assert play.says("A1", order="A1").effects == ()
    assert play.wants("refund").effects == ()
    assert play.says("stop", c.Cancel()).effects == ()
    assert play.stack == ["refund"]


@pytest.mark.parametrize("event", [e.Clicked(question="x", choice="y"), e.StartRequested(procedure="refund")])
def test_nothing_is_clicked_or_started_while_a_member_has_the_conversation(event: e.Event) -> None:
    play = Play(ask("refund", "order"))
    play.taken_over()
    with pytest.raises(RuleError, match="taken this conversation over"):
        play.take(event)


def test_handing_back_asks_the_question_again() -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    play.taken_over()
    assert told(play.handed_back()) == ["Which order?"]
    assert told(play.says("A1")) == ["refund done."]
    with pytest.raises(RuleError, match="with the agent already"):
        play.handed_back()


def test_a_result_is_held_until_the_member_hands_back() -> None:
    play = Play(refunds())
    play.wants("refund", order="A1")
    play.taken_over()
    assert play.succeeds({}).effects == ()
    assert play.state.runs[0].held is not None
    assert told(play.handed_back()) == ["Refunded."]
    assert play.ended == [("refund", "completed")]


def test_nothing_new_is_sent_while_a_member_has_the_conversation() -> None:
    play = Play(published("twice", refund(body=None), refund(body=None)))
    play.starts("twice")
    play.taken_over()
    play.succeeds({})
    assert len(play.performed) == 1
    assert kinds(play.handed_back()) == ["perform"]


def test_handing_back_releases_what_is_held_below_and_asks_the_question_on_top() -> None:
    play = Play(
        published("refund", refund(), message("Refunded."), variables=[{"name": "order"}]), ask("track", "parcel")
    )
    play.starts("refund", order="A1")
    play.starts("track")
    play.taken_over()
    play.succeeds({})
    assert told(play.handed_back()) == ["Refunded.", "Which parcel?"]


def test_what_is_handed_over_again_while_handing_back_holds_the_rest() -> None:
    play = Play(published("one", refund(body=None)), published("two", refund(body=None), message("two done.")))
    play.starts("one")
    play.starts("two")
    first, second = play.performed
    play.taken_over()
    play.succeeds({}, second)
    play.take(e.EffectFailed(run=first.run, seq=first.seq, problem="No."))
    turn = play.handed_back()
    assert handed_over(turn).endswith("failed: No.")
    assert (play.state.mode, play.stack) == ("member", ["two"])
    assert told(play.handed_back()) == ["two done."]


def test_messages_that_a_member_has_read_are_not_understood_later() -> None:
    for event in (e.TakenOver(by="Ben"), e.Replied(by="Ben", text="Hi"), e.Resolved(by="Ben")):
        play = Play(refunds())
        play.wants("refund", order="A1")
        play.says("hello?")
        play.take(event)
        assert play.state.unread == ()
    play = Play(refunds())
    play.wants("refund", order="A1")
    play.says("hello?")
    play.fails()
    assert (play.state.mode, play.state.unread) == ("member", ())


def test_a_reply_takes_the_conversation_over_without_a_word_by_the_agent() -> None:
    play = Play(ask("refund", "order"))
    turn = play.take(e.Replied(by="Ben", text="Hello, Ben here."))
    assert turn.effects == ()
    assert (play.state.mode, play.state.member) == ("member", "Ben")


@pytest.mark.parametrize("decision", ["approve"])
def test_nothing_is_approved_while_a_member_talks_to_the_customer(decision: str) -> None:
    play = Play(refunds(approval="require"))
    play.wants("refund", order="A1")
    play.taken_over()
    with pytest.raises(RuleError, match="hand it back to the agent first"):
        play.decides(decision)
    play.handed_back()
    assert kinds(play.decides(decision)) == ["close_approval", "perform"]


@pytest.mark.parametrize(("decision", "status"), [("reject", "rejected"), ("expire", "expired")])
def test_a_decision_against_an_act_ends_its_run_quietly_while_a_member_talks(decision: str, status: str) -> None:
    play = Play(family(child=published("verify", refund(body=None, approval="require"))))
    play.wants("refund", mail="a@b.example")
    play.taken_over()
    turn = play.decides(decision, "No.")
    assert kinds(turn) == ["close_approval", "forgo", "complete", "complete"]
    assert of(CloseApproval, turn.effects)[0].status == status
    assert (play.stack, play.ended) == ([], [("verify", "escalated"), ("refund", "escalated")])
    assert play.handed_back().effects == ()


def test_an_unknown_outcome_can_be_taken_over_while_a_member_talks() -> None:
    play = Play(refunds())
    play.wants("refund", order="A1")
    play.stays_unknown()
    play.taken_over()
    for decision in ("retry", "happened"):
        with pytest.raises(RuleError, match="hand it back"):
            play.decides(decision)
    assert kinds(play.decides("take_over")) == ["close_approval", "complete"]


def test_cancelling_is_quiet_while_a_member_talks() -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    play.taken_over()
    assert kinds(play.take(e.Cancelled(by="Ben"))) == ["complete"]


# resolving and reopening


def test_resolving_ends_everything_from_the_top_down() -> None:
    play = Play(family(), ask("track", "parcel"))
    play.wants("refund")
    play.says("a@b.example")
    play.wants("track")
    turn = play.take(e.Resolved(by="Ben"))
    assert [effect.procedure for effect in of(Complete, turn.effects)] == ["track", "verify", "refund"]
    assert not of(Say, turn.effects)
    assert (play.state.status, play.state.mode, play.stack) == ("resolved", "agent", [])


def test_resolving_during_a_call_leaves_word_with_the_members() -> None:
    play = Play(refunds())
    play.wants("refund", order="A1")
    assert kinds(play.take(e.Resolved(by="Ben"))) == ["notify", "complete"]
    assert play.succeeds({}).effects == ()
    assert play.state.status == "resolved"


def test_the_customers_next_message_reopens() -> None:
    play = Play(ask("refund", "order"))
    play.take(e.Resolved(by="Ben"))
    assert told(play.wants("refund")) == ["Which order?"]
    assert play.state.status == "open"


def test_what_a_program_starts_reopens() -> None:
    play = Play(ask("refund", "order"))
    play.take(e.Resolved(by="Ben"))
    play.starts("refund")
    assert play.state.status == "open"


def test_a_hand_over_reopens_what_the_procedure_had_resolved() -> None:
    steps = [{"kind": "internal", "action": "resolve_session"}, {"kind": "escalate", "reason": "Sorry."}]
    play = Play(published("odd", *steps))
    play.starts("odd")
    assert play.state.status == "resolved"
    play.succeeds()
    assert (play.state.status, play.state.mode) == ("open", "member")


# versions


def test_a_run_is_pinned_to_the_version_that_it_began_with() -> None:
    old, new = ask("refund", "order"), published("refund", message("New."), version=2)
    play = Play(old)
    play.wants("refund")
    play.catalogue = Play(new, old=[old]).catalogue
    assert told(play.says("A1")) == ["refund done."]
    assert told(play.wants("refund")) == ["New."]


def test_an_archived_procedures_run_is_finished() -> None:
    old = ask("refund", "order")
    play = Play(old)
    play.wants("refund")
    play.catalogue = Play(old=[old]).catalogue
    assert told(play.says("A1")) == ["refund done."]


def test_another_version_never_stands_in() -> None:
    play = Play(ask("refund", "order"))
    play.wants("refund")
    play.catalogue = Play(published("refund", collect("order"), version=2)).catalogue
    with pytest.raises(RuleError, match="Version 1 of `refund`"):
        play.says("A1")


# names


def test_everything_within_one_turn_has_a_name_of_its_own() -> None:
    once = published("once", tag("a", approval="require"))
    again = published("again", tag("a", approval="require"))
    play = Play(once, again)
    play.says("both", c.StartProcedure(procedure="once"), c.StartProcedure(procedure="again"))
    runs = [run.id for run in play.state.runs]
    approvals = [request.approval for request in play.requests]
    assert len({*runs, *approvals}) == 4
    assert all(isinstance(run.waiting, ForApproval) for run in play.state.runs)


def test_runs_of_two_turns_at_the_same_time_have_names_of_their_own() -> None:
    play = Play(ask("hours"))
    ids = [of(Complete, play.wants("hours").effects)[0].run for _ in range(2)]
    assert len(set(ids)) == 2


def test_own_acts_are_performed_in_turn() -> None:
    play = Play(published("tags", tag("a"), tag("b")))
    assert [type(effect) for effect in play.starts("tags").effects] == [Perform]


def test_politeness_is_answered_kindly_and_never_ends_at_a_person() -> None:
    play = Play(published("ask", collect("x")))
    turns = [
        play.says("…", c.SmallTalk(about=about)) for about in ("greeting", "thanks", "goodbye", "thanks", "thanks")
    ]
    assert (play.state.mode, play.state.misunderstood) == ("agent", 0)
    assert told(turns[0])[0].startswith("Hello! I can help with")
    assert told(turns[1])[0].startswith("You're welcome")
    assert told(turns[2])[0].startswith("Goodbye")
