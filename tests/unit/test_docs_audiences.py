"""The guide's page on audiences is true of the code."""

import json
import re

from deskhand.domain.audience import COMPARINGS
from deskhand.domain.audience_reading import ATTRIBUTES, DEEPEST, MOST, VARIABLES, read_audience
from deskhand.domain.contact import LARGEST, MOST_ATTRIBUTES
from tests.guide import fences, section, table, text_of

PAGE = "docs/audiences.md"


def names(text: str, head: str) -> list[str]:
    """The names in backquotes of a table's first column."""
    return [name for cell in table(text, head) for name in re.findall(r"[\w.]+", cell)]


def test_the_audience_of_the_page_is_one() -> None:
    written = [json.loads(one.text) for one in fences() if one.page == PAGE and one.language == "json"]

    assert [read_audience(one).slug for one in written if "rule" in one] == ["business"]


def test_every_operator_and_variable_of_audiences_is_told() -> None:
    rule = section(PAGE, "A rule")

    assert sorted(names(rule, "audience operator")) == sorted(COMPARINGS)
    assert set(names(rule, "audience variable")) - {f"{ATTRIBUTES}plan"} == set(VARIABLES)


def test_the_bounds_of_rules_and_contacts_are_told() -> None:
    assert f"At most {DEEPEST} of them" in section(PAGE, "A rule")
    assert f"at most {MOST} comparisons" in section(PAGE, "A rule")
    assert f"at most {MOST_ATTRIBUTES} attributes, and these at most {LARGEST:,} characters" in text_of(PAGE)
