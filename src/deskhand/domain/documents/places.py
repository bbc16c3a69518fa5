"""Where in a document something is: the path to a problem's field, and the lines of steps in a YAML text."""

from collections.abc import Mapping
from typing import Any

import yaml

from deskhand.domain.documents.yaml_reader import LOADER
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem

Place = tuple[str | int, ...]
"""Names of fields and numbers of list entries, from the document's root."""


def place_of(problem: Problem, document: Mapping[str, Any]) -> Place:
    """The path in a document to what a problem is about, as far as it can be told."""
    root: Place = ()
    if problem.step is not None:
        at = _number_of(problem.step, document.get("steps"))
        if at is None:
            return ()
        root = ("steps", at)
    # what a call sends is told as one: its address comes first
    field = "url" if problem.field == "request" else problem.field
    return (*root, *_parts(field)) if field else root


def _number_of(step: str, steps: Any) -> int | None:
    for at, one in enumerate(steps if isinstance(steps, list) else ()):
        name = one.get("id") if isinstance(one, dict) else None
        if name == step or (
            step == phrase("step {number}", number=at + 1) and not (isinstance(name, str) and name.strip())
        ):
            return at
    return None


def _parts(field: str) -> Place:
    return tuple(int(part) if part.isascii() and part.isdigit() else part for part in field.split("."))


def lines_of_steps(text: str) -> list[int]:
    """The line on which each step begins, counted from 1; none for a text that is no YAML."""
    lines: list[int] = []
    depth, key, inside = 0, None, False
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                inside = inside and depth >= 2
            elif isinstance(event, yaml.NodeEvent):
                if inside and depth == 2:
                    mark: Any = event.start_mark
                    lines.append(mark.line + 1)
                elif depth == 1 and not inside:
                    key, inside = _next_key(event, key)
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
    except yaml.YAMLError:
        return []
    return lines


def _next_key(event: Any, key: str | None) -> tuple[str | None, bool]:
    """The key that stands open after an event of the outermost mapping, and whether the steps begin with it."""
    if key is None:
        return getattr(event, "value", ""), False
    return None, key == "steps" and isinstance(event, yaml.SequenceStartEvent)
