from collections.abc import Callable
from typing import Any

import pytest

from deskhand.domain.checks import check
from deskhand.domain.documents import read_procedure
from deskhand.domain.problems import Problem
from deskhand.domain.steps.base import Surroundings

Document = dict[str, Any]


@pytest.fixture
def document() -> Callable[..., Document]:
    """Give a complete document with the given steps; `id`s and fields as they are written in YAML."""

    def make(*steps: Document, **fields: Any) -> Document:
        trigger = {"description": "When a customer asks for a refund"}
        return {"name": "Refund", "slug": "refund", "trigger": trigger, **fields, "steps": list(steps)}

    return make


@pytest.fixture
def checked(document: Callable[..., Document]) -> Callable[..., list[Problem]]:
    """Check a procedure with the given steps; `around` holds what the workspace has."""

    def run(*steps: Document, around: Document | None = None, simulated: bool = True, **fields: Any) -> list[Problem]:
        procedure = read_procedure(document(*steps, **fields))
        return check(procedure, Surroundings(procedure, **(around or {})), simulated)

    return run
