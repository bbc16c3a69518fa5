"""Tests beside a procedure: what customers and APIs answer, and what has to come of it."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Slug, Time
from deskhand.api.procedures import Document
from deskhand.application import procedure_tests
from deskhand.application.painting import Branch
from deskhand.application.procedure_tests import Expected, ProcedureTest, Stored
from deskhand.application.simulation import Report, Script

router = APIRouter(prefix="/v1/procedures", tags=["Editor"], route_class=KeyedRoute)

TestId = Annotated[
    str,
    Path(
        pattern="^test_[0-9a-f]{32}$",
        description="The test's identifier.",
        examples=["test_0195563fc2807000a1b2c3d4e5f60718"],
    ),
]


class StoredTest(Shown):
    """A test of a procedure."""

    id: str
    name: str
    script: Script
    expected: Expected
    created_at: Time
    updated_at: Time


class TestList(Items[StoredTest]):
    """All tests of a procedure, in the order in which they were made."""


class RunTests(Asked):
    """Which tests to run, and on what."""

    document: Document | None = Field(default=None, description="Instead of the stored draft.")
    only: list[str] | None = Field(default=None, max_length=200, description="Some tests alone, by their identifiers.")


class TestVerdict(Shown):
    """How a test went."""

    id: str
    name: str
    passed: bool
    differences: list[Told] = Field(description="What came out differently, in sentences.")
    report: Report


class TestVerdicts(Items[TestVerdict]):
    """How the tests went, and how much of the procedure they took."""

    branches: int = Field(description="How many branches the procedure has.")
    covered: int = Field(description="How many of them at least one test took.")
    never: list[Branch] = Field(description="Those that no test took.")


@router.get("/{slug}/tests", summary="List tests")
async def list_tests(who: Member, slug: Slug) -> TestList:
    """The tests beside a procedure."""
    found = await procedure_tests.tests_of(who.services, who.workspace, slug)
    return TestList(items=[_shown(one) for one in found])


@router.post("/{slug}/tests", status_code=201, summary="Add a test")
async def add_test(who: Builder, slug: Slug, test: ProcedureTest) -> StoredTest:
    """Keep a script with what is expected of it."""
    return _shown(await procedure_tests.add(who.services, who.workspace, slug, test))


@router.put("/{slug}/tests/{id}", summary="Replace a test")
async def save_test(who: Builder, slug: Slug, id: TestId, test: ProcedureTest) -> StoredTest:
    """Change a test's name, script or expectations."""
    return _shown(await procedure_tests.change(who.services, who.workspace, slug, id, test))


@router.delete("/{slug}/tests/{id}", status_code=204, summary="Remove a test")
async def remove_test(who: Builder, slug: Slug, id: TestId) -> None:
    """Remove a test."""
    await procedure_tests.remove(who.services, who.workspace, slug, id)


@router.post("/{slug}/tests/run", summary="Run the tests")
async def run_tests(who: Builder, slug: Slug, wanted: RunTests | None = None) -> TestVerdicts:
    """Simulate every test's script and compare; nothing is sent. A draft with errors is refused."""
    asked = wanted or RunTests()
    found = await procedure_tests.run_all(who.services, who.workspace, slug, asked.document, asked.only)
    return TestVerdicts.model_validate(found)


def _shown(stored: Stored) -> StoredTest:
    return StoredTest(
        id=stored.id,
        name=stored.document.name,
        script=stored.document.script,
        expected=stored.document.expected,
        created_at=stored.created_at,  # type: ignore[arg-type]
        updated_at=stored.updated_at,  # type: ignore[arg-type]
    )
