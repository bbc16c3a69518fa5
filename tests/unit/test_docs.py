"""The guide is true of the code: its procedures, scripts, commands and requests, and what has to stand in it.

A YAML fence holds a procedure, unless its info string says otherwise: `step` is one step of one, `script` what a
simulation of the last procedure above is told (`outcome=…`), and `wrong=code,…` a procedure with just these problems.
"""

import ast
import dataclasses
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

import deskhand
from deskhand.api.app import ROUTERS
from deskhand.api.auth import Builder, Member, SignedIn
from deskhand.api.errors import ANSWERS
from deskhand.api.widget.admission import Own, Visiting
from deskhand.application.mocking import MockResponse
from deskhand.application.simulation import Report, Script, simulate
from deskhand.application.turns import template_context
from deskhand.cli.main import app
from deskhand.domain.actions.base import ActionBase, ReadBack
from deskhand.domain.actions.mcp import ToolCall
from deskhand.domain.agent import Agent
from deskhand.domain.authentication import AnyAuth
from deskhand.domain.checks import check
from deskhand.domain.conditions import OPERATORS
from deskhand.domain.documents import json_schema, parse_yaml, read_procedure
from deskhand.domain.effects import Act
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.procedure import Procedure, Published, Trigger
from deskhand.domain.requests import Connection, HttpRequest
from deskhand.domain.sentences import sentence
from deskhand.domain.state import Conversation
from deskhand.domain.steps import STEP_KINDS, StepBase
from deskhand.domain.steps.base import Linear, Surroundings
from deskhand.domain.steps.gated import GatedStep
from deskhand.domain.steps.inline import InlineStep
from deskhand.domain.steps.internal import InternalAction, InternalStep
from deskhand.domain.values import TYPE_NAMES
from deskhand.domain.variables import RESERVED, Variable
from deskhand.domain.webhook import EVENTS
from deskhand.ports.turns import EffectStatus
from deskhand.settings import Settings
from tests.guide import PAGES, fences, prose, section, table, text_of

AUTH = get_args(AnyAuth)
SOURCE = Path(deskhand.__file__).parent
TRIGGER = {"description": "When a customer asks for a refund"}
ROLES = {
    None: "none",
    get_args(Member)[1].dependency: "any",
    get_args(Builder)[1].dependency: "admin",
    get_args(SignedIn)[1].dependency: "member",
    get_args(Visiting)[1].dependency: "visitor",
    get_args(Own)[1].dependency: "visitor",
}


def blocks(language: str, role: str | None = None) -> list[Any]:
    """The fenced blocks of a language and a role, as parameters of a test."""
    wanted = [one for one in fences() if one.language == language and role in (None, one.role)]
    return [pytest.param(one, id=str(one)) for one in wanted]


def problems_of(text: str) -> list[Problem]:
    """What `deskhand validate` finds."""
    try:
        procedure = read_procedure(parse_yaml(text))
    except Invalid as invalid:
        return invalid.problems
    return check(procedure, Surroundings(procedure, workspace_known=False), simulated=True)


# what is written as an example


@pytest.mark.parametrize("fence", blocks("yaml", ""))
def test_a_procedure_has_no_errors(fence) -> None:
    assert [str(one) for one in problems_of(fence.text) if one.severity == "error"] == []


@pytest.mark.parametrize("fence", blocks("yaml", "wrong"))
def test_a_wrong_procedure_has_the_problems_that_it_shows(fence) -> None:
    errors = [one for one in problems_of(fence.text) if one.severity == "error"]
    told = next(one for one in fences() if one.page == fence.page and one.line > fence.line)

    assert ",".join(one.code for one in errors) == fence.word("wrong")
    assert told.language == "text"
    assert told.text.splitlines() == [str(one) for one in errors]


@pytest.mark.parametrize("fence", blocks("yaml", "step"))
def test_a_step_is_right_by_itself(fence) -> None:
    procedure = read_procedure({"name": "Refund", "trigger": TRIGGER, "steps": [parse_yaml(fence.text)]})

    assert [str(one) for one in procedure.steps[0].check(Surroundings(procedure, workspace_known=False))] == []


