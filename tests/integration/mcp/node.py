"""Programs of Node that the protocol's authors publish; tests that need one skip where it is not installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OLDEST = 22


def program(name: str, package: str) -> str:
    """The program's path, from the folder `node_modules` here or from `PATH`; skips the test where it is not there."""
    found = shutil.which(name, path=str(ROOT / "node_modules" / ".bin")) or shutil.which(name)
    node = shutil.which("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout if node else ""
    if int(version.strip().lstrip("v").partition(".")[0] or 0) < OLDEST:
        pytest.skip(f"Node {OLDEST} or newer is not installed")
    if found is None:
        pytest.skip(f"`npm install --no-save {package}` was not done")
    return found
