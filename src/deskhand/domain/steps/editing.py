"""The values that an act is made of: where they stand, which may be edited, and the run with other ones in place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from deskhand.domain.actions import AnyAction
from deskhand.domain.conditions import MISSING, look_up
from deskhand.domain.edits import Change, Editable, UnfitEdit
from deskhand.domain.frame import Frame
from deskhand.domain.masking import MASK, masked_values
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import as_phrase, in_language
from deskhand.domain.shown import FormField
from deskhand.domain.templates import Placeholder, parts_of
from deskhand.domain.values import InvalidValue, TypeName, text_of
from deskhand.domain.variables import Variable

MEMBER = "member"
"""The source of a value that a member has edited."""


@dataclass(frozen=True, slots=True)
class Input:
    """One value that an act is made of."""

    variable: Variable
    path: tuple[str, ...] | None
    """Where it stands among the run's variables; None for one that this act alone is given."""
    value: Any
    sensitive: bool

    @property
    def name(self) -> str:
        return self.variable.name

    @property
    def label(self) -> str:
        written = self.variable.label if isinstance(self.variable, FormField) else None
        label = in_language(written, "en") if written else None
        words = self.name.replace("_", " ").replace(".", " ")
        return label or words[:1].upper() + words[1:]

    @property
    def required(self) -> bool:
        return self.variable.required and self.variable.default is None

    def shown(self, hidden: Iterable[str]) -> Editable:
        """As a member gets it for editing."""
        return Editable(
            name=self.name,
            label=self.label,
            description=self.variable.description,
            type=self.variable.type,
            choices=tuple(self.variable.choices),
            value=None if self.sensitive else masked_values(self.known, hidden),
            required=self.required,
            sensitive=self.sensitive,
            max_length=self.variable.max_length,
        )

    def accept(self, given: Any, region: str | None) -> Any:
        """The value in its type; None for an optional one that is taken out. Raises InvalidValue."""
        if not self.required and (given is None or given == "") and not self.variable.takes_empty(given):
            return None
        return self.variable.accept("" if given is None else given, region)

    def change(self, after: Any, hidden: tuple[str, ...]) -> Change:
        """What an edit makes of it, for people to read."""
        before, now = self.known, after
        if self.sensitive:
            before, now = (None if one is None else MASK for one in (before, now))
        return Change(
            name=self.name, label=self.label, before=masked_values(before, hidden), after=masked_values(now, hidden)
        )

    @property
    def known(self) -> Any:
        """Its value now; None where it has none."""
        return None if self.value is MISSING else self.value


def inputs_of(frame: Frame, placeholders: Iterable[Placeholder]) -> dict[str, Input]:
    """The run's values that stand in a request, by their names; only simple ones can be edited."""
    found: dict[str, Input] = {}
    for one in placeholders:
        if one.is_secret or one.name in found:
            continue
        value = look_up(one.path, frame.variables)
        variable = None if value is MISSING else _variable(frame, one.path, value)
        if variable is not None:
            found[one.name] = Input(variable, one.path, value, one.path[0] in frame.published.sensitive)
    return found


def argument_inputs(
    frame: Frame, action: AnyAction, templates: Mapping[str, str], arguments: Mapping[str, Any], alone: bool
) -> dict[str, Input]:
    """The variables of an action that stand in its request, by their names.

    alone: whether one may be edited that comes from no single value of the run, and so changes this act and no more.
    """
    used = {one.path[0] for one in action.placeholders()}
    found: dict[str, Input] = {}
    for one in action.variables:
        path = _origin(frame, one.name, templates.get(one.name))
        if one.name in used and (path is not None or alone):
            hidden = one.sensitive or (path is not None and path[0] in frame.published.sensitive)
            found[one.name] = Input(one, path, arguments.get(one.name, MISSING), hidden)
    return found


def _origin(frame: Frame, name: str, template: str | None) -> tuple[str, ...] | None:
    """Where among the run's variables an argument comes from, if it is one of them as it stands."""
    if template is None:
        return (name,)
    parts = parts_of(template)
    if len(parts) != 1 or not isinstance(parts[0], Placeholder):
        return None
    return None if look_up(parts[0].path, frame.variables) is MISSING else parts[0].path


def _variable(frame: Frame, path: tuple[str, ...], value: Any) -> Variable | None:
    """What is known of a run's value: what it was asked for as, or its own type."""
    asked = frame.published.procedure.answers.get(path[0]) if len(path) == 1 else None
    kind = _type_of(value)
    if asked is not None or kind is None:
        return asked
    return Variable.model_construct(name=".".join(path), type=kind)


def _type_of(value: Any) -> TypeName | None:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else None


def accepted(inputs: Mapping[str, Input], given: Mapping[str, Any], region: str | None) -> dict[str, Any]:
    """The edited values in their types, those alone that are other ones than before. Raises UnfitEdit."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, raw in given.items():
        one = inputs.get(name)
        if one is None:
            known = ", ".join(f"`{other}`" for other in inputs) or phrase("nothing")
            problems.append(
                _problem(
                    "not-editable",
                    name,
                    phrase("`{name}` cannot be edited: what can be is {known}.", name=name[:80], known=known),
                )
            )
            continue
        try:
            value = one.accept(raw, region)
        except InvalidValue as error:
            problems.append(_problem("invalid-value", name, as_phrase(error.key, **error.parameters)))
            continue
        if (type(value), value) != (type(one.known), one.known):
            values[name] = value
    if problems:
        raise UnfitEdit(problems)
    return values


def unfit(inputs: Mapping[str, Input], names: Iterable[str], why: str) -> UnfitEdit:
    """The error of values that fit their types, and not the request; said at the value, where there is one alone."""
    edited = [name for name in names if name in inputs]
    return UnfitEdit([_problem("unfit-request", edited[0] if len(edited) == 1 else None, why)])


def _problem(code: str, field: str | None, why: str) -> Problem:
    return Problem(code=code, field=field, sentence=why)


def edited(frame: Frame, inputs: Mapping[str, Input], edits: Mapping[str, Any]) -> Frame:
    """The run with these values in place; what it brings about is still noted in the one that was given."""
    variables, sources = dict(frame.variables), dict(frame.sources)
    for name, value in edits.items():
        path = inputs[name].path if name in inputs else None
        if path is not None:
            _put(variables, path, value)
            sources[path[0]] = MEMBER if len(path) == 1 else sources.get(path[0], MEMBER)
            if path[0] not in variables:
                sources.pop(path[0], None)
    return replace(frame, variables=variables, sources=sources, edits={**frame.edits, **edits})


def _put(values: Any, path: tuple[str, ...], value: Any) -> None:
    """Put a value where the path leads; the containers on the way are copied."""
    at: Any = int(path[0]) if isinstance(values, list) else path[0]
    if len(path) > 1:
        values[at] = values[at].copy()
        _put(values[at], path[1:], value)
    elif value is not None:
        values[at] = value
    elif isinstance(values, dict):
        values.pop(at, None)


def hidden_in(inputs: Mapping[str, Input], edits: Mapping[str, Any]) -> tuple[str, ...]:
    """The text forms of edited values that nobody may read."""
    names = (name for name, value in edits.items() if name in inputs and inputs[name].sensitive)
    return tuple(text_of(edits[name]) for name in names if edits[name] not in (None, ""))
