"""What the demo's agent knows stands on pages that can be opened."""

import re

import httpx2
import pytest

from deskhand.demo.content import PAGES, PROCEDURES, text_of
from deskhand.domain.agent import Agent
from deskhand.domain.checks import check
from deskhand.domain.documents import parse_yaml, read_procedure
from deskhand.domain.live_chat import LiveChat
from deskhand.domain.requests import Connection
from deskhand.domain.steps.base import Surroundings


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_fragments_that_answers_link_to(shop: httpx2.Client, page: str) -> None:
    shown = shop.get(f"/{page}", headers={"Authorization": ""})

    headings = [line.removeprefix("## ") for line in text_of(f"{page}.md").splitlines() if line.startswith("## ")]
    assert shown.status_code == 200
    assert "<h1 id=" in shown.text
    assert PAGES[page] in shown.text
    assert re.findall(r'<h2 id="([^"]+)">', shown.text) == [
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings
    ]


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_procedure_of_the_demo_has_no_errors(name: str) -> None:
    procedure = read_procedure(parse_yaml(text_of(f"{name}.yaml"), name))

    shop = Connection(slug="shop", base_url="https://shop.example")
    around = Surroundings(
        procedure,
        connections={"shop": shop},
        agents={"default": Agent(slug="default", name="Sam", live_chat=LiveChat())},
    )

    found = check(procedure, around, simulated=True)

    assert [problem for problem in found if problem.severity == "error"] == []
