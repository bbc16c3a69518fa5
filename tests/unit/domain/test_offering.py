"""Triggers and offers: who starts a procedure, for whom, and what the customer made of it."""

import pytest

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.citation import Citation
from deskhand.domain.effects import CloseOffer, Guarded, Say, ShowOffer, Unanswered
from deskhand.domain.errors import RuleError
from tests.unit.domain.builders import Play, Published, collect, message, of, published, told


def offered(slug: str, *steps: object, **trigger: object) -> Published:
    given = {"description": "When wanted.", "start": "offer", **trigger}
    return published(slug, *(steps or (message(f"{slug} done."),)), trigger=given)  # type: ignore[arg-type]


def standing(play: Play) -> list[str]:
    return [offer.procedure for offer in play.state.offers]


def closed(play: Play) -> list[tuple[str, str]]:
    return [(one.procedure, one.status) for one in of(CloseOffer, play.effects)]


def test_what_is_offered_waits_for_the_customer() -> None:
    play = Play(offered("refund", collect("order")))
    turn = play.wants("refund", order="A1")
    [offer] = of(ShowOffer, turn.effects)
    assert (offer.procedure, offer.why) == ("refund", "request")
    assert play.stack == []


def test_an_accepted_offer_runs_with_what_was_said_before() -> None:
    play = Play(offered("refund", collect("order"), message("{{order}}")))
    play.wants("refund", order="A1")
    assert told(play.clicks("accept", play.state.offers[0].id)) == ["A1"]
    assert closed(play) == [("refund", "accepted")]
    assert standing(play) == []


def test_a_yes_accepts_what_was_offered_last() -> None:
    play = Play(offered("one"), offered("two"))
    play.wants("one")
    play.wants("two")
    assert told(play.says("yes please", c.Affirm())) == ["two done."]


def test_a_no_declines_and_that_is_recorded() -> None:
    play = Play(offered("refund"))
    play.wants("refund")
    play.says("no thanks", c.Decline())
    assert closed(play) == [("refund", "declined")]
    assert play.stack == standing(play) == []


def test_going_on_with_something_else_ignores_an_offer_once_and_leaves_it_open() -> None:
    play = Play(offered("refund"), published("hours", message("Nine to five.")))
    play.wants("refund")
    offer = play.state.offers[0].id
    play.wants("hours")
    play.wants("hours")
    assert closed(play) == [("refund", "ignored")]
    assert told(play.clicks("accept", offer)) == ["refund done."]


def test_silence_is_recorded() -> None:
    play = Play(offered("refund"))
    play.wants("refund")
    play.take(e.OfferLate(offer=play.state.offers[0].id))
    assert closed(play) == [("refund", "ignored")]


def test_an_old_offer_cannot_be_answered_with_anything_else() -> None:
    play = Play(offered("refund"))
    play.wants("refund")
    with pytest.raises(RuleError, match="accept"):
        play.clicks("maybe", play.state.offers[0].id)
    play.clicks("decline", play.state.offers[0].id)
    with pytest.raises(RuleError, match="no longer open"):
        play.clicks("accept", "offer_gone")


def test_a_thumbs_down_brings_what_is_there_for_it() -> None:
    play = Play(published("sorry", message("Sorry."), trigger={"on_negative_feedback": True}))
    turn = play.take(e.FeedbackGiven(reaction="negative"))
    assert [offer.why for offer in of(ShowOffer, turn.effects)] == ["feedback"]
    assert not of(ShowOffer, play.take(e.FeedbackGiven(reaction="positive")).effects)


def test_a_procedure_may_start_by_itself_after_a_thumbs_down() -> None:
    play = Play(published("sorry", collect("why"), trigger={"on_negative_feedback": True, "start": "agent"}))
    assert told(play.take(e.FeedbackGiven(reaction="negative"))) == ["Which why?"]


def test_what_nobody_can_answer_is_counted_and_brings_what_is_there_for_it() -> None:
    play = Play(published("ticket", collect("subject"), trigger={"on_unanswered": True}))
    turn = play.says("what is the meaning of life?", c.Unanswerable())
    assert of(Unanswered, turn.effects) == [Unanswered(text="what is the meaning of life?")]
    assert told(turn) == ["I'm sorry, I don't know that."]
    assert standing(play) == ["ticket"]


