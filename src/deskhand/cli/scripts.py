"""Files of answers: the script of a simulation, read so that a slip of the pen does not go unnoticed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deskhand.application.mocking import MockResponse
from deskhand.application.simulation import Script
from deskhand.cli.commands import BadFile
from deskhand.cli.documents import faults, read_mapping
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.component import ComponentStep
from deskhand.domain.steps.gated import GatedStep
from deskhand.domain.suggestions import did_you_mean, listed


def read_script(file: Path, procedures: Sequence[Procedure]) -> Script:
    """The script in a file; without any of a script's words, the file holds the inputs alone.

    procedures: the one that is simulated, and those that it runs. Raises BadFile.
    """
    data = read_mapping(file)
    if not data.keys() & Script.model_fields.keys():
        data = {"inputs": data}
    found = [*_unknown_words(data), *_unknown_names(data, procedures), *_bad_responses(data.get("responses"))]
    if found:
        raise BadFile(*(f"{file}: {sentence}" for sentence in found))
    try:
        return Script.model_validate(data)
    except ValidationError as error:
        raise BadFile(*(f"{file}: {sentence}" for sentence in faults(error))) from None


def _unknown_words(data: Mapping[str, Any]) -> Iterator[str]:
    words = Script.model_fields
    for name in data.keys() - words.keys():
        hint = did_you_mean(name, words) or "."
        yield f"`{name}` is no part of a script{hint} The parts are {listed(words)}; answers go into `inputs`."


def _unknown_names(data: Mapping[str, Any], procedures: Sequence[Procedure]) -> Iterator[str]:
    """Names that no step has: with one of these, an answer would silently never be given."""
    asked = {name for one in procedures for name in one.asked}
    filled_in = {field.name for one in procedures for step in one.steps for field in step.form_fields()}
    steps = [step for one in procedures for step in one.steps]
    gated = {step.id for step in steps if isinstance(step, GatedStep)}
    answering = gated | {step.id for step in steps if isinstance(step, ComponentStep)}
    yield from _unknown(data, "inputs", asked | filled_in, "nothing asks for")
    yield from _unknown(data, "arguments", asked, "nothing takes")
    yield from _unknown(data, "responses", answering, "no step that answers is named")
    yield from _unknown(data, "decisions", gated, "no step that is approved is named")
    yield from _unknown(data, "confirmations", gated, "no step that is confirmed is named")


def _unknown(data: Mapping[str, Any], part: str, known: Iterable[str], what: str) -> Iterator[str]:
    given = data.get(part)
    for name in given if isinstance(given, dict) else ():
        if name not in known:
            yield f"{part}: {what} `{name}`{did_you_mean(name, known) or '.'}"


def _bad_responses(given: Any) -> Iterator[str]:
    """What is wrong with mocks, one by one: told as a union, each would be wrong in two ways."""
    for step, mocks in given.items() if isinstance(given, dict) else ():
        for mock in mocks if isinstance(mocks, list) else [mocks]:
            try:
                MockResponse.model_validate(mock)
            except ValidationError as error:
                yield from (f"responses: {step}: {sentence}" for sentence in faults(error))
