"""Messages that a model understands, outside of any turn: none is lost, none is answered twice."""

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.effects import HandOver, Read, ReadingDone
from tests.unit.domain.builders import Play, collect, message, of, published, refund, told


def says(play: Play, text: str) -> None:
    """The customer writes to an agent with a model."""
    play.take(e.Said(text=text, later=True))
    if play.state.unread:
        play.take(e.ReadUnread())


def understands(play: Play, *commands: c.Command) -> list[str]:
    assert play.state.reading is not None
    return told(play.take(e.Understood(reading=play.state.reading.id, commands=commands)))


def start(slug: str) -> c.StartProcedure:
    return c.StartProcedure(procedure=slug)


def test_a_message_is_kept_until_it_is_understood() -> None:
    play = Play(published("refund", collect("order")))
    says(play, "I want a refund")
    assert [one.reading for one in of(Read, play.effects)] == [play.state.reading.id]  # type: ignore[union-attr]
    assert understands(play, start("refund")) == ["Which order?"]
    assert play.state.reading is None


def test_what_comes_meanwhile_is_understood_afterwards_and_together() -> None:
    play = Play(published("refund", collect("order"), collect("email")))
    for text in ("I want a refund", "for A1", "mail a@b.example"):
        says(play, text)
    understands(play, start("refund"))
    assert play.state.unread == ("for A1", "mail a@b.example")
    play.take(e.ReadUnread())
    assert play.state.reading is not None
    assert play.state.reading.text == "for A1\nmail a@b.example"


def test_an_answer_to_an_older_reading_changes_nothing() -> None:
    play = Play(published("refund", collect("order")))
    says(play, "I want a refund")
    turn = play.take(e.Understood(reading="read_old", commands=(start("refund"),)))
    assert play.stack == []
    assert of(ReadingDone, turn.effects) == [ReadingDone(reading="read_old")]


def test_words_are_understood_again_once_where_the_question_has_changed() -> None:
    play = Play(published("refund", collect("order")), published("track", collect("parcel"), collect("email")))
    play.wants("track")
    says(play, "P1")
    play.starts("refund")
    assert understands(play, c.SetVariables(values={"parcel": "P1"})) == []
    again = play.state.reading
    assert again is not None
    assert again.again
    assert again.text == "P1"
    understands(play, c.SetVariables(values={"order": "P1"}))
    assert play.state.reading is None


def test_a_person_who_takes_over_reads_for_themselves() -> None:
    play = Play(published("refund", collect("order")))
    says(play, "I want a refund")
    reading = play.state.reading
    assert reading is not None
    play.taken_over()
    assert play.state.reading is None
    assert told(play.take(e.Understood(reading=reading.id, commands=(start("refund"),)))) == []
    assert play.stack == []


def test_words_in_which_a_model_found_no_answer_are_none() -> None:
    play = Play(published("refund", collect("reason"), message("{{reason}}")))
    play.wants("refund")
    says(play, "thanks a lot!")
    assert understands(play, c.SmallTalk(about="thanks"))[-1].endswith("Which reason?")
    assert play.top.variables == {}


def test_a_model_never_says_yes_for_the_customer() -> None:
    play = Play(published("refund", collect("order"), refund(confirm="Refund {{order}}?")))
    play.wants("refund", order="A1")
    says(play, "hm, I guess that would be fine by me")
    understands(play, c.Affirm())
    assert play.performed == []
    says(play, "my sister said yes once")
    understands(play, c.Affirm(), c.SetVariables(values={"confirm": True}))
    assert play.performed == []


def test_a_person_can_be_asked_for_while_a_call_is_under_way() -> None:
    play = Play(published("refund", collect("order"), refund()))
    says(play, "refund A1")
    understands(play, c.StartProcedure(procedure="refund", values={"order": "A1"}))
    play.take(e.Said(text="get me a human", commands=(c.HandOver(reason="asked"),)))
    assert of(HandOver, play.effects)


def test_what_is_written_during_a_call_waits_for_its_result() -> None:
    play = Play(published("refund", collect("order"), refund(), collect("rating")))
    play.wants("refund", order="A1")
    says(play, "and please hurry")
    assert play.state.reading is None
    assert play.state.unread == ("and please hurry",)
    play.succeeds()
    play.take(e.ReadUnread())
    assert play.state.reading is not None


def test_a_reading_that_ends_during_a_call_is_kept_for_later() -> None:
    play = Play(published("refund", collect("order"), refund()), published("hours", message("Nine to five.")))
    says(play, "when are you open?")
    play.starts("refund", order="A1")
    understands(play, start("hours"))
    assert play.state.unread == ("when are you open?",)
    assert told(play.succeeds()) == []