def test_what_is_not_understood_counts_as_unanswered_too() -> None:
    play = Play(published("ticket", collect("subject"), trigger={"on_unanswered": True, "start": "agent"}))
    assert told(play.says("blub")) == ["Which subject?"]
    assert len(of(Unanswered, play.effects)) == 1


def answers(play: Play, *cites: str) -> list[object]:
    passages = {"faq#1": Citation(source="faq", title="FAQ"), "terms#4": Citation(source="terms", title="Terms")}
    command = c.Answer(text="Within 30 days.", cites=cites)
    return list(play.take(e.Said(text="how long?", commands=(command,), passages=passages)).effects)


def test_an_answer_cites_only_what_was_looked_up() -> None:
    play = Play(published("hours", message("Nine to five.")))
    [said] = [one for one in answers(play, "faq#1", "invented#9") if isinstance(one, Say)]
    assert [cite.source for cite in said.cites] == ["faq"]


def test_a_source_brings_the_procedures_that_are_linked_to_it() -> None:
    play = Play(published("return", message("Here."), trigger={"sources": ["terms"]}))
    assert not [one for one in answers(play, "faq#1") if isinstance(one, ShowOffer)]
    [offer] = [one for one in answers(play, "terms#4") if isinstance(one, ShowOffer)]
    assert (offer.procedure, offer.why) == ("return", "source")


def test_an_answer_in_between_comes_back_to_the_question_that_stands() -> None:
    play = Play(published("refund", collect("order"), message("{{order}}")))
    play.wants("refund")
    turn = play.says("how long does it take?", c.Answer(text="A week."))
    assert told(turn) == ["A week.", "Which order?"]
    assert told(play.says("A1", order="A1")) == ["A1"]


def test_what_is_always_there_is_started_from_the_menu() -> None:
    play = Play(published("call-back", collect("number"), trigger={"always": True}), offered("refund"))
    assert told(play.clicks("call-back", "menu")) == ["Which number?"]
    with pytest.raises(RuleError, match="menu"):
        play.clicks("refund", "menu")


def test_only_customers_in_the_audience_get_it() -> None:
    play = Play(published("vip", message("Hello."), trigger={"description": "x", "always": True}))
    play.given = {"barred": {"vip": "they are not in the audience “Gold”."}}
    turn = play.wants("vip")
    assert play.stack == []
    assert "Hello." not in told(turn)
    [guarded] = of(Guarded, turn.effects)
    assert (guarded.rule, "Gold" in guarded.reason) == ("audience", True)
    with pytest.raises(RuleError, match="Gold"):
        play.starts("vip")
    with pytest.raises(RuleError, match="menu"):
        play.clicks("vip", "menu")
    assert "Vip" not in " ".join(told(play.says("blub")))


def test_an_offer_that_somebody_may_no_longer_have_is_not_accepted() -> None:
    play = Play(offered("vip"))
    play.wants("vip")
    play.given = {"barred": {"vip": "they are not in the audience “Gold”."}}
    assert told(play.clicks("accept", play.state.offers[0].id)) == ["I'm sorry, I can't do that right now."]


def test_the_conditions_of_when_not_to_use_bind_whoever_asks() -> None:
    skip = [{"variable": "amount", "operator": "gt", "value": 100}]
    play = Play(published("refund", message("Done."), trigger={"description": "x", "skip_when": skip}))
    [guarded] = of(Guarded, play.wants("refund", amount=500).effects)
    assert (guarded.rule, guarded.reason) == ("when_not_to_use", "“Refund” is not used where amount gt 100.")
    assert told(play.wants("refund", amount=5)) == ["Done."]


def test_resolving_closes_all_offers() -> None:
    play = Play(offered("refund"))
    play.wants("refund")
    play.take(e.Resolved(by="Ben"))
    assert standing(play) == []
    assert closed(play) == [("refund", "ignored")]


def test_at_most_so_many_offers_stand_at_a_time() -> None:
    play = Play(*(offered(f"p{at}") for at in range(12)))
    for at in range(12):
        play.wants(f"p{at}")
    assert standing(play) == [f"p{at}" for at in range(4, 12)]


def test_a_yes_without_an_offer_answers_a_question_of_yes_or_no() -> None:
    play = Play(published("p", collect("receipt", validation="boolean"), message("{{receipt}}")))
    play.wants("p")
    assert told(play.says("I do", c.Affirm())) == ["true"]
