"""Variables that a procedure declares, and answers that it offers."""

from collections.abc import Iterator, Sequence
from typing import Any

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps.collect import CollectStep
from deskhand.domain.values import InvalidValue, TypeName, parse
from deskhand.domain.variables import CONTEXT, RESERVED, Variable, fit


def declared(case: Case) -> Iterator[Problem]:
    """Names that are built in, defaults and choices that are no valid answers, and what depends on nothing."""
    known: set[str] = set(CONTEXT)
    for variable in case.procedure.variables:
        yield from _declaration(variable)
        yield from _dependence(variable, known)
        known.add(variable.name)
    for step in case.procedure.steps:
        if isinstance(step, CollectStep):
            for choice in _unfit(step.validation, step.choices):
                sentence = phrase(
                    "the choice `{choice}` is no valid {validation}: no customer could give it.",
                    choice=choice,
                    validation=step.validation,
                )
                yield problem("choice", sentence, step=step.id, field="choices")


def _dependence(variable: Variable, known: set[str]) -> Iterator[Problem]:
    """Conditions of asking that nothing before could decide."""
    for condition in variable.ask_when:
        wrong = condition.problem()
        if wrong is None and condition.path[0] not in known:
            wrong = phrase(
                "`{name}` is not asked for before it: declare it above, or drop the condition.", name=condition.path[0]
            )
        if wrong:
            yield problem(
                "condition", phrase("`ask_when` of `{name}`: {why}", name=variable.name, why=wrong), field="variables"
            )


def _declaration(variable: Variable) -> Iterator[Problem]:
    if variable.name in RESERVED:
        yield problem(
            "reserved", phrase("`{name}` is a built-in name: choose another.", name=variable.name), field="variables"
        )
    for choice in _unfit(variable.type, variable.choices):
        sentence = phrase(
            "the choice `{choice}` of `{name}` is no valid {type}.",
            choice=choice,
            name=variable.name,
            type=variable.type,
        )
        yield problem("choice", sentence, field="variables")
    if variable.default is not None and not _fits(variable.type, variable.choices, variable.default):
        wanted = phrase("none of its choices") if variable.choices else phrase("no valid {type}", type=variable.type)
        yield problem(
            "default",
            phrase("the default of `{name}` is {wanted}.", name=variable.name, wanted=wanted),
            field="variables",
        )


def _unfit(kind: TypeName, choices: Sequence[str]) -> Iterator[str]:
    for choice in choices:
        try:
            parse(kind, choice)
        except InvalidValue as error:
            if error.key != "invalid_phone":  # whether it is valid depends on the customer's country
                yield choice


def _fits(kind: TypeName, choices: list[str], given: Any) -> bool:
    try:
        fit(kind, choices, given)
    except InvalidValue as error:
        return error.key == "invalid_phone"
    return True