@pytest.mark.parametrize("fence", blocks("yaml", "script"))
def test_a_script_ends_as_it_says(fence) -> None:
    above = [one for one in fences() if one.page == fence.page and one.line < fence.line and one.language == "yaml"]
    procedure = read_procedure(parse_yaml(next(one for one in reversed(above) if one.role == "").text))
    script = parse_yaml(fence.text)
    if not script.keys() & Script.model_fields.keys():
        script = {"inputs": script}

    shop = Connection(slug="shop", base_url="https://shop.example")
    report = simulate(Published(procedure, 0), Script.model_validate(script), {"shop": shop})

    assert (report.outcome, report.unused) == (fence.word("outcome"), ())


def test_every_block_of_yaml_is_held() -> None:
    roles = [(str(one), one.role) for one in fences() if one.language == "yaml"]

    assert [one for one in roles if one[1] not in ("", "wrong", "step", "script")] == []


@pytest.mark.parametrize("fence", blocks("json"))
def test_an_answer_is_json(fence) -> None:
    assert json.loads(fence.text)


# links


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page) -> None:
    broken = []
    for target in re.findall(r"\]\((?!\w+:)([^)\s]+)\)", prose(page)):
        file, _, anchor = target.partition("#")
        path = (PAGES[page].parent / file).resolve() if file else PAGES[page]
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(target)

    assert broken == []


# fields and their defaults


TABLES: list[tuple[type[BaseModel], str, str]] = [
    (StepBase, "docs/procedures.md", "Fields of every step"),
    (Linear, "docs/procedures.md", "Where it goes on"),
    (GatedStep, "docs/procedures.md", "Fields of steps that act"),
    *((kind, "docs/procedures.md", f"`{name}`") for name, kind in STEP_KINDS.items() if name != "end"),
]


def fields_of(model: type[BaseModel]) -> dict[str, str]:
    """The fields that a model adds to its parents, with their defaults as the guide writes them."""
    inherited = {name for parent in model.__mro__[1:] for name in getattr(parent, "model_fields", {})}
    own = {info.alias or name: info for name, info in model.model_fields.items() if name not in inherited}
    # every kind writes its own `kind`; it is told with the fields of every step
    if issubclass(model, StepBase) and model is not StepBase:
        own.pop("kind", None)
    written = {name: _default(info) for name, info in own.items()}
    return written | {"kind": "required"} if model is StepBase else written


def _default(info: Any) -> str:
    if info.default is PydanticUndefined:
        return "required"
    if info.default in (None, "", (), [], {}) or isinstance(info.default, BaseModel):
        return "in words"
    text = json.dumps(info.default).strip('"')
    return f"`{text.removesuffix('.0')}`"


def written_fields(text: str) -> dict[str, str]:
    """The fields that a table tells, with their defaults; one that is told in words is told so here."""
    found = {name: cells[0] for name, cells in table(text, "field").items()}
    return {name: cell if cell == "required" or cell.startswith("`") else "in words" for name, cell in found.items()}


@pytest.mark.parametrize(("model", "page", "heading"), TABLES, ids=[heading for *_, heading in TABLES])
def test_every_field_of_a_step_is_told_with_its_default(model, page, heading) -> None:
    assert written_fields(section(page, heading)) == fields_of(model)


def test_every_field_of_a_document_is_told_with_its_default() -> None:
    top, trigger = section("docs/procedures.md", "The document").split("The trigger:")

    assert "slug" not in json_schema()["required"]
    assert written_fields(top) == fields_of(Procedure) | {"slug": "in words"}
    assert written_fields(trigger) == fields_of(Trigger)


def test_every_field_of_variables_connections_and_actions_is_told_with_its_default() -> None:
    page, request = "docs/actions.md", section("docs/actions.md", "`http`").split("`read_back` finds")[0]
    told = written_fields(section(page, "An action"))

    assert written_fields(section("docs/procedures.md", "Variables")) == fields_of(Variable)
    assert written_fields(section(page, "Connections")) == fields_of(Connection)
    assert told | {"description": "in words"} == fields_of(ActionBase) | {"kind": "`http`"}
    assert written_fields(request) == fields_of(HttpRequest)
    assert set(table(section(page, "`http`"), "field of a read-back")) == set(fields_of(ReadBack))
    assert written_fields(section(page, "`mcp`")) == fields_of(ToolCall)
    assert set(table(section("docs/procedures.md", "`tool`"), "field of all four")) == set(fields_of(InlineStep))


