"""What of the source a member can come to read: every template and every literal, with its place."""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import deskhand

ROOT = Path(deskhand.__file__).parent

ELSEWHERE = {
    "cli/": "the command line speaks English",
    "demo/": "the demo shop is another service",
    "dashboard/": "built from web/, which has its own German",
    "templates/": "procedures and actions to begin with, which are content",
    "settings.py": "said when the service starts, on the command line",
    "bootstrap.py": "said when the service starts, on the command line",
    "adapters/vault": "said when the service starts, on the command line",
    "adapters/edge/rest.py": "the command line's client",
    "adapters/edge/allow_list.py": "said when the service starts; what members write is checked before",
    "adapters/edge/pinning.py": "caught by the edge itself",
    "adapters/mail/": "kept with the e-mail as the mail server answered it",
    "adapters/documents/": "kept with the source, as its reading ended",
    "adapters/offline/": "words that understand customers",
    "adapters/sql/migrations/": "said when the service starts, on the command line",
    "adapters/sql/": "SQL; what its errors say is collected",
    "adapters/llm/prompts.py": "said to models",
    "adapters/llm/schema.py": "said to models",
    "adapters/llm/providers.py": "headers of HTTP",
    "adapters/mcp/answers.py": "part of what a tool answered",
    "adapters/llm/checking.py": "said to models, and kept in traces",
    "adapters/llm/reading.py": "said to models, and kept in traces",
    "adapters/llm/for_bench.py": "said by the benchmarks",
    "adapters/llm/recording.py": "said by the benchmarks",
    "adapters/javascript/worker.py": "what a customer's script threw, in its own process",
    "api/description.py": "the OpenAPI description, which is English",
    "api/chat_": "answers to front ends that were made for language models",
    "api/csv_answers.py": "headers of HTTP",
    "api/page.py": "the pages themselves",
    "api/widget/serving.py": "the visitors' page, which has its own German",
    "application/curl.py": "a command",
    "application/invitation_mail.py": "has its own German",
    "application/reset_mail.py": "has its own German",
    "application/transcript.py": "has its own German",
    "application/crawling.py": "kept with the source, as its reading ended",
    "application/digesting.py": "kept in the log",
    "application/engine.py": "kept in the log; what it answers is collected",
    "application/hearing.py": "kept in traces",
    "application/live_chat.py": "kept in the log",
    "application/understanding.py": "kept in traces",
    "application/turns.py": "kept in the log",
    "application/mocking.py": "kept in the log",
    "application/timeline.py": "kept in the log",
    "application/rotating.py": "the command line's",
    "domain/audience.py": "rules as short texts",
    "domain/stored.py": "said when the service starts",
    "domain/wishes.py": "said to models",
    "domain/yes_no.py": "words that understand customers",
    "domain/values.py": "each value's sentence is one for customers",
    "domain/grounding.py": "words that understand customers",
    "domain/sentiment.py": "words that understand customers",
    "domain/sentences.py": "the sentences for customers, which have their own German",
    "domain/offering.py": "kept in traces: why something was not offered",
    "domain/interpreter.py": "kept in the log",
    "domain/lapsing.py": "kept in the log, and matched by its words",
    "domain/listening.py": "kept in the log",
    "domain/stack.py": "kept in the log",
    "domain/turn.py": "kept in the log",
    "domain/steps/acting.py": "kept in the log",
    "domain/steps/decided.py": "kept in the log",
    "domain/steps/from_page.py": "kept in the log",
    "domain/steps/gated.py": "kept in the log",
    "domain/steps/guarding.py": "kept in the log",
    "worker/": "kept in the log of deliveries",
}
"""Where what is said needs no German, and why. What errors that are answered say is collected even there."""

UNHEARD = (
    "adapters/documents/", "adapters/edge/allow_list.py", "adapters/llm/for_bench.py", "adapters/llm/recording.py",
    "adapters/mail/", "adapters/sql/migrations/", "adapters/sql/postgres_opening.py", "adapters/sql/sqlite_opening.py",
    "api/chat_", "cli/", "demo/", "settings.py",
)  # fmt: skip
"""Files of these whose errors no member reads either."""

