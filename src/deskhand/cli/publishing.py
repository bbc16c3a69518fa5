"""Publishing files on a server: in the order in which they need each other, and only what has changed."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from deskhand.adapters.edge.rest import Declined, RestClient
from deskhand.cli.commands import BadFile
from deskhand.cli.documents import bad, line, read_one
from deskhand.domain.documents import to_document
from deskhand.domain.problems import Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.procedure import ProcedureStep

NEVER_SIMULATED = "never-simulated"
"""A warning that says nothing here: what was simulated as a file, the server cannot know."""


def publish_all(server: RestClient, files: Sequence[Path], again: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """Publish what can be; gives what came of each file that could, and the lines that tell all problems."""
    published: list[dict[str, Any]] = []
    lines: list[str] = []
    read: list[tuple[Path, Procedure]] = []
    for file in files:
        try:
            read.append((file, read_one(file)))
        except BadFile as wrong:
            lines += wrong.lines
    for file, procedure in _in_order(read):
        try:
            done = _publish(server, procedure, again)
        except Declined as declined:
            lines += _problems(file, declined)
        else:
            warnings = [one for one in done.pop("problems", []) if one["code"] != NEVER_SIMULATED]
            lines += [line(file, _problem(one)) for one in warnings]
            published.append({"file": str(file), "slug": procedure.slug, **done})
    return published, lines


def _in_order(read: list[tuple[Path, Procedure]]) -> list[tuple[Path, Procedure]]:
    """First those that others run; in a circle the server finds the error."""
    by_slug = {procedure.slug: (file, procedure) for file, procedure in read}
    if len(by_slug) < len(read):
        return read
    needed = {slug: _called(procedure) & by_slug.keys() for slug, (_, procedure) in by_slug.items()}
    try:
        return [by_slug[slug] for slug in TopologicalSorter(needed).static_order()]
    except CycleError:
        return read


def _called(procedure: Procedure) -> set[str]:
    return {step.procedure for step in procedure.steps if isinstance(step, ProcedureStep)}


def _publish(server: RestClient, procedure: Procedure, again: bool) -> dict[str, Any]:
    path = f"/v1/procedures/{procedure.slug}"
    document = to_document(procedure)
    known = _known(server, path)
    if known is None:
        known = server.request("POST", "/v1/procedures", {"document": document})
    else:
        active = known["active_version"] if known["status"] == "active" else None
        if active and not again and server.request("GET", f"{path}/versions/{active}")["document"] == document:
            return {"version": active, "changed": False}
        known = server.request("PUT", path, {"document": document, "based_on": known["revision"]})
    done = server.request("POST", f"{path}/publish", {"based_on": known["revision"]})
    return {**done, "changed": True}


def _known(server: RestClient, path: str) -> dict[str, Any] | None:
    try:
        known: dict[str, Any] = server.request("GET", path)
    except Declined as declined:
        if declined.status != 404:
            raise
        return None
    return known


def _problems(file: Path, declined: Declined) -> list[str]:
    """What keeps a file from being published, a line each."""
    found = [_problem(one) for one in declined.problem.get("problems") or []]
    wrong = [problem for problem in found if problem.severity == "error"]
    return list(bad(file, wrong or [Problem(code="declined", sentence=declined.sentence)]).lines)


def _problem(one: dict[str, Any]) -> Problem:
    """A problem as a server tells it; a newer one may say more of it."""
    return Problem(severity=one["severity"], code=one["code"], step=one.get("step"), sentence=one["sentence"])
