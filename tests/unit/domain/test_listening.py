"""What becomes of a message: several commands at once, courtesy, and words that nobody can do anything with."""

import pytest

from deskhand.domain import commands as c
from deskhand.domain.effects import Ask, HandOver, ShowOffer, Unanswered
from deskhand.domain.listening import LONGEST_UNREAD, MISUNDERSTOOD_LIMIT
from deskhand.domain.procedure import Published
from tests.unit.domain.builders import Play, collect, message, of, published, refund, told


def ask(slug: str, *variables: str, **fields: object) -> Published:
    return published(slug, *(collect(name) for name in variables), message(f"{slug} done."), **fields)


def on_unanswered() -> Published:
    return published("ticket", collect("subject"), trigger={"on_unanswered": True})


def start(slug: str, **values: object) -> c.StartProcedure:
    return c.StartProcedure(procedure=slug, values=values)


# stopping one thing for another


def test_what_is_wanted_instead_begins_when_the_other_has_stopped() -> None:
    play = Play(ask("track", "order"), ask("refund", "order"))
    play.wants("track")
    assert told(play.says("forget that, I want a refund", c.Cancel(), start("refund"))) == [
        "All right, I've stopped that.", "Which order?",
    ]  # fmt: skip
    assert (play.stack, play.ended) == (["refund"], [("track", "cancelled")])


def test_nothing_is_gone_back_to_before_what_is_wanted_instead() -> None:
    play = Play(ask("track", "order"), ask("refund", "order"), ask("call", "day"))
    play.wants("track")
    play.wants("refund")
    said = told(play.says("no refund, book a call", c.Cancel(), start("call")))
    assert said == ["All right, I've stopped that.", "Which day?"]
    assert play.stack == ["track", "call"]
    assert told(play.says("Friday", day="Friday")) == ["call done.", "Back to: Track.", "Which order?"]


def test_stopping_comes_first_in_whatever_order_the_commands_are() -> None:
    play = Play(ask("track", "order"), ask("refund", "order"))
    play.wants("track")
    play.says("a refund, forget that", start("refund"), c.Cancel())
    assert play.stack == ["refund"]


# being asked which is meant


def test_what_was_said_before_a_choice_is_not_asked_for_again() -> None:
    play = Play(ask("track", "order"), ask("refund", "order", "why"))
    play.says("A1", c.Clarify(between=("track", "refund"), values={"order": "A1"}))
    assert told(play.wants("refund")) == ["Which why?"]
    assert play.top.variables == {"order": "A1"}
    assert play.state.choice_values == {}


def test_a_click_takes_what_was_said_before_along() -> None:
    play = Play(ask("track", "order"), ask("refund", "order", "why"))
    play.says("A1", c.Clarify(between=("track", "refund"), values={"order": "A1"}))
    assert told(play.clicks("Track", "choice")) == ["track done."]


def test_what_was_said_before_a_choice_goes_nowhere_else() -> None:
    play = Play(ask("track", "order"), ask("refund", "order"), ask("call", "order"))
    play.says("A1", c.Clarify(between=("track", "refund"), values={"order": "A1"}))
    assert told(play.wants("call")) == ["Which order?"]


def test_more_than_two_are_named_in_one_sentence() -> None:
    play = Play(*(ask(slug, "order") for slug in ("one", "two", "three", "four", "five")))
    turn = play.says("A1", c.Clarify(between=("one", "two", "three", "four", "five")))
    assert told(turn) == ["Do you mean One, Two, Three or Four?"]
    assert of(Ask, turn.effects)[0].choices == ("One", "Two", "Three", "Four")


def test_a_single_one_is_offered_with_what_was_said() -> None:
    play = Play(ask("track", "order"))
    turn = play.says("A1", c.Clarify(between=("track",), values={"order": "A1"}))
    assert [one.procedure for one in of(ShowOffer, turn.effects)] == ["track"]
    assert play.stack == []
    assert told(play.says("yes", c.Affirm())) == ["track done."]


# courtesy


@pytest.mark.parametrize("about", ["greeting", "thanks"])
def test_courtesy_in_the_middle_leads_back_to_the_question_and_is_no_wrong_answer(about: str) -> None:
    play = Play(ask("track", "order"))
    play.wants("track")
    for _ in range(9):
        assert told(play.says("hello?", c.SmallTalk(about=about))) == ["Which order?"]
    assert told(play.says("A1", order="A1")) == ["track done."]


def test_a_goodbye_in_the_middle_is_returned_and_the_question_stays() -> None:
    play = Play(ask("track", "order"))
    play.wants("track")
    assert told(play.says("bye", c.SmallTalk(about="goodbye"))) == ["Goodbye, and thank you for writing."]
    assert told(play.says("A1", order="A1")) == ["track done."]


def test_thanks_while_a_colleague_checks_are_returned() -> None:
    play = Play(published("refund", collect("order"), refund(approval="require")))
    play.wants("refund", order="A1")
    assert told(play.says("thanks", c.SmallTalk(about="thanks")))[0].startswith("You're welcome.")
    assert play.stack == ["refund"]


# what asks for nothing, and what nobody understands


@pytest.mark.parametrize("text", ["yes", "No.", "ok", "👍", "😀😀", "...", "?!"])
def test_words_that_ask_for_nothing_are_no_unanswered_question(text: str) -> None:
    play = Play(on_unanswered(), ask("track", "order"))
    turn = play.says(text)
    assert told(turn) == ["What can I do for you?"]
    assert of(Unanswered, turn.effects) == of(ShowOffer, turn.effects) == []


def test_an_offer_for_what_is_not_understood_comes_with_a_word() -> None:
    play = Play(on_unanswered())
    turn = play.says("blub")
    assert told(turn) == ["I'm not sure what you need. Could you say it in other words?"]
    assert [one.procedure for one in of(ShowOffer, turn.effects)] == ["ticket"]


@pytest.mark.parametrize("commands", [(), (c.Unanswerable(),)], ids=["not understood", "not known"])
def test_a_person_takes_over_though_something_is_offered_each_time(commands: tuple[c.Command, ...]) -> None:
    play = Play(on_unanswered())
    for _ in range(MISUNDERSTOOD_LIMIT - 1):
        assert of(HandOver, play.says("blub?", *commands).effects) == []
    assert len(of(HandOver, play.says("blub?", *commands).effects)) == 1


def test_what_was_understood_in_between_starts_the_count_anew() -> None:
    play = Play(on_unanswered(), published("hours", message("Nine to five.")))
    for _ in range(MISUNDERSTOOD_LIMIT - 1):
        play.says("blub?", c.Unanswerable())
    play.wants("hours")
    assert of(HandOver, play.says("blub?", c.Unanswerable()).effects) == []


def test_a_customer_who_writes_on_and_on_is_not_read_without_end() -> None:
    play = Play(published("refund", collect("order"), refund()))
    play.wants("refund", order="A1")
    for number in range(50):
        play.says(f"{number} " + "x" * 5000)
    assert sum(map(len, play.state.unread)) <= LONGEST_UNREAD
    assert play.state.unread[-1].startswith("49 ")
