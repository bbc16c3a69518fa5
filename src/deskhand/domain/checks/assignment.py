"""Variables that are used where some way has not set them."""

from collections.abc import Iterator, Mapping
from typing import Literal

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.checks.graph import Edge, Way, drawn
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps import StepBase
from deskhand.domain.steps.base import Read
from deskhand.domain.suggestions import closest
from deskhand.domain.variables import CONTEXT, RESERVED

ERROR = "error"
ALWAYS_THERE = CONTEXT
"""Context variables; `error` is set by an `on_error` exit alone, and a secret is no variable."""


def assignment(case: Case) -> Iterator[Problem]:
    """Values that a step needs and that some way to it, or every one, has not set."""
    ways = Ways(case)
    for step in case.procedure.steps:
        told: set[str] = set()
        for read in case.reads(step):
            name = read.path[0]
            if name in ALWAYS_THERE or name in told:
                continue
            if name not in ways.settable:
                told.add(name)
                yield _unknown(step, read, ways)
            elif not read.optional and (way := ways.without(name).get(step.id)):
                told.add(name)
                yield _unset(step, read, way)


class Ways:
    """For each variable, the ways on which nothing sets it."""

    def __init__(self, case: Case) -> None:
        self.graph = case.graph
        declared = case.procedure.declared
        self.given = {
            name for name, one in declared.items() if (one.required or one.default is not None) and not one.ask_when
        }
        set_somewhere = {name for step in case.procedure.steps for one in step.exits() for name in one.sets}
        self.settable = {*set_somewhere, *declared, ERROR}
        self._without: dict[str, Mapping[str, Way]] = {}

    def without(self, name: str) -> Mapping[str, Way]:
        """The shortest way to each step on which the variable is never set."""
        if name not in self._without:

            def leaves_unset(edge: Edge) -> bool:
                return name not in edge.sets

            self._without[name] = {} if name in self.given else self.graph.ways_along(leaves_unset)
        return self._without[name]


def _unknown(step: StepBase, read: Read, ways: Ways) -> Problem:
    name = read.path[0]
    # with a default, or asked whether it is there, it does no harm
    severity: Literal["error", "warning"] = "warning" if read.optional else "error"
    if name in RESERVED:
        sentence = phrase(
            "the built-in `{name}` has no value in this version: collect or set a variable of your own.", name=name
        )
        return problem("unknown-variable", sentence, step=step.id, field=read.field, severity=severity)
    meant = closest(name, [*ways.settable, *ALWAYS_THERE])
    advice = (
        phrase("did you mean `{meant}`?", meant=meant)
        if meant
        else phrase("collect or set it in an earlier step, or declare it.")
    )
    sentence = phrase("nothing ever sets `{name}`; {advice}", name=name, advice=advice)
    return problem("unknown-variable", sentence, step=step.id, field=read.field, severity=severity)


def _unset(step: StepBase, read: Read, way: Way) -> Problem:
    name = read.path[0]
    if name == ERROR:
        sentence = phrase("`error` is there only behind an `on_error` exit: the way {way} takes none.", way=drawn(way))
    elif len(way) == 1:
        sentence = phrase("`{name}` has no value here, at the first step: collect or set it before.", name=name)
    else:
        sentence = phrase(
            "`{name}` may have no value here: the way {way} never sets it. "
            'Set it on that way, or write a default: `{{{{{name} | default("…")}}}}`.',
            name=name,
            way=drawn(way),
        )
    return problem("unset-variable", sentence, step=step.id, field=read.field, path=way)
