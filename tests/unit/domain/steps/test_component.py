"""Step `component`: a film, a picture, pages to go through, an element of the host page."""

import json
from typing import Any

import pytest

from deskhand.domain import events as e
from deskhand.domain.effects import Complete, ComponentDone, Effect, ShowComponent, ShowOffer
from deskhand.domain.errors import RuleError
from deskhand.domain.shown import ShownElement, ShownFlow, ShownImage, ShownVideo
from deskhand.domain.turn import Turn
from tests.unit.domain.builders import Play, collect, message, of, published, told

VIDEO = {
    "kind": "video",
    "url": "example.com/{{name}}.mp4",
    "title": "For {{name}}",
    "captions": "https://a.test/c.vtt",
}
SIGN_UP = {
    "kind": "flow",
    "pages": [
        {"title": "Welcome", "text": "Hello {{name}}", "image": {"url": "https://a.test/i.png", "alt": "A house"}},
        {"fields": [{"name": "email", "type": "email"}, {"name": "pin", "sensitive": True, "required": False}]},
    ],
}
SEATS = {"kind": "element", "name": "seat-map", "properties": {"for": "{{name}}", "n": [1, "{{count}}"], "deep": {}}}
NAME: Any = {"variables": [{"name": "name"}, {"name": "count", "type": "integer", "default": 2}]}


def play(component: dict[str, Any], *after: dict[str, Any], **fields: Any) -> Play:
    one = Play(published("show", {"kind": "component", "component": component, **fields}, *after, **NAME))
    one.starts("show", name="Ann")
    return one


def shown(one: Play) -> ShowComponent:
    return of(ShowComponent, one.effects)[-1]


def returns(one: Play, value: Any = None, question: str | None = None) -> Turn:
    return one.take(e.ComponentReturned(question=question or one.top.question or "", value=value))


# what the customer sees


def test_a_video_is_shown_with_its_texts_and_addresses_filled_in() -> None:
    one = play(VIDEO, text="Look, {{name}}:")
    assert shown(one).text == "Look, Ann:"
    assert shown(one).component == ShownVideo(
        url="https://example.com/Ann.mp4", title="For Ann", captions="https://a.test/c.vtt"
    )


def test_an_image_is_shown_with_words_for_those_who_do_not_see_it() -> None:
    one = play({"kind": "image", "url": "https://a.test/i.png", "alt": {"en": "A house", "de": "Ein Haus"}})
    assert shown(one).component == ShownImage(url="https://a.test/i.png", alt="A house")


def test_an_element_is_given_values_in_their_types() -> None:
    assert shown(play(SEATS)).component == ShownElement(
        name="seat-map", properties={"for": "Ann", "n": [1, 2], "deep": {}}
    )


def test_a_flow_is_shown_page_by_page() -> None:
    component = shown(play(SIGN_UP)).component
    assert isinstance(component, ShownFlow)
    assert [page.title for page in component.pages] == ["Welcome", ""]
    assert component.pages[0].text == "Hello Ann"
    assert component.pages[0].image
    assert [field.name for field in component.fields] == ["email", "pin"]
    assert component.submit == "Send"


# what it gives


@pytest.mark.parametrize("component", [VIDEO, SEATS, {"kind": "flow", "pages": [{"text": "Read this."}]}])
def test_the_run_goes_on_when_the_customer_is_through(component: dict[str, Any]) -> None:
    one = play(component, message("Good."))
    question = one.top.question
    turn = returns(one)
    assert of(ComponentDone, turn.effects)[0].question == question
    assert told(turn) == ["Good."]
    assert one.ended == [("show", "completed")]


def test_what_an_element_gives_is_stored() -> None:
    one = play(SEATS, message("Row {{seat.row}}"), response_variable="seat")
    assert told(returns(one, {"row": 7})) == ["Row 7"]


def test_the_values_of_a_flow_become_variables_in_their_types() -> None:
    one = play(SIGN_UP, message("{{email}} {{given.email}}"), response_variable="given")
    assert told(returns(one, {"email": "ann@EXAMPLE.com", "pin": "1234", "admin": True})) == [
        "ann@example.com ann@example.com"
    ]


