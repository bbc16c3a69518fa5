"""Procedures and actions to begin with, as documents that are read like any other."""

from importlib.resources import files

_ENDING = ".yaml"


def template_names() -> tuple[str, ...]:
    """The names of all templates, in alphabetical order."""
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING)))


def template_text(name: str) -> str:
    """The YAML document of a template. Raises KeyError where there is none of this name."""
    if name not in template_names():
        raise KeyError(name)
    return (files(__name__) / f"{name}{_ENDING}").read_text(encoding="utf-8")


def action_template_names() -> tuple[str, ...]:
    """The names of all templates of actions, in alphabetical order."""
    found = (entry.name for entry in (files(__name__) / "actions").iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING)))


def action_template_text(name: str) -> str:
    """The YAML document of a template of actions. Raises KeyError where there is none of this name."""
    if name not in action_template_names():
        raise KeyError(name)
    return (files(__name__) / "actions" / f"{name}{_ENDING}").read_text(encoding="utf-8")
