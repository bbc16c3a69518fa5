"""Opening pages in the browser of whoever sits in front of this machine."""

import os
import sys
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from threading import Thread

_TEXT_MODE = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
"""They would take the terminal that the server writes to."""


def open_pages(*addresses: str) -> None:
    """Open them, in this order, if somebody is there to look at them; whatever goes wrong, the server runs on."""
    if sys.stdout.isatty() and has_screen(os.environ, sys.platform):
        # some browsers are waited for
        Thread(target=_open, args=(addresses,), name="browser", daemon=True).start()


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether there is a screen that a browser could open on: not in CI, and not at the other end of a connection."""
    if environment.get("CI") or environment.get("SSH_CONNECTION"):
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _open(addresses: tuple[str, ...]) -> None:
    with suppress(webbrowser.Error, OSError):
        browser = webbrowser.get()
        if getattr(browser, "name", "") in _TEXT_MODE:
            return
        for address in addresses:
            browser.open(address)
