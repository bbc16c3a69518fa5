"""Where a browser is opened, and where not."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from deskhand.cli.browsing import has_screen

SCREEN = {"DISPLAY": ":0"}
OPENS = "from deskhand.cli.browsing import open_pages; open_pages('http://a.example', 'http://b.example')"
WAITS = "; [one.join() for one in __import__('threading').enumerate() if one.name == 'browser']"


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [
        (SCREEN, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({**SCREEN, "CI": "true"}, "linux", False),
        ({**SCREEN, "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, "linux", False),
        ({"CI": "true"}, "darwin", False),
    ],
)
def test_a_browser_needs_a_screen_with_somebody_in_front(
    environment: dict[str, str], platform: str, there: bool
) -> None:
    assert has_screen(environment, platform) is there


@pytest.fixture
def opened(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """An environment whose browser writes down what it opens, and where."""
    browser, file = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {file}\n')
    browser.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "SSH_CONNECTION")}
    return {**kept, **SCREEN, "BROWSER": f"{browser} %s"}, file


@pytest.mark.skipif(sys.platform != "linux", reason="browsers are chosen otherwise elsewhere")
def test_on_a_terminal_both_pages_are_opened_in_their_order(opened: tuple[dict[str, str], Path]) -> None:
    environment, file = opened
    ours, theirs = pty.openpty()
    try:
        subprocess.run([sys.executable, "-c", OPENS + WAITS], env=environment, stdout=theirs, check=True)
    finally:
        os.close(ours)
        os.close(theirs)

    assert file.read_text() == "http://a.example\nhttp://b.example\n"


def test_what_is_written_into_a_pipe_opens_nothing(opened: tuple[dict[str, str], Path]) -> None:
    environment, file = opened
    subprocess.run([sys.executable, "-c", OPENS + WAITS], env=environment, stdout=subprocess.PIPE, check=True)

    assert not file.exists()
