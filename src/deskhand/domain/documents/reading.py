"""From plain data to a procedure, or to everything that is wrong with it, in plain words."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from deskhand.domain.documents.slugs import slugify
from deskhand.domain.documents.wording import Path, in_step, place, sentence_for, union_sentence
from deskhand.domain.documents.yaml_reader import DEEPEST
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.base import END
from deskhand.domain.suggestions import shortened

_HALF = re.compile("[\ud800-\udfff]")


def read_procedure(data: Mapping[str, Any]) -> Procedure:
    """The procedure that a document describes; a slug that is not given is made from the name.

    Raises Invalid with one problem for each thing that is wrong: its step, its field and a sentence.
    """
    unstorable = list(_unstorable(data))
    if unstorable:
        raise Invalid(unstorable)
    document = _with_slug(data)
    problems = list(_id_problems(document))
    try:
        procedure = Procedure.model_validate(document, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        raise Invalid([*_model_problems(error, document), *problems]) from None
    if problems:
        raise Invalid(problems)
    return procedure


def _with_slug(data: Mapping[str, Any]) -> dict[str, Any]:
    document = dict(data)
    name = document.get("name")
    if document.get("slug") is None and isinstance(name, str) and slugify(name):
        document["slug"] = slugify(name)
    return document


def _unstorable(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What JSON cannot hold, or only with an exhausted stack; looked for without recursion."""
    open_nodes: list[tuple[Path, Any]] = [((), data)]
    while open_nodes:
        path, node = open_nodes.pop()
        fault = _fault(node, len(path))
        if fault:
            yield _problem(
                "document", path[:5], phrase("{place} {fault}", place=place(in_step(path[:5])), fault=fault), data
            )
        elif isinstance(node, dict):
            open_nodes.extend(((*path, name), child) for name, child in node.items())
        elif isinstance(node, list):
            open_nodes.extend(((*path, at), child) for at, child in enumerate(node))


def _fault(node: Any, depth: int) -> str | None:
    if depth >= DEEPEST and isinstance(node, dict | list):
        return phrase("is nested more than {most} levels deep: make it flatter.", most=DEEPEST)
    if isinstance(node, float) and not math.isfinite(node):
        return phrase("is no number that an API could take.")
    texts = [node] if isinstance(node, str) else node if isinstance(node, dict) else ()
    if any(isinstance(text, str) and _HALF.search(text) for text in texts):
        return phrase("holds half a character (a lone surrogate): remove it.")
    return None


def _model_problems(error: ValidationError, document: Mapping[str, Any]) -> Iterator[Problem]:
    """One problem for each place; what the branches of a union said about one place is one problem."""
    by_path: dict[Path, list[ErrorDetails]] = {}
    for one in error.errors(include_url=False):
        by_path.setdefault(_path(one, document), []).append(one)
    for path, found in by_path.items():
        deeper = any(len(other) > len(path) and other[: len(path)] == path for other in by_path)
        if len(found) == 1 and deeper and found[0]["type"].endswith("_type"):
            continue  # the branch of a union that was not meant
        if path == ("slug",) and found[0]["type"] == "missing":
            yield from _slug_problem(document)
            continue
        sentence = sentence_for(found[0], path, document) if len(found) == 1 else union_sentence(found, path)
        code = "required" if found[0]["type"] in ("missing", "union_tag_not_found") else "document"
        yield _problem(code, (*path, "kind") if "union_tag" in found[0]["type"] else path, sentence, document)


def _path(error: ErrorDetails, document: Mapping[str, Any]) -> Path:
    """Where in the document an error is, without the names of models and union branches."""
    location = error["loc"]
    if location[:1] == ("steps",) and len(location) > 2:
        location = (*location[:2], *location[3:])
    path: Path = ()
    node: Any = document
    for at, part in enumerate(location):
        if _has(node, part):
            node = node[part]
        elif error["type"] != "missing" or at < len(location) - 1:
            continue
        path = (*path, part)
    return path


def _has(node: Any, part: str | int) -> bool:
    if isinstance(node, list):
        return isinstance(part, int) and part < len(node)
    return isinstance(node, dict) and part in node


def _problem(code: str, path: Path, sentence: str, document: Mapping[str, Any]) -> Problem:
    if path[:1] != ("steps",) or len(path) < 2 or not isinstance(path[1], int):
        return Problem(code=code, field=_dotted(path), sentence=sentence)
    return Problem(code=code, step=_step_name(document, path[1]), field=_dotted(path[2:]), sentence=sentence)


def _dotted(path: Path) -> str | None:
    return shortened(".".join(map(str, path)), 200) or None


def _step_name(document: Mapping[str, Any], at: int) -> str:
    """The id of a step, or its number where it has none."""
    step = document["steps"][at]
    given = step.get("id") if isinstance(step, dict) else None
    return given if isinstance(given, str) and given.strip() else phrase("step {number}", number=at + 1)


def _slug_problem(document: Mapping[str, Any]) -> Iterator[Problem]:
    """No slug can be made from the name; where there is no name, that alone is to be mended."""
    if isinstance(document.get("name"), str) and document["name"]:
        yield Problem(
            code="required",
            field="slug",
            sentence="`slug` is missing, and none can be made from the name: "
            "write lowercase letters, digits and single hyphens, such as `refund-request`.",
        )


def _id_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Ids and variable names that are there twice, and steps called `end`."""
    steps = document.get("steps")
    sentence: str
    ids = [step.get("id") if isinstance(step, dict) else None for step in steps] if isinstance(steps, list) else []
    for name, numbers in _repeated(ids):
        where: str = (
            joined(map(str, numbers), phrase(" and "))
            if len(numbers) < 4
            else phrase("{first} and {more} others", first=numbers[0], more=len(numbers) - 1)
        )
        sentence = phrase(
            "the id `{name}` is there {count} times (steps {where}): every step needs one of its own.",
            name=name,
            count=len(numbers),
            where=where,
        )
        yield Problem(code="duplicate-id", step=name, field="id", sentence=sentence)
    if END in ids:
        sentence = "`end` ends the run, so no step may be called so: choose another id, such as `done`."
        yield Problem(code="reserved", step=END, field="id", sentence=sentence)
    variables = document.get("variables")
    names = [one.get("name") for one in variables if isinstance(one, dict)] if isinstance(variables, list) else []
    for name, _ in _repeated(names):
        yield Problem(
            code="duplicate-variable",
            field="variables",
            sentence=phrase("`{name}` is declared twice: keep one.", name=name),
        )


def _repeated(names: list[Any]) -> Iterator[tuple[str, list[int]]]:
    counted = Counter(name for name in names if isinstance(name, str))
    for name, times in counted.items():
        if times > 1:
            yield name, [number for number, other in enumerate(names, start=1) if other == name]
