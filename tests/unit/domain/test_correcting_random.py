"""Procedures and customers at random: whatever is corrected when, no act is done twice or with a value of before."""

import random
from typing import Any

import pytest

from deskhand.domain import commands as c
from deskhand.domain.effects import Perform
from deskhand.domain.procedure import Published
from deskhand.domain.state import ForAnswer, ForApproval, ForConfirmation, ForEffect
from tests.unit.domain.builders import Play, collect, look_up, message, published, refund

ROUNDS = 60
NAMES = ("a", "b", "c", "d")
GATES: tuple[dict[str, Any], ...] = ({}, {"confirm": "Sure?"}, {"approval": "require"})


def any_procedure(dice: random.Random) -> Published:
    """Every variable is asked for once at most, so that it is plain which value each act has to have."""
    declared = [name for name in NAMES if dice.random() < 0.5] or ["a"]
    known, unasked = list(declared), [name for name in NAMES if name not in declared]
    steps: list[dict[str, Any]] = []
    for at in range(dice.randint(3, 10)):
        used, kind = dice.choice(known), dice.choice(("collect", "read", "act", "act", "set", "condition"))
        if kind == "collect" and unasked:
            name = unasked.pop()
            about = f"Which {name} for {{{{{used}}}}}?" if dice.random() < 0.3 else None
            steps.append(collect(name, about, id=f"s{at}"))
            known.append(name)
        elif kind == "read":
            steps.append(look_up(id=f"s{at}", url=f"/{{{{{used}}}}}", response_variable=f"found{at}"))
        elif kind == "set":
            steps.append({"kind": "set", "id": f"s{at}", "variable": f"set{at}", "value": f"{{{{{used}}}}}!"})
            known.append(f"set{at}")
        elif kind == "condition":
            to = {"then": f"s{at + 1}", "else": f"s{at + 1}"}
            steps.append({"kind": "condition", "id": f"s{at}", "variable": used, "operator": "exists", **to})
        else:
            body = f'{{"value": "{{{{{used}}}}}"}}'
            steps.append(refund(id=f"s{at}", note=used, body=body, response_variable="done", **dice.choice(GATES)))
    steps.append(message("Done.", id=f"s{len(steps)}"))
    return published("p", *steps, variables=[{"name": name} for name in declared])


def takes_back(play: Play, dice: random.Random, names: list[str]) -> None:
    values = {name: f"v{dice.randint(0, 999)}" for name in dice.sample(names, min(len(names), dice.choice((1, 1, 2))))}
    match dice.randint(0, 3):
        case 0:
            play.says("no", *(c.CorrectVariable(variable=name, value=value) for name, value in values.items()))
        case 1:
            play.says("no", *(c.CorrectVariable(variable=name) for name in values))
        case 2:
            play.says("no", **values)
        case _:
            play.wants("p", **values)


def goes_on(play: Play, dice: random.Random) -> None:
    match play.top.waiting:
        case ForEffect():
            play.succeeds({})
        case ForAnswer(variable=name):
            play.says("x", **{name: f"v{dice.randint(0, 999)}"})
        case ForConfirmation():
            play.clicks("yes")
        case ForApproval():
            play.decides("approve")


def acts_of(play: Play) -> list[Perform]:
    return [one for one in play.performed if one.act.changes]


@pytest.mark.parametrize("seed", range(200))
def test_no_act_is_done_twice_or_with_a_value_that_was_taken_back(seed: int) -> None:
    dice = random.Random(seed)
    procedure = any_procedure(dice)
    play = Play(procedure)
    play.wants("p")
    for _ in range(ROUNDS):
        if play.state.mode == "member" or not play.state.runs:
            break
        names = [name for name, source in play.top.sources.items() if source == "customer"]
        if names and dice.random() < 0.35 and not isinstance(play.top.waiting, ForEffect):
            takes_back(play, dice, names)
        else:
            goes_on(play, dice)
    acts = acts_of(play)
    assert len({(one.run, one.step) for one in acts}) == len(acts)
    for run in (run for _, turn in play.turns for run in turn.ended if run.status == "completed"):
        for one in (one for one in acts if one.run == run.id):
            used = run.variables[str(procedure.procedure.by_id[one.step].note)]
            assert one.act.request.body == f'{{"value":"{used}"}}'  # type: ignore[union-attr]