SPARED = {
    "adapters/edge/httpx_transport.py": {"no address was", "sockets of"},  # caught by the edge itself
    "adapters/edge/names.py": {"the name has no address"},  # caught by the edge itself
    "adapters/javascript/pool.py": {"InternalError", "out of memory", "Maximum call", "const transform"},  # QuickJS
    "adapters/llm/models.py": {"Are you there?", "Answer with the one word"},  # said to models
    "adapters/llm/online.py": {"Gives the answer."},  # said to models
    "adapters/mcp/failures.py": {
        "Connection closed", "Failed to parse", "Request 'tools/call'", "Server returned", "Session terminated",
        "Redirect to", "Unexpected content", "server answered",
    },  # the library's words
    "adapters/mcp/session.py": {"MCP server {…}"},  # the name of a task
    "adapters/sql/postgres.py": {"The connection that held"},  # said when the service stops
    "adapters/sql/sqlite_writer.py": {"The database is closed."},  # said when the service stops
    "api/errors.py": {"unexpected error"},  # said to the log
    "api/guarding.py": {"Retry-After, "},  # headers of HTTP
    "api/previews.py": {"`mock`", "What calls answer"},  # descriptions
    "api/procedures.py": {"Refund request", "The customer wants their", "I will look into it."},  # an example
    "api/widget_settings.py": {"Whether "},  # descriptions
    "application/accounts.py": {"Demo owner", "set up"},  # a name, and the audit trail
    "application/authenticating.py": {"access token"},  # a name in the vault's answers
    "application/authoring.py": {"version {…}"},  # a unified diff, for programs
    "application/hints.py": {"cannot be read", "The transformer failed"},  # looked for in English
    "application/password_resets.py": {"password reset", "a link for a new password"},  # the audit trail, and the log
    "application/performing.py": {"The act {…}", "{…} is carried out"},  # said to the log
    "application/scoping.py": {"The server answered 404."},  # an example of a value
    "application/simulation.py": {
        "would be done", "{…}", "video: ", "image: ", "element: ", "pages: ",
    },  # what the customer gets, and what became of a call
    "application/trying_steps.py": {"test panel"},  # kept in the log
    "domain/actions/base.py": {"Mapping[", "\nWhen not to use"},  # a type, and what models are told
    "domain/actions/javascript.py": {"export default"},  # JavaScript
    "domain/documents/schema.py": {"Deskhand procedure"},  # the title of a JSON Schema
    "domain/documents/yaml_reader.py": {
        "mapping values are", "unexpected end of stream", "unknown escape", "could not find", "expected key",
        "alphabetic or numeric", "cannot start any token",
    },  # the parser's words
    "domain/importing/imported.py": {"Imported: "},  # the description of an action, which is content
    "domain/importing/tools.py": {"The tool {…} of"},  # the description of an action, which is content
    "domain/steps/call.py": {"Action {…}"},  # kept in the log
    "domain/steps/collect.py": {"No valid answer to"},  # kept in the log
    "domain/steps/live_chat.py": {"The customer wants"},  # kept in the log
    "domain/steps/tool.py": {"Tool {…}"},  # kept in the log
    "domain/steps/button.py": {"Show a button"}, "domain/steps/form.py": {"Show a form"},  # the dashboard has its own
    "domain/steps/internal.py": {"Create a", "Send an", "Resolve the", "Tag the"},  # the dashboard has its own
    "domain/steps/javascript.py": {"Run a script"},  # the dashboard has its own
}  # fmt: skip
"""How texts begin that no member reads in files that they else hear."""

_SILENT = re.compile(
    r"^(log|_log|logger)\.|^re\.compile$|^(Field|Path|Query|Header|Body|File|WithJsonSchema|_id|cast)$"
)
_SILENT_NAMES = {"description", "summary", "examples", "title", "help", "media_type", "sample", "SAMPLE"}
_FAULTS = {"AssertionError", "TypeError", "RuntimeError", "NotImplementedError", "LookupError"}


@dataclass(frozen=True)
class Said:
    """A text of the source."""

    text: str
    place: str
    """file:line"""
    values: frozenset[str] | None = None
    """The names of what fills it in; None where it is no template, or they are not known."""

    @property
    def needs_german(self) -> bool:
        """Whether there is anything but places in it."""
        return self.values is None or any(sign.isalpha() for sign in re.sub(r"{[^{}]*}", "", self.text))


