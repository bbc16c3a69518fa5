"""The examples in the guide to the command line: each command is run, and must say what stands below it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.cli.command import PATIENCE, Server, serving

GUIDE = Path(__file__).parents[3] / "docs" / "cli.md"
EXAMPLES = re.findall(r"^```console\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
IDENTIFIER = re.compile(r"\b(?:conv|appr|run)_[0-9a-f]{32}\b")


class Session:
    """A shell in a folder, beside a demo; identifiers that the guide made up stand for those of this session."""

    def __init__(self, demo: Server, folder: Path) -> None:
        self._env = {**demo.env, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        self._folder = folder
        self._known: dict[str, str] = {}

    def run(self, command: str, expected: str) -> None:
        for written, real in self._known.items():
            command = command.replace(written, real)
        done = subprocess.run(
            command,
            shell=True,
            cwd=self._folder,
            env=self._env,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        self._known |= zip(IDENTIFIER.findall(expected), IDENTIFIER.findall(done.stdout), strict=False)
        assert timeless(done.stdout) == timeless(expected), done.stderr

    def write(self, file: str, content: str) -> None:
        (self._folder / file).write_text(content, encoding="utf-8")


def timeless(said: str) -> str:
    """What was said, without identifiers and times."""
    said = IDENTIFIER.sub(lambda found: found[0].partition("_")[0] + "_…", said)
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "…", said)


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
def test_the_examples_say_what_the_commands_say(tmp_path: Path) -> None:
    assert len(EXAMPLES) == 2
    with serving(tmp_path / "data") as demo:
        session = Session(demo, tmp_path)
        for example in EXAMPLES:
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", example, re.MULTILINE):
                if command.startswith("cat "):
                    session.write(command.removeprefix("cat "), expected)
                else:
                    session.run(command, expected)
