import sys
from io import StringIO

import pytest

from deskhand.cli.printing import clean, complain, listed_values, say, show_table, when


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\nand more", "plain\ttext\nand more"),
        ("\x1b[2J\x07\x9b31m\r\x00\x7f", "\ufffd[2J\ufffd\ufffd31m\ufffd\ufffd\ufffd"),
        ("\u202egnihtemos\u2066", "\ufffdgnihtemos\ufffd"),
        ("żółć 你好 שלום\u200f 😀", "żółć 你好 שלום\u200f 😀"),
    ],
)
def test_nothing_commands_the_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_words_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    say("[red]Your [link=x]order[/] [/nothing] :smile: http://[fe80::1]:8000")
    complain("it ends with [ or\n[/]")

    said = capsys.readouterr()
    assert said.out == "[red]Your [link=x]order[/] [/nothing] :smile: http://[fe80::1]:8000\n"
    assert said.err == "deskhand: it ends with [ or [/]\n"


def test_long_lines_and_tables_are_not_broken_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    say("word " * 100)
    show_table(("run", "step"), [("run_1", "x" * 300), ("run_22", "[b]y")])

    line, *table = capsys.readouterr().out.splitlines()
    assert line == "word " * 100
    assert table == ["run     step", f"run_1   {'x' * 300}", "run_22  [b]y"]


def test_a_line_is_there_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(StringIO):
        flushed = ""

        def flush(self) -> None:
            self.flushed = self.getvalue()

    pipe = Pipe()
    monkeypatch.setattr(sys, "stdout", pipe)

    say("Deskhand is running")

    assert pipe.flushed == "Deskhand is running\n"


def test_values_and_times_are_written_plainly() -> None:
    assert listed_values({"a": "x", "b": 1.5, "c": {"d": [None, "ü"]}}) == 'a: x, b: 1.5, c: {"d": [null, "ü"]}'
    assert when("2026-03-02T09:04:59.123Z") == "2026-03-02 09:04 UTC"