def is_elsewhere(file: str) -> bool:
    """Whether what a file says needs no German."""
    return file.startswith(tuple(ELSEWHERE))


def is_prose(text: str) -> bool:
    """Whether people read it: words with a space between them."""
    is_header = re.match(
        r"[\w/*.-]+(, |; ?)[\w/*.-]+[,;=]|^(attachment|private|gzip|Bearer|Basic|text/)|.*'self'", text
    )
    return not is_header and re.search(r"[a-z]{2,}[,;:]? [a-zA-Z`“]", text) is not None


def places(template: str) -> set[str]:
    """The names of a template's places; none where it is no template, but has braces of its own."""
    try:
        return {name for _, name, _, _ in Formatter().parse(template) if name}
    except ValueError:
        return set()


def files() -> Iterator[tuple[str, ast.Module]]:
    """Every module with its path below the package."""
    for path in sorted(ROOT.rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def templates(file: str, tree: ast.Module, others: Collection[str]) -> Iterator[Said]:
    """The templates of `phrase`.

    others: the files that may give it something else than a literal.
    """
    for node in ast.walk(tree):
        if not _is_call_of(node, {"phrase"}):
            continue
        assert isinstance(node, ast.Call)
        given, place = node.args[0], f"{file}:{node.lineno}"
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            known = all(one.arg for one in node.keywords) and node.keywords
            yield Said(given.value, place, frozenset(str(one.arg) for one in node.keywords) if known else None)
        elif file not in others:
            yield Said("phrase(…)", place)


def literals(file: str, tree: ast.Module, errors: set[str]) -> Iterator[Said]:
    """Prose that stands in the source for people to read; f-strings are no templates, so they have `{…}` in them.

    errors: names of the classes whose sentences are answered, which are heard from files that else say nothing, too.
    """
    silent = {id(one) for node in ast.walk(tree) if _is_silent(node) for one in _below(node)}
    raised = {id(one) for node in ast.walk(tree) if _is_call_of(node, errors) for one in ast.walk(node)}
    heard = not is_elsewhere(file)
    told = not file.startswith(tuple(UNHEARD))
    for node in ast.walk(tree):
        if id(node) in silent or not (heard or (told and id(node) in raised)):
            continue
        text = _text(node)
        if is_prose(text.replace("{…}", "X")) and not text.startswith(tuple(SPARED.get(file, ()))):
            yield Said(text, f"{file}:{node.lineno}")


def _text(node: ast.AST) -> str:
    """A literal, or an f-string with `{…}` for its values; nothing for all else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(one.value) if isinstance(one, ast.Constant) else "{…}" for one in parts)
    return ""


def _is_call_of(node: ast.AST, names: Collection[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _below(node: ast.AST) -> Iterator[ast.AST]:
    """All that a silent node keeps silent: of an f-string or a phrase its own pieces, else everything."""
    match node:
        case ast.JoinedStr():
            yield from (one for one in node.values if isinstance(one, ast.Constant))
        case ast.Call(func=ast.Name(id="phrase")):
            yield node.args[0]
        case _:
            yield from ast.walk(node)


def _is_silent(node: ast.AST) -> bool:
    """Whether it is said to nobody, or collected by itself: docstrings, descriptions, samples, what goes to the log."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr() | ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Call(func=func):
            called = ast.unparse(func)
            return called == "phrase" or bool(_SILENT.fullmatch(called)) or called in _FAULTS
        case ast.keyword(arg=name):
            return name in _SILENT_NAMES
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name in _SILENT_NAMES
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in _SILENT_NAMES
    return False


def strings(tree: ast.Module) -> Iterator[str]:
    """Every text of a module."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def taken_apart(file: str, tree: ast.Module) -> Iterator[str]:
    """Where something is done to a phrase that leaves a plain text of it."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=given) | ast.Subscript(value=given):
                parts = [given]
            case ast.BinOp(left=left, right=right):
                parts = [left, right]
            case ast.FormattedValue(value=given):
                parts = [given]
            case _:
                continue
        if any(_is_call_of(one, {"phrase", "joined"}) for one in parts):
            yield f"{file}:{node.lineno}"
