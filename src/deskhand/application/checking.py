"""Checking documents that are not stored: what publishing would say, and the same document in its other form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.application.catalogue import Snapshot
from deskhand.application.services import Services
from deskhand.domain.checks import check
from deskhand.domain.documents import parse_yaml, read_procedure, write_yaml
from deskhand.domain.documents.places import Place, lines_of_steps, place_of
from deskhand.domain.documents.writing import write_data
from deskhand.domain.errors import DocumentError
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.base import Surroundings


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, and where in the document it is."""

    problem: Problem
    place: Place


@dataclass(frozen=True, slots=True)
class Checked:
    """What a document comes to."""

    problems: list[Found]
    document: dict[str, Any] | None
    """The fields; None where the YAML cannot be read."""
    yaml: str | None
    """The same as YAML; None where it cannot be written so."""
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each step: in the YAML that was given, else in the one that was made."""


async def check_document(services: Services, workspace: str, written: Mapping[str, Any] | str) -> Checked:
    """Everything that publishing would say of a document, which may be incomplete or no procedure at all.

    written: the fields, or a text in YAML.
    """
    if isinstance(written, str):
        try:
            document = parse_yaml(written)
        except DocumentError as error:
            return Checked([Found(Problem(code="document", sentence=error.sentence), ())], None, None)
    else:
        document = dict(written)
    procedure, problems = await _judged(services, workspace, document)
    text = _as_yaml(procedure, document)
    shown = written if isinstance(written, str) else text
    return Checked(
        problems=[Found(problem, place_of(problem, document)) for problem in problems],
        document=document,
        yaml=text,
        lines=_lines(shown, document),
    )


async def surroundings(services: Services, workspace: str, procedure: Procedure) -> tuple[Surroundings, Snapshot]:
    """What the workspace has, from what is kept in memory; the sources are read."""
    snapshot = await current(services, workspace)
    sources = await services.stores.knowledge.sources(workspace)
    around = Surroundings(
        procedure=procedure,
        actions=snapshot.actions,
        procedures={slug: one.procedure for slug, one in snapshot.active.items()},
        connections=snapshot.connections,
        internal_hosts=snapshot.internal_hosts,
        members={row.email: row.role for row in await services.stores.members.all(workspace)},
        audiences=frozenset(snapshot.audiences),
        sources=frozenset(row.slug for row in sources),
        topics=frozenset(snapshot.topics),
        agents=snapshot.agents,
    )
    return around, snapshot


async def current(services: Services, workspace: str) -> Snapshot:
    """The workspace's catalogue as it is now, read anew only where it has changed. Raises NotFound."""
    return await services.catalogues.at(workspace, await services.stores.conversations.catalogue(workspace))


async def _judged(
    services: Services, workspace: str, document: Mapping[str, Any]
) -> tuple[Procedure | None, list[Problem]]:
    try:
        procedure = read_procedure(document)
    except Invalid as invalid:
        return None, invalid.problems
    around, _ = await surroundings(services, workspace, procedure)
    return procedure, check(procedure, around, simulated=True)


def _as_yaml(procedure: Procedure | None, document: Mapping[str, Any]) -> str | None:
    if procedure is not None:
        return write_yaml(procedure)
    try:
        return write_data(document)
    except RecursionError:
        return None


def _lines(text: str | None, document: Mapping[str, Any]) -> dict[str, int]:
    steps = document.get("steps")
    ids = [one.get("id") if isinstance(one, dict) else None for one in steps] if isinstance(steps, list) else []
    lines = zip(ids, lines_of_steps(text or ""), strict=False)
    return {name: line for name, line in lines if isinstance(name, str)}
