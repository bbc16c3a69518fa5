"""Text and JSON from outside, bounded and fit to be stored."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.events import EffectSucceeded
from deskhand.domain.stored import dump, load
from deskhand.domain.untrusted import Unreadable, fit_text, read_json

SUITE = Path(__file__).parents[4] / "shared/workloads/security/json/jsontestsuite.json"


@given(st.text())
def test_fit_text_can_be_written_anywhere(text: str) -> None:
    fitted = fit_text(text)
    assert len(fitted) == len(text)
    assert "\0" not in fitted
    assert fitted.encode().decode() == fitted


def test_escaped_surrogates_and_nul_are_replaced_in_values_and_names() -> None:
    assert read_json(r'{"a\u0000": ["\ud800", "\ud83d\ude00"]}') == {"a�": ["�", "😀"]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is no JSON: Expecting value (line 1, column 1)"),
        ('{"a": 1,\n}', "(line "),
        ("[NaN]", "NaN is no JSON number"),
        ("[-Infinity]", "-Infinity is no JSON number"),
        ("[1e999]", "the number 1e999 is too large"),
        (f"[{'7' * 5000}]", "an integer in it has more than 1000 digits"),
        ("[" * 100 + "]" * 100, "it is nested deeper than 64 levels"),
        ("[" * 100_000, "it is nested deeper than 64 levels"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_json(text)
    assert sentence in refused.value.sentence


def _suite() -> list[Any]:
    if not SUITE.exists():
        return []
    return [pytest.param(case, id=case["name"].rpartition("/")[2]) for case in json.loads(SUITE.read_text())]


@pytest.mark.skipif(not SUITE.exists(), reason="the test suite for JSON is not there")
@pytest.mark.parametrize("case", _suite())
def test_json_is_read_as_the_standard_says(case: dict[str, str]) -> None:
    try:
        text = base64.b64decode(case["b64"]).decode()
        value = read_json(text)
    except (UnicodeDecodeError, Unreadable):
        assert case["expect"] != "accept"
        return
    assert case["expect"] != "reject"
    event = EffectSucceeded(run="run", seq=1, output=value)
    assert load(EffectSucceeded, dump(event)) == event
