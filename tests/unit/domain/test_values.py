"""What a customer types becomes a value of the declared type, or a sentence about what was wrong."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.sentences import LANGUAGES, sentence
from deskhand.domain.values import TYPE_NAMES, InvalidValue, is_empty, number_of, parse, text_of
from deskhand.domain.variables import Variable, fit

KINDS: Any = [name for name in TYPE_NAMES if name != "string"]


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", "  A1001 ", "A1001"),
        ("text", 5, "5"),
        ("text", {"a": [1, None]}, '{"a":[1,null]}'),
        ("number", "42", 42),
        ("number", "-4.5", -4.5),
        ("number", "1,234", 1234),
        ("number", "1 234 567.5", 1234567.5),
        ("number", "1.234,5", 1234.5),
        ("number", "0,5", 0.5),
        ("number", "0,500", 0.5),
        ("number", "٤٢", 42),
        ("number", 1e-7, 1e-7),
        ("number", 10**400 // 10**395, 100000),
        ("integer", "5.0", 5),
        ("integer", 5.0, 5),
        ("float", "5", 5.0),
        ("float", 1e300, 1e300),
        ("boolean", "Yes", True),
        ("boolean", "off", False),
        ("boolean", True, True),
        ("boolean", "ja", True),
        ("boolean", "Nein, danke.", False),
        ("date", "2026-03-31", "2026-03-31"),
        ("date", "31.3.2026", "2026-03-31"),
        ("date", "March 31, 2026", "2026-03-31"),
        ("date", "2026-03-31T10:00:00Z", "2026-03-31"),
        ("email", "Ann@Example.COM", "Ann@example.com"),
        ("phone", "+44 20 7946 0000", "+442079460000"),
    ],
)
def test_a_valid_answer_becomes_a_value_of_its_type(kind: Any, given: Any, value: Any) -> None:
    parsed = parse(kind, given)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("kind", "given", "key"),
    [
        ("text", "   ", "invalid_text"),
        ("text", None, "invalid_text"),
        ("text", "x" * 10_001, "invalid_too_long"),
        ("number", "about ten", "invalid_number"),
        ("number", "1,23,4", "invalid_number"),
        ("number", True, "invalid_number"),
        ("number", math.inf, "invalid_number"),
        ("float", 10**400, "invalid_number"),
        ("integer", "5.5", "invalid_integer"),
        ("integer", math.nan, "invalid_integer"),
        ("boolean", "maybe", "invalid_boolean"),
        ("boolean", "yes?", "invalid_boolean"),
        ("date", "31 Febuary", "invalid_date"),
        ("date", "2026-02-30", "invalid_date"),
        ("email", "ann@", "invalid_email"),
        ("email", "ann@example.com\nBcc: eve@example.com", "invalid_email"),
        ("phone", "020 7946 0000", "invalid_phone"),
        ("phone", "12", "invalid_phone"),
    ],
)
def test_an_invalid_answer_names_the_sentence_that_says_so(kind: Any, given: Any, key: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse(kind, given)
    assert refused.value.key == key
    for language in LANGUAGES:
        assert sentence(key, language, **refused.value.parameters)


def test_a_phone_number_without_country_code_is_read_in_the_customers_region() -> None:
    assert parse("phone", "020 7946 0000", "GB") == "+442079460000"


@given(st.sampled_from(KINDS), st.text() | st.integers() | st.floats() | st.booleans() | st.none())
def test_parsing_gives_a_value_or_says_what_was_wrong(kind: Any, answer: Any) -> None:
    try:
        value = parse(kind, answer, "DE")
    except InvalidValue as wrong:
        said = sentence(wrong.key, "en", **wrong.parameters)
    else:
        said = None
        assert parse(kind, value, "DE") == value
    assert said != ""


def test_a_choice_is_found_in_any_case_and_stored_as_the_builder_wrote_it() -> None:
    assert fit("text", ["Refund", "Exchange"], "refund") == "Refund"


@pytest.mark.parametrize(
    ("kind", "choices", "given", "value"),
    [
        ("float", ["1", "2.5"], "1.0", 1.0),
        ("boolean", ["yes", "no"], "Yes", True),
        ("date", ["31.3.2026"], "2026-03-31", "2026-03-31"),
        ("number", ["1,000", "2,000"], "1000", 1000),
    ],
)
def test_a_choice_counts_by_what_it_means_in_its_type(kind: Any, choices: list[str], given: str, value: Any) -> None:
    assert fit(kind, choices, given) == value


def test_what_is_none_of_the_choices_is_told_which_there_are() -> None:
    with pytest.raises(InvalidValue) as refused:
        fit("text", ["Refund", "Exchange"], "money")
    assert sentence(refused.value.key, "en", **refused.value.parameters) == "Please choose one of: Refund, Exchange."


def test_string_is_another_word_for_text() -> None:
    assert Variable.model_validate({"name": "note", "type": "string"}).type == "text"


def test_numbers_are_read_from_numbers_and_their_texts_only() -> None:
    assert number_of("1,5") == 1.5
    assert number_of(10**400) == 10**400
    assert number_of(True) is None
    assert number_of(math.nan) is None
    assert number_of("five") is None
    assert number_of([5]) is None


def test_the_text_form_of_a_value_is_what_json_writes() -> None:
    values = [True, None, 5.0, "ü", ["ü", 1]]
    assert [text_of(value) for value in values] == ["true", "", "5.0", "ü", '["ü",1]']


def test_null_and_empty_texts_lists_and_objects_count_as_not_there() -> None:
    assert all(is_empty(value) for value in (None, "", [], {}))
    assert not any(is_empty(value) for value in (0, False, " ", [None]))
