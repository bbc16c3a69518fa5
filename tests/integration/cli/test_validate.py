"""Checking files: every problem in a line of its own, and nothing that a file can hold ends in a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest

from deskhand.domain.steps import STEP_KINDS
from deskhand.templates import template_names
from tests.integration.cli.command import deskhand
from tests.integration.cli.files import procedure, template, write

SAY = {"id": "say", "kind": "message", "text": "Hello!"}
KINDS = ", ".join(f"`{name}`" for name in STEP_KINDS)


@pytest.mark.parametrize("name", template_names())
def test_a_template_is_valid(name: str, tmp_path: Path) -> None:
    told = deskhand("validate", template(tmp_path, name))

    assert (told.code, told.out) == (0, "The file is valid.\n")


def test_what_only_the_workspace_knows_is_said_quietly(tmp_path: Path) -> None:
    call: dict[str, Any] = {"id": "look", "kind": "call", "url": "/orders", "connection": "shop", "on_error": "run"}
    call["headers"] = {"X-Token": "{{secrets.TOKEN}}"}
    others = [
        {"id": "run", "kind": "procedure", "procedure": "verify-customer"},
        {"id": "do", "kind": "call", "action": "look-up", "on_error": "say"},
    ]
    file = write(tmp_path / "all.yaml", procedure("All", [call, *others, SAY]))

    told = deskhand("validate", file)

    assert (told.code, told.out) == (0, "The file is valid.\n")
    unknown = "procedure `verify-customer`, action `look-up`, connection `shop`, secret `TOKEN`"
    assert told.err == f"{file}: not checked, as only the workspace knows: {unknown}.\n"


def test_topics_and_live_chat_are_not_checked_and_that_is_said(tmp_path: Path) -> None:
    steps = [{"id": "topic", "kind": "switch_topic", "topic": "returns"}, {"id": "chat", "kind": "live_chat"}]
    trigger = {"description": "When a customer wants to send something back"}
    file = write(tmp_path / "returns.yaml", {"name": "Returns", "trigger": trigger, "steps": steps})
    told = deskhand("validate", file)
    assert told.code == 0
    assert told.err == (
        f"{file}: not checked, as only the workspace knows: topic `returns`, an agent with live chat.\n"
    )  # fmt: skip


def test_a_kind_that_is_misspelt_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    file = write(tmp_path / "x.yaml", procedure("X", [{**SAY, "kind": "mesage"}]))

    told = deskhand("validate", file)

    assert told.code == 1
    assert told.out == f"{file}: say: `mesage` is no step kind; did you mean `message`? The kinds are {KINDS}.\n"


def test_all_problems_of_all_files_are_told(tmp_path: Path) -> None:
    one = write(tmp_path / "one.yaml", procedure("One", [{**SAY, "next": "nowhere"}, {**SAY, "id": "more"}]))
    two = write(tmp_path / "two.yaml", procedure("Two", [{**SAY, "text": "{{total}}"}]))
    three = write(tmp_path / "three.yaml", procedure("Three", [SAY]))

    told = deskhand("validate", one, two, three, tmp_path / "four.yaml")

    assert told.code == 1
    assert [line.split(": ")[:2] for line in told.lines] == [
        [str(one), "say"],
        [str(one), "more"],
        [str(two), "say"],
        [str(tmp_path / "four.yaml"), "procedure"],
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"steps:\n  - id: a\n   kind: b\n", "line 3, column 4: "),
        (b"", "the document is empty"),
        (b"- a\n", "the document is a list"),
        (bytes(range(256)), "this is no text in UTF-8."),
        (b"name: \x1b[31m\n", "the character U+001B cannot be read"),
        (b"[" * 10_000 + b"]" * 10_000, "nested more than 64 levels deep"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "nested more than 64 levels deep"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        ("ä".encode() * 600_000, "larger than 1 MB"),
    ],
    ids=["broken", "empty", "list", "binary", "escape", "deep", "deep-json", "large", "cut-in-a-character"],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(content: bytes, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(content)

    for told in (deskhand("validate", file), deskhand("validate", "-", stdin=content)):
        assert told.code == 1
        (line,) = told.lines
        assert ": procedure: " in line
        assert sentence in line


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    assert deskhand("validate", tmp_path).out == f"{tmp_path}: procedure: this is a folder: name the files in it.\n"
    missing = deskhand("validate", tmp_path / "no.yaml")
    assert missing.out == f"{tmp_path / 'no.yaml'}: procedure: this cannot be read: No such file or directory.\n"


def test_the_standard_input_is_a_file(tmp_path: Path) -> None:
    text = template(tmp_path, "refund-request").read_text()

    assert deskhand("validate", "-", stdin=text).out == "The file is valid.\n"
    assert deskhand("validate", "-", stdin=text.replace("kind: collect", "kind: colect", 1)).out.startswith(
        "-: ask_order: `colect` is no step kind"
    )


def test_problems_come_as_json(tmp_path: Path) -> None:
    file = write(tmp_path / "x.yaml", procedure("X", [{**SAY, "text": "{{total}}"}]))

    told = deskhand("validate", file, "--json")

    (problem,) = json.loads(told.out)
    assert told.code == 1
    assert (problem["file"], problem["step"], problem["field"]) == (str(file), "say", "text")
    assert problem["severity"] == "error"
    assert deskhand("validate", template(tmp_path, "refund-request"), "--json").out == "[]\n"


def test_warnings_count_where_they_are_wanted(tmp_path: Path) -> None:
    call = {"id": "look", "kind": "call", "url": "https://api.example.com/"}
    file = write(tmp_path / "x.yaml", procedure("X", [call, SAY]))

    told = deskhand("validate", file)

    assert told.code == 0
    assert told.out.startswith(f"{file}: look: warning: there is no `on_error`")
    assert deskhand("validate", file, "--strict").code == 1


def test_a_host_that_the_workspace_may_allow_is_only_doubtful(tmp_path: Path) -> None:
    call = {"id": "look", "kind": "call", "url": "http://intern.example/", "on_error": "say"}
    file = write(tmp_path / "x.yaml", procedure("X", [call, SAY]))

    told = deskhand("validate", file)

    assert told.code == 0
    assert told.out.startswith(f"{file}: look: warning: `http://intern.example` is not encrypted")


def test_files_know_each_other(tmp_path: Path) -> None:
    child = write(tmp_path / "child.yaml", procedure("Child", [SAY]))
    step = {"id": "run", "kind": "procedure", "procedure": "child", "arguments": {"order": "A1"}}
    parent = write(tmp_path / "parent.yaml", procedure("Parent", [step]))

    for told in (deskhand("validate", parent, child), deskhand("validate", parent, "--with", child)):
        assert told.code == 1
        assert told.out == f"{parent}: run: `child` declares no variable `order` (it declares none).\n"
        assert told.err == ""
    assert deskhand("validate", parent).code == 0


def test_a_files_name_commands_no_terminal(tmp_path: Path) -> None:
    told = deskhand("validate", tmp_path / "\x1b[31mred\x07.yaml")

    assert told.code == 1
    assert "\x1b" not in told.out
    assert "\x07" not in told.out


def test_the_schema_is_json() -> None:
    told = deskhand("schema")

    assert told.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "steps" in told.json["properties"]
