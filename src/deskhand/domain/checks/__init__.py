"""What publishing proves about a procedure, one file per check."""

from collections.abc import Callable, Iterator

from deskhand.domain.checks.approvers import approvers
from deskhand.domain.checks.assignment import assignment
from deskhand.domain.checks.case import Case
from deskhand.domain.checks.confirmation import confirmation
from deskhand.domain.checks.cycles import cycles
from deskhand.domain.checks.declared import declared
from deskhand.domain.checks.destructive import destructive
from deskhand.domain.checks.failures import failures
from deskhand.domain.checks.own import own
from deskhand.domain.checks.procedures import procedure_cycles
from deskhand.domain.checks.reachable import reachable
from deskhand.domain.checks.simulated import simulated as was_simulated
from deskhand.domain.checks.size import size
from deskhand.domain.checks.targets import targets
from deskhand.domain.checks.trigger import trigger
from deskhand.domain.checks.types import mixed_types
from deskhand.domain.problems import Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.base import Surroundings

CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    # these find errors: they refuse publishing
    own,
    declared,
    targets,
    reachable,
    cycles,
    assignment,
    mixed_types,
    procedure_cycles,
    approvers,
    # these find warnings, but for an empty trigger
    trigger,
    failures,
    confirmation,
    destructive,
    size,
    was_simulated,
)
"""Every check, in the order in which problems of one step are told."""


def check(procedure: Procedure, around: Surroundings, simulated: bool = False) -> list[Problem]:
    """Everything that is wrong with a procedure or doubtful: errors first, then by step.

    simulated: whether this draft has been simulated.
    """
    case = Case(procedure, around, simulated)
    order = {step.id: at for at, step in enumerate(procedure.steps)}
    found = [problem for one in CHECKS for problem in one(case)]
    return sorted(found, key=lambda problem: (problem.severity != "error", order.get(problem.step or "", -1)))


def errors(problems: list[Problem]) -> list[Problem]:
    """Those problems that refuse publishing."""
    return [problem for problem in problems if problem.severity == "error"]


__all__ = ["CHECKS", "Case", "check", "errors"]