def test_every_authentication_is_told_with_its_fields() -> None:
    told = table(section("docs/actions.md", "Authentication"), "authentication")
    written = {kind: set(re.findall("`([a-z_]+)`", cells[0])) for kind, cells in told.items()}

    assert written == {
        one.model_fields["kind"].annotation.__args__[0]: set(one.model_fields) - {"kind"} for one in AUTH
    }


def test_every_field_of_scripts_and_reports_is_told() -> None:
    script, mock = section("docs/simulation.md", "The script").split("A mock:")

    assert set(table(script, "field")) == set(Script.model_fields)
    assert set(table(mock.split("What each")[0], "field")) == set(MockResponse.model_fields)
    assert set(table(section("docs/simulation.md", "The report"), "field")) == set(Report.model_fields)


def test_every_operator_and_type_is_told() -> None:
    accepted = table(section("docs/procedures.md", "What a question accepts"), "type")

    assert set(table(section("docs/procedures.md", "`condition`"), "operator")) == set(OPERATORS)
    assert set(accepted) == set(TYPE_NAMES)


def test_every_internal_action_is_told_with_its_parameters() -> None:
    acts = {one.model_fields["kind"].default: one for one in get_args(get_args(Act)[0])}
    told = table(section("docs/procedures.md", "`internal`"), "action")

    assert set(told) == set(get_args(InternalAction))
    for name, (parameters, _) in told.items():
        fields = acts[name.removesuffix("_session")].model_fields
        wanted = {f"**`{key}`**" if info.is_required() else f"`{key}`" for key, info in fields.items() if key != "kind"}
        assert set(parameters.split(", ")) - {""} == wanted
        assert InternalStep(id="x", kind="internal", action=name)


def test_every_built_in_variable_is_told() -> None:
    page = text_of("docs/templates.md")
    agent = Agent(slug="default", name="Sam")
    context = template_context(Conversation(id="conv_1"), "", 0, agent)
    paths = [f"{name}.{part}" for name, value in context.items() if isinstance(value, dict) for part in value]
    names = [name for name, value in context.items() if not isinstance(value, dict)]

    assert {f"`{name}`" for name in [*paths, *names] if f"`{name}`" not in page} == set()
    reserved = section("docs/procedures.md", "Variables").split("These names are built in")[1]
    assert set(re.findall("`([a-z_]+)`", reserved)) == RESERVED


def test_what_the_customer_reads_is_quoted_as_it_is() -> None:
    quoted = re.findall("“(.*?)”", section("docs/procedures.md", "What the customer sees"))

    assert quoted == [sentence(key, "en") for key in ("checking", "waiting_for_colleague", "handed_over", "expired")]


# codes, states, settings


def codes() -> dict[str, set[str]]:
    """Every code of a problem with its severities, as the source gives them."""
    found: dict[str, set[str]] = {}
    for path in (path for folder in ("domain", "api") for path in (SOURCE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("problem", "_problem", "Problem"):
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                code = given.get("code", node.args[0] if node.args else None)
                severity = given.get("severity", ast.Constant("error"))
                for one in _constants(code):
                    found.setdefault(one, set()).update(_constants(severity) or {"error", "warning"})
    return found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _constants(node: ast.expr | None) -> set[str]:
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_code_of_a_check_is_told_with_its_severity() -> None:
    told = table(text_of("docs/checks.md"), "code")
    severities = {code: {word for word in ("error", "warning") if word in cells[0]} for code, cells in told.items()}

    assert severities == codes()


def test_every_type_of_a_problem_is_told_with_its_status() -> None:
    told = {name: int(cells[0]) for name, cells in table(section("docs/api.md", "Problems"), "type ends in").items()}
    elsewhere = {"method": 405, "invalid-request": 422, "unexpected": 500}

    assert told == {one.name: one.status for one in ANSWERS.values()} | elsewhere


def test_every_state_of_an_act_is_told() -> None:
    assert set(table(section("docs/concepts.md", "The effect journal"), "state")) == set(get_args(EffectStatus))


def test_every_setting_is_told_with_its_default() -> None:
    told = {name: cells[0] for name, cells in table(section("docs/operating.md", "Settings"), "setting").items()}
    fields = {f"DESKHAND_{one.name.upper()}": one.default for one in dataclasses.fields(Settings)}
    commands = {str(param.envvar) for command in commands_of() for param in command.params if param.envvar}
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))

    assert set(told) == fields.keys() | commands | set(re.findall(r"DESKHAND_[A-Z]\w+", source))
    for name, default in fields.items():
        assert default is None or told[name] == f"`{default}`"