def test_a_wrong_value_of_a_flow_is_shown_again_with_what_is_wrong() -> None:
    one = play(SIGN_UP, message("Good."))
    question = one.top.question
    turn = returns(one, {"email": "nobody"})
    [again] = of(ShowComponent, turn.effects)
    assert again.question == question
    assert again.errors == {"email": "That doesn't look like an email address. It should look like name@example.com."}
    assert not of(ComponentDone, turn.effects)
    assert told(returns(one, {"email": "ann@example.com"})) == ["Good."]


@pytest.mark.parametrize("value", [None, 5, "text", ["a"], {}])
def test_what_is_no_form_at_all_lacks_every_field(value: Any) -> None:
    one = play(SIGN_UP)
    assert of(ShowComponent, returns(one, value).effects)[0].errors.keys() == {"email"}


@pytest.mark.parametrize("value", ["x" * 70_000, json.loads("[" * 70 + "]" * 70)])
def test_what_is_too_large_or_too_deep_counts_as_nothing(value: Any) -> None:
    one = play(SEATS, {"kind": "condition", "variable": "seat", "operator": "exists", "then": "end", "else": "none"},
               message("Nothing.", id="none"), response_variable="seat")  # fmt: skip
    assert told(returns(one, value)) == ["Nothing."]


def test_a_component_is_done_once() -> None:
    one = play(VIDEO, collect("more"))
    question = one.top.question
    returns(one)
    with pytest.raises(RuleError, match="no longer open"):
        returns(one, question=question)


# customers without a page, and words in between


def test_a_click_goes_on_from_what_asks_for_nothing() -> None:
    one = play(VIDEO, message("Good."))
    assert told(one.clicks("Continue")) == ["Good."]


def test_a_click_does_not_answer_what_a_flow_asks_for() -> None:
    one = play(SIGN_UP)
    with pytest.raises(RuleError, match="nothing to click"):
        one.clicks("Continue")


def test_a_form_answers_what_a_flow_asks_for() -> None:
    one = play(SIGN_UP, message("{{email}}"))
    turn = one.take(e.FormSubmitted(question=one.top.question or "", values={"email": "ann@example.com"}))
    assert told(turn) == ["ann@example.com"]


def test_words_bring_the_component_again() -> None:
    one = play(VIDEO)
    before = shown(one)
    turn = one.says("What is this?")
    assert told(turn) == ["Please use the field above, or say “cancel”."]
    assert of(ShowComponent, turn.effects) == [before]


def test_with_a_member_nothing_of_it_is_taken() -> None:
    one = play(VIDEO)
    question = one.top.question or ""
    one.taken_over()
    with pytest.raises(RuleError, match="taken this conversation over"):
        returns(one, question=question)
    assert _of_the_step(one.handed_back().effects)


def test_an_interrupted_component_waits_until_it_is_on_top_again() -> None:
    other = published("other", collect("reason"))
    show = published("show", {"kind": "component", "component": SEATS}, **NAME)
    one = Play(show, other)
    one.starts("show", name="Ann")
    question = one.top.question
    one.wants("other")
    with pytest.raises(RuleError, match="no longer open"):
        returns(one, question=question)
    back = one.says("Because.", reason="Because.")
    assert of(ShowComponent, back.effects)[0].question == question


def test_a_sensitive_value_is_never_given_to_an_element() -> None:
    sensitive: Any = {"variables": [{"name": "name", "sensitive": True}, {"name": "count", "default": 2}]}
    one = Play(published("show", {"kind": "component", "component": SEATS}, **sensitive))
    turn = one.starts("show", name="4711")
    assert not of(ShowComponent, turn.effects)
    assert of(Complete, turn.effects)[0].outcome == "failed"


def test_alone_it_is_offered() -> None:
    plain = {"kind": "video", "url": "https://a.test/v.mp4", "title": "A tour"}
    one = Play(published("tour", {"kind": "component", "component": plain}))
    [offered] = of(ShowOffer, one.wants("tour").effects)
    assert of(ShowComponent, one.clicks("accept", offered.offer).effects)


def _of_the_step(effects: tuple[Effect, ...]) -> list[ShowComponent]:
    return of(ShowComponent, effects)
