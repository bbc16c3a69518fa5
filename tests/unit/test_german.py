"""All that a member can come to read from the server has its German, and no German is left over."""

import json
from collections.abc import Iterator

import pytest
from pydantic_core._pydantic_core import list_all_errors

import deskhand.bootstrap  # noqa: F401  so that every class of errors is known
from deskhand.adapters.edge.addresses import Kind
from deskhand.api.app import create_app  # noqa: F401
from deskhand.api.errors import ANSWERS
from deskhand.api.languages import CATALOGUES
from deskhand.application.approvals import DONE
from deskhand.domain.audience_why import MUST
from deskhand.domain.documents.wording import purpose_of
from deskhand.domain.documents.yaml_reader import MEANING
from deskhand.domain.errors import DeskhandError
from deskhand.domain.lapsing import LAPSED
from deskhand.domain.procedure import Procedure, Trigger
from deskhand.domain.sentences import translations
from deskhand.domain.steps import STEP_KINDS
from deskhand.domain.variables import Variable
from tests.unit.german_source import Said, files, is_elsewhere, literals, places, strings, taken_apart, templates

OTHERS = {
    "adapters/edge/policy.py": [kind.value for kind in Kind],
    "application/approvals.py": [*DONE.values(), *LAPSED.values()],
    "application/configuration.py": ["webhook", "channel"],
    "application/language_models.py": ["`{where}`: {fault:small}", "`{where}`: {fault:small}."],
    "application/secrets.py": ["connection", "action", "webhook", "channel", "model"],
    "domain/audience_why.py": list(MUST.values()),
    "domain/documents/wording.py": [
        purpose_of(field.description)
        for model in (Procedure, Trigger, Variable, *STEP_KINDS.values())
        for field in model.model_fields.values()
        if field.is_required() and field.description
    ],
    "domain/documents/yaml_reader.py": [sentence for _, sentence in MEANING],
    "domain/errors.py": [],
    "domain/faults.py": [],
    "domain/importing/tools.py": ["`{slug}`: the server says that it only reads; if you trust it, set `read_only`."],
    "domain/phrases.py": [],
    "domain/sentences.py": [],
}
"""By the file that gives `phrase` something else than a literal: the templates that this can be."""

MESSAGES = {one["message_template_python"] for one in list_all_errors()}
"""What pydantic says. Whatever of it has no German is for programs, whose mistakes no screen lets anybody make."""
ENGLISH_ONLY = {"expected_plural", "class_name", "field_type"}
"""Places of pydantic's messages that German does without."""


def _answered(of: type[DeskhandError] = DeskhandError) -> Iterator[type[DeskhandError]]:
    for cls in of.__subclasses__():
        if any(base in ANSWERS for base in cls.__mro__):
            yield cls
        yield from _answered(cls)


def _said() -> Iterator[Said]:
    names = {cls.__name__ for cls in _answered()}
    for file, tree in files():
        yield from templates(file, tree, OTHERS)
        yield from literals(file, tree, names)
    yield from (Said(text, file) for file, texts in OTHERS.items() for text in texts)
    for cls in _answered():
        file = cls.__module__.removeprefix("deskhand.").replace(".", "/") + ".py"
        if not is_elsewhere(file):
            yield Said((cls.__doc__ or "").strip(), file)
    yield from (Said(answer.title, "api/errors.py") for answer in ANSWERS.values())


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return list(_said())


@pytest.fixture(scope="module")
def german() -> dict[str, str]:
    return {
        english: text
        for file in CATALOGUES.glob("*.json")
        for english, text in json.loads(file.read_text(encoding="utf-8")).items()
    }


def test_whatever_a_member_reads_has_its_german(said: list[Said], german: dict[str, str]) -> None:
    missing = sorted(f"{one.place}: {one.text}" for one in said if one.needs_german and one.text not in german)
    assert not missing, "\n".join(["without German, or an f-string that is no `phrase`:", *missing])


def test_every_place_of_a_template_is_given_its_value(said: list[Said]) -> None:
    wrong = [f"{one.place}: {one.text}" for one in said if one.values is not None and one.values != places(one.text)]
    assert not wrong, "\n".join(wrong)


def test_the_german_has_the_same_places(german: dict[str, str]) -> None:
    wrong = [english for english, text in german.items() if places(english) - ENGLISH_ONLY != places(text)]
    assert not wrong, "\n".join(wrong)


def test_no_german_is_left_over(said: list[Said], german: dict[str, str]) -> None:
    used = {one.text for one in said} | MESSAGES | {text for _, tree in files() for text in strings(tree)}
    assert german.keys() <= used, "\n".join(sorted(german.keys() - used))


def test_no_phrase_is_taken_apart() -> None:
    assert not [place for file, tree in files() for place in taken_apart(file, tree)]


def test_the_sentences_for_customers_are_there_too() -> None:
    assert translations("de")["All right, I've stopped that."] == "In Ordnung, das habe ich abgebrochen."
