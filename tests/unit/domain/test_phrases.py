"""Sentences that remember what they were made of."""

import copy
import pickle

import pytest

from deskhand.api.languages import german
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import Phrase, joined, phrase
from deskhand.domain.problems import Problem


def test_a_phrase_is_its_english_sentence() -> None:
    said = phrase("there is no action `{action}`.", action="refund")
    assert said == "there is no action `refund`."
    assert hash(said) == hash("there is no action `refund`.")


def test_a_phrase_within_a_phrase_is_translated_for_itself() -> None:
    said = phrase("nothing ever sets `{name}`; {advice}", name="a", advice=phrase("did you mean `{meant}`?", meant="b"))
    assert german(said) == "`a` wird nirgends gesetzt; meinten Sie `b`?"


def test_what_people_wrote_is_never_translated() -> None:
    said = phrase("the test “{name}” fails: {why}", name="Not found", why="Not found")
    assert german(said) == "der Test „Not found“ schlägt fehl: Not found"


def test_braces_in_values_stay() -> None:
    assert german(phrase("there is no action `{action}`.", action="{{x}} {y}")) == "es gibt keine Aktion `{{x}} {y}`."


def test_parts_are_joined_by_a_phrase_too() -> None:
    said = joined([phrase("a whole number"), phrase("a number")], phrase(" or "))
    assert said == "a whole number or a number"
    assert german(said) == "eine ganze Zahl oder eine Zahl"


def test_numbers_are_written_as_german_does() -> None:
    said = phrase("the command has more than {most:,} characters.", most=10_000)
    assert (said, german(said)) == (
        "the command has more than 10,000 characters.",
        "der Befehl hat mehr als 10.000 Zeichen.",
    )


@pytest.mark.parametrize("again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_a_phrase_stays_one_where_it_is_copied(again: object) -> None:
    said = again(phrase("there is no action `{action}`.", action="refund"))  # type: ignore[operator]
    assert isinstance(said, Phrase)
    assert said.values == {"action": "refund"}


def test_problems_and_errors_keep_it() -> None:
    said = phrase("there is no action `{action}`.", action="refund")
    assert german(Problem(code="x", sentence=said).sentence) == "es gibt keine Aktion `refund`."
    assert german(DocumentError(said).sentence) == "es gibt keine Aktion `refund`."
    assert Problem.model_json_schema()["properties"]["sentence"]["type"] == "string"
