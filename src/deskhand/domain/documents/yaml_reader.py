"""YAML documents, read from the parser's events: nothing is built from what a document must not hold."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from deskhand.domain.documents.scalars import plain_value
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase

DEEPEST = 64
TOO_DEEP = phrase("this is nested more than {most} levels deep: make it flatter.", most=DEEPEST)

# where PyYAML was built without libyaml its own parser gives the same events, slower
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MEANING = (
    ("mapping values are not allowed", "there is a second `:` here: put a text that holds a colon in quotes, "
     "and check the indentation."),
    ("unexpected end of stream", "a quotation mark is opened here and never closed."),
    ("unknown escape", "in double quotes a backslash begins an escape: write `\\\\`, or use single quotes."),
    ("',' or ']'", "a list that `[` opens is not closed with `]`: put a text that begins with `[` in quotes."),
    ("',' or '}'", "a group that `{` opens is not closed with `}`: put a text that begins with `{`, "
     "such as a placeholder, in quotes."),
    ("expected '-' indicator", "this line is neither a list entry (`- …`) nor indented like one."),
    ("could not find expected ':'", "a field's name needs a `:` behind it; check the indentation as well."),
    ("expected key", "this does not fit the lines above: check the indentation, and put a text that begins with "
     "a quotation mark, `{` or `[` in quotes as a whole."),
    ("alphabetic or numeric character", "a text cannot begin with `*` or `&`: put it in quotes."),
)  # fmt: skip


def read_yaml(text: str) -> Any:
    """The data of a YAML text. Raises DocumentError with line and column."""
    try:
        return _Reader(text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = phrase("line {line}, column {column}: ", line=mark.line + 1, column=mark.column + 1) if mark else ""
        raise DocumentError(phrase("{where}{meaning}", where=where, meaning=_meaning(error, text, mark))) from None
    except yaml.YAMLError as error:
        raise DocumentError(phrase("this cannot be read as YAML: {fault}.", fault=str(error).splitlines()[0])) from None


class _Reader:
    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)

    def document(self) -> Any:
        data, documents = None, 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _error(event, phrase("a second document begins here (`---`): keep one procedure per file."))
            elif isinstance(event, yaml.NodeEvent):
                data = self.node(event, 1)
        return data

    def node(self, event: Any, depth: int) -> Any:
        self.refuse(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return _value(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(depth)
        return self.mapping(depth)

    def refuse(self, event: Any, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _error(
                event,
                phrase("aliases such as `*{anchor}` are not allowed here: write the value out.", anchor=event.anchor),
            )
        if event.anchor is not None:
            raise _error(
                event,
                phrase("anchors such as `&{anchor}` are not allowed here: write the value out.", anchor=event.anchor),
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise _error(
                event,
                phrase("tags such as `{tag}` are not allowed here: remove it, or put the text in quotes.", tag=tag),
            )
        if depth > DEEPEST:
            raise _error(event, TOO_DEEP)

    def sequence(self, depth: int) -> list[Any]:
        items = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, depth + 1))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.key(event, depth)
            if key in fields:
                raise _error(event, phrase("the field `{key}` is there twice: remove one of the two.", key=key[:60]))
            fields[key] = self.node(next(self.events), depth + 1)
        return fields

    def key(self, event: Any, depth: int) -> str:
        self.refuse(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        raise _error(
            event,
            phrase(
                'a field\'s name must be a plain word. If this is a placeholder, put the text in quotes: `"{{name}}"`.'
            ),
        )


def _value(event: Any) -> Any:
    if not event.implicit[0]:
        return event.value
    try:
        return plain_value(event.value)
    except DocumentError as error:
        raise _error(event, error.sentence) from None


def _error(event: Any, sentence: str) -> DocumentError:
    mark = event.start_mark
    return DocumentError(
        phrase(
            "line {line}, column {column}: {sentence}", line=mark.line + 1, column=mark.column + 1, sentence=sentence
        )
    )


def _meaning(error: yaml.MarkedYAMLError, text: str, mark: Any) -> str:
    """What the parser's complaint means for whoever wrote the document."""
    problem = error.problem or error.context or phrase("this cannot be read")
    if "cannot start any token" in problem and mark:
        return _bad_start(text, mark)
    for sign, sentence in MEANING:
        if sign in problem:
            return phrase(sentence)
    return phrase("{problem}: check the indentation, the quotes and the colons around here.", problem=problem)


def _bad_start(text: str, mark: Any) -> str:
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    line = lines[mark.line] if mark.line < len(lines) else ""
    char = line[mark.column : mark.column + 1]
    if char == "\t" or "\t" in line[: mark.column]:
        return phrase("a tab stands here: indent with spaces.")
    return phrase("a text cannot begin with `{char}`: put it in quotes.", char=char)
