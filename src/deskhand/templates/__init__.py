"""Procedures and actions to begin with, as documents that are read like any other."""

from importlib.resources import files
from importlib.resources.abc import Traversable

_ENDING = ".yaml"
_PROCEDURE = ".procedure.yaml"


def template_names() -> tuple[str, ...]:
    """The names of all templates, in alphabetical order."""
    return _names(files(__name__))


def template_text(name: str) -> str:
    """The YAML document of a template. Raises KeyError where there is none of this name."""
    if name not in template_names():
        raise KeyError(name)
    return (files(__name__) / f"{name}{_ENDING}").read_text(encoding="utf-8")


def action_template_names() -> tuple[str, ...]:
    """The names of all templates of actions, in alphabetical order."""
    return _names(files(__name__) / "actions")


def action_template_text(name: str) -> str:
    """The YAML document of a template of actions. Raises KeyError where there is none of this name."""
    if name not in action_template_names():
        raise KeyError(name)
    return (files(__name__) / "actions" / f"{name}{_ENDING}").read_text(encoding="utf-8")


def action_template_procedure(name: str) -> str | None:
    """The YAML of the procedure that uses a template's actions, where one belongs to it. Raises KeyError."""
    if name not in action_template_names():
        raise KeyError(name)
    file = files(__name__) / "actions" / f"{name}{_PROCEDURE}"
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _names(folder: Traversable) -> tuple[str, ...]:
    found = (entry.name for entry in folder.iterdir())
    return tuple(
        sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING) and not name.endswith(_PROCEDURE))
    )