# commands and requests


def commands_of() -> list[Any]:
    """The command line's commands and groups."""
    open_now, found = [typer.main.get_command(app)], []
    while open_now:
        found.append(open_now.pop())
        open_now += getattr(found[-1], "commands", {}).values()
    return found


def written_commands() -> Iterator[tuple[str, list[str]]]:
    """Every `deskhand …` in blocks and in the text, with where it stands."""
    for fence in fences():
        for line in re.sub(r"\\\n", " ", fence.text).splitlines() if fence.language == "sh" else ():
            found = re.match(r"(?:\w+=\S+ )*(?:\S*/)?deskhand( .*|$)", line)
            if found:
                yield str(fence), shlex.split(found[1], comments=True)
    for page in PAGES:
        for found in re.findall(r"`deskhand( [^`]*)?`", prose(page)):
            yield page, shlex.split(found)


def unknown_in(words: Iterable[str]) -> list[str]:
    """The words of a command that the command line does not know."""
    command, unknown = typer.main.get_command(app), []
    for word in words:
        known = getattr(command, "commands", {})
        if word.startswith("--"):
            options = {name for param in command.params for name in param.opts} | {"--help"}
            unknown += [word] if word.partition("=")[0] not in options else []
        elif word in known:
            command = known[word]
        elif known and word != "COMMAND":
            unknown.append(word)
    return unknown


def test_every_command_exists_with_its_options() -> None:
    found = list(written_commands())

    assert len(found) > 30
    assert [(where, words) for where, words in found if unknown_in(words)] == []


def test_every_command_and_option_is_told() -> None:
    page = text_of("docs/cli.md")
    names = [command.name for command in commands_of() if command.name != "deskhand"]
    options = {name for command in commands_of() for param in command.params for name in param.opts if name[:2] == "--"}

    assert [name for name in names if not re.search(rf"`deskhand (\w+ )?{name}[ `]", page)] == []
    assert [name for name in options if not re.search(rf"{name}[ `\n]", page)] == []


def routes() -> dict[tuple[str, str], str]:
    """Method and path of every request, and the role that it takes."""
    found = {}
    for route in (one for router in ROUTERS for one in router.routes):
        callers = [one.call for one in route.dependant.dependencies if one.call in ROLES]
        for method in route.methods:
            found[method, route.path] = ROLES[callers[0] if callers else None]
    return found


def written_requests() -> Iterator[tuple[str, str, str]]:
    """Every request that an example sends: where it stands, its method, its path."""
    for fence in (one for one in fences() if one.language == "sh"):
        for line in re.sub(r"\\\n", " ", fence.text).splitlines():
            path = re.search(r"\b(?:curl|api)\b.*?(/v1/[^\s\"'?)]*)", line)
            if path:
                method = re.search(r"-X (\w+)", line)
                yield str(fence), method[1] if method else "POST" if " -d " in line else "GET", path[1]
    for page in PAGES:
        for method, path in re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/v1/[^`? ]*)`", prose(page)):
            yield page, method, path


def fits(route: str, path: str) -> bool:
    pairs = list(zip(route.split("/"), path.split("/"), strict=False))
    return route.count("/") == path.count("/") and all(one == other or one.startswith("{") for one, other in pairs)


def test_every_request_exists() -> None:
    known = [*routes(), ("GET", "/v1/openapi.json")]
    wrong = [
        (where, method, path)
        for where, method, path in written_requests()
        if not any(method == one and fits(route, path) for one, route in known)
    ]

    assert wrong == []


def test_every_request_is_told_with_its_role() -> None:
    told = {tuple(name.split(" ")): cells[0] for name, cells in table(text_of("docs/api.md"), "request").items()}

    assert told == routes()


def test_every_event_of_a_webhook_is_told() -> None:
    assert set(table(section("docs/webhooks.md", "Events"), "event")) == set(EVENTS)
