"""From a model's answer to commands that name only what was offered. What does not is left out, and said."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deskhand.adapters.llm.checking import Said, checked_values, value_problem
from deskhand.adapters.llm.offered import ACTION, Offered
from deskhand.adapters.llm.schema import LONGEST_ANSWER, LONGEST_REASON, MOST_COMMANDS
from deskhand.domain.commands import Answer, Command, CorrectVariable
from deskhand.domain.errors import DeskhandError
from deskhand.domain.grounding import Grounds
from deskhand.domain.suggestions import shortened
from deskhand.domain.untrusted import Unreadable, read_json
from deskhand.domain.values import text_of

_COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)


class Malformed(DeskhandError):
    """Nothing of the answer can be used."""


@dataclass(slots=True)
class _Reading:
    """An answer while it is read."""

    names: Offered
    commands: list[Command] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def drop(self, sentence: str) -> None:
        self.dropped.append(sentence)


def read_answer(text: str, names: Offered) -> tuple[tuple[Command, ...], tuple[str, ...]]:
    """The commands of an answer, and sentences about what was left out. Raises Malformed where nothing is left."""
    answer = _parsed(text)
    reading = _Reading(names)
    given = answer.get("commands", [])
    if not isinstance(given, list):
        raise Malformed("`commands` is no list.")
    if len(given) > MOST_COMMANDS:
        reading.drop(f"{len(given) - MOST_COMMANDS} commands too many.")
    for one in given[:MOST_COMMANDS]:
        _read_command(reading, one)
    if answer.get("answer") is not None:
        _read_words(reading, answer["answer"])
    if reading.dropped and not reading.commands:
        raise Malformed(" ".join(reading.dropped))
    return tuple(reading.commands), tuple(reading.dropped)


def _parsed(text: str) -> dict[str, Any]:
    bare = text.strip()
    if bare.startswith("```"):  # models without tools like to wrap what they write
        bare = bare.strip("`").removeprefix("json").strip()
    if not bare:
        raise Malformed("The answer is empty.")
    try:
        found = read_json(bare)
    except Unreadable as error:
        raise Malformed(f"The answer cannot be read: {error.sentence}.") from None
    if not isinstance(found, dict) or not found.keys() & {"commands", "answer"}:
        raise Malformed("The answer holds no `commands`.")
    return found


def _read_command(reading: _Reading, given: Any) -> None:
    kind = given.get("kind") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in reading.names.kinds:
        reading.drop(f"`{shortened(text_of(kind))}` is no command that was offered.")
        return
    fields = _HANDLERS.get(kind, _plain)(reading, dict(given))
    if fields is None:
        return
    try:
        command = _COMMANDS.validate_python(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        reading.drop(f"`{kind}`: `{first['loc'][-1]}` {first['msg'].lower()}.")
        return
    reading.commands.append(command)


Fields = dict[str, Any]


def _plain(reading: _Reading, given: Fields) -> Fields | None:
    return {"kind": given["kind"]}


def _start(reading: _Reading, given: Fields) -> Fields | None:
    """A procedure, or an action that was taken for one."""
    names, kind = reading.names, given["kind"]
    slug = text_of(given.get("procedure" if kind == "start_procedure" else "action"))
    name = slug.removeprefix(ACTION)
    if kind == "start_procedure" and slug in names.procedures:
        candidate, target = names.procedures[slug], {"kind": "start_procedure", "procedure": slug}
    elif name in names.actions:
        candidate, target = names.actions[name], {"kind": "use_action", "action": name}
    else:
        what = "procedure" if kind == "start_procedure" else "action"
        reading.drop(f"There is no {what} `{shortened(slug)}` among those that were offered.")
        return None
    variables = {one.name: one for one in candidate.wanted}
    values = _values(reading, given, variables, f"`{slug}`")
    return {**target, "values": values}


def _values(reading: _Reading, given: Fields, variables: Any, where: str) -> Fields:
    context = reading.names.context
    kept, dropped = checked_values(given.get("values"), variables, Said(context), context.region, where)
    reading.dropped += dropped
    return kept


def _set(reading: _Reading, given: Fields) -> Fields | None:
    """Values for what is asked; one that is known already is a correction."""
    names = reading.names
    values = _values(reading, given, {**names.given, **names.asked}, "`set_variables`")
    for name in [one for one in values if one not in names.asked]:
        reading.commands.append(CorrectVariable(variable=name, value=values.pop(name)))
    return {"kind": "set_variables", "values": values} if values else None


def _correct(reading: _Reading, given: Fields) -> Fields | None:
    names, name, value = reading.names, text_of(given.get("variable")), given.get("value")
    if name not in names.given:
        reading.drop(f"`correct_variable`: `{shortened(name)}` was not given before.")
        return None
    if value is None or value == "":
        return {"kind": "correct_variable", "variable": name}
    wrong = value_problem(value, names.given[name], Said(names.context), names.context.region)
    if wrong:
        reading.drop(f"`correct_variable`: `{name}` {wrong}.")
        return None
    return {"kind": "correct_variable", "variable": name, "value": value}


def _resume(reading: _Reading, given: Fields) -> Fields | None:
    slug = given.get("procedure")
    if slug is not None and slug not in reading.names.context.interrupted:
        reading.drop(f"`resume`: `{shortened(text_of(slug))}` was not interrupted.")
        return None
    return {"kind": "resume", "procedure": slug}


def _clarify(reading: _Reading, given: Fields) -> Fields | None:
    names, between = reading.names, given.get("between")
    wanted = [text_of(one).removeprefix(ACTION) for one in between] if isinstance(between, list) else []
    known = [one for one in dict.fromkeys(wanted) if one in names.procedures or one in names.actions]
    if len(known) < len(wanted) or len(known) < 2:
        reading.drop("`clarify` is not between two or more that were offered.")
    if len(known) < 2:
        return None
    slugs = [one if one in names.procedures else ACTION + one for one in known]
    return {"kind": "clarify", "between": slugs}


def _hand_over(reading: _Reading, given: Fields) -> Fields | None:
    return {"kind": "hand_over", "reason": shortened(text_of(given.get("reason")), LONGEST_REASON)}


def _small_talk(reading: _Reading, given: Fields) -> Fields | None:
    return {"kind": "small_talk", "about": given.get("about")}


def _read_words(reading: _Reading, given: Any) -> None:
    """The answer to a question: taken from what it cites, and holding no figure that stands nowhere."""
    names = reading.names
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str) or not text.strip():
        return
    cites = given.get("cites")
    cited = [one for one in cites if one in names.citable] if isinstance(cites, list) else []
    if not cited:
        reading.drop("The answer cites nothing that it was given.")
        return
    invented = answer_grounds(names).invented(text)
    if invented:
        reading.drop(f"The answer holds what stands nowhere: {', '.join(invented[:5])}.")
        return
    passages = tuple(dict.fromkeys(one for one in cited if one in names.passages))
    reading.commands.append(Answer(text=text.strip()[:LONGEST_ANSWER], cites=passages))


def answer_grounds(names: Offered) -> Grounds:
    """What an answer may be taken from."""
    context = names.context
    passages = (f"{one.title}\n{one.text}\n{one.url or ''}" for one in names.passages.values())
    given = (text_of(one.value) for one in context.given)
    ours = (line.text for line in context.history if line.who != "customer")
    heard = [context.text, *given, *(line.text for line in context.history if line.who == "customer")]
    return Grounds([context.instructions, *passages, *ours], heard)


_HANDLERS: dict[str, Any] = {
    "start_procedure": _start,
    "use_action": _start,
    "set_variables": _set,
    "correct_variable": _correct,
    "resume": _resume,
    "clarify": _clarify,
    "hand_over": _hand_over,
    "small_talk": _small_talk,
}
