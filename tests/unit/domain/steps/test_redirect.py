"""Step `redirect`: a page that the customer's click leads to."""

from typing import Any

import pytest

from deskhand.domain.effects import Complete, ShowButton, ShowOffer
from deskhand.domain.errors import RuleError
from tests.unit.domain.builders import Play, collect, message, of, published, told

PRICES: dict[str, Any] = {"kind": "redirect", "url": "https://example.com/prices?for={{plan}}", "text": "See {{plan}}:"}
PLAN: Any = {"variables": [{"name": "plan"}]}


def test_it_waits_for_the_click_and_goes_on_then() -> None:
    one = Play(published("prices", PRICES | {"button": "Open"}, message("There you are."), **PLAN))
    [shown] = of(ShowButton, one.starts("prices", plan="a/b").effects)
    assert (shown.button.text, shown.button.label) == ("See a/b:", "Open")
    assert shown.button.url == "https://example.com/prices?for=a%2Fb"
    assert not shown.button.new_tab
    assert told(one.clicks("Open")) == ["There you are."]
    assert one.ended == [("prices", "completed")]


def test_the_button_has_words_of_ours_in_the_customers_language() -> None:
    one = Play(published("prices", PRICES, **PLAN), language="de")
    [shown] = of(ShowButton, one.starts("prices", plan="x").effects)
    assert shown.button.label == "Seite öffnen"


def test_a_value_never_leads_to_another_place() -> None:
    one = Play(published("prices", {"kind": "redirect", "url": "{{plan}}"}, **PLAN))
    turn = one.starts("prices", plan="javascript:alert(1)")
    assert not of(ShowButton, turn.effects)
    assert of(Complete, turn.effects)[0].outcome == "failed"


def test_words_bring_the_button_again() -> None:
    one = Play(published("prices", PRICES, **PLAN))
    one.starts("prices", plan="x")
    again = one.says("What?")
    assert told(again) == ["Please use the field above, or say “cancel”."]
    assert of(ShowButton, again.effects)


def test_a_click_on_an_earlier_button_opens_nothing_twice() -> None:
    one = Play(published("prices", PRICES, collect("name"), **PLAN))
    [shown] = of(ShowButton, one.starts("prices", plan="x").effects)
    one.clicks(shown.button.label)
    with pytest.raises(RuleError, match="no longer open"):
        one.clicks(shown.button.label, shown.question)


def test_alone_it_is_offered() -> None:
    one = Play(published("prices", {"kind": "redirect", "url": "https://example.com/prices"}))
    [offered] = of(ShowOffer, one.wants("prices").effects)
    assert of(ShowButton, one.clicks("accept", offered.offer).effects)
