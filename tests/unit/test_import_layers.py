"""The layers hold, and whoever breaks one is told which."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"

LAYERS = "Layers point one way"
ADAPTERS = "Adapters know no use case"
NO_FRAMEWORK = "Use cases and ports know no framework and no driver"
PURE = "The domain is pure"
OUTWARD_HTTP = "Only deskhand.adapters.edge opens outward HTTP."

WELCOME_IN_THE_DOMAIN = {
    "pydantic", "pydantic_core", "email_validator", "phonenumbers", "yaml", "jsonschema", "referencing",
}  # fmt: skip


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the project's contracts over the package found in `source`."""
    return run("lint-imports", ["--no-cache", "--no-logo"], source)


def lint_outward_http(source: Path) -> subprocess.CompletedProcess[str]:
    """Run the ban on HTTP clients, deaf to `noqa`, over the package found in `source`."""
    return run("ruff", ["check", "--no-cache", "--ignore-noqa", "--select=TID251", "src"], source.parent)


def run(tool: str, options: Sequence[str], directory: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(tool)), *options, "--config", str(ROOT / "pyproject.toml")]
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONPATH": str(directory)}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the source folder, to break."""
    copied = tmp_path / "src"
    shutil.copytree(SOURCE, copied, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


def plant(source: Path, module: str, statement: str) -> None:
    path = source / "deskhand" / module
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write(f"\n{statement}\n")


def test_the_package_keeps_its_layers() -> None:
    result = lint_imports(SOURCE)

    assert result.returncode == 0, result.stdout


def test_only_the_edge_opens_outward_http() -> None:
    result = lint_outward_http(SOURCE)

    assert result.returncode == 0, result.stdout


def test_the_domain_uses_no_library_but_the_welcome_ones() -> None:
    graph = grimp.build_graph("deskhand", include_external_packages=True, cache_dir=None)
    domain = graph.find_descendants("deskhand.domain") | {"deskhand.domain"}

    imported = {target for module in domain for target in graph.find_modules_directly_imported_by(module)}
    libraries = {name.partition(".")[0] for name in imported} - {"deskhand"} - sys.stdlib_module_names

    assert libraries <= WELCOME_IN_THE_DOMAIN


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("domain/__init__.py", "import aiohttp", PURE),
        ("domain/errors.py", "def now():\n    import time\n    return time.time()", PURE),
        ("ports/__init__.py", "import deskhand.application", LAYERS),
        ("application/__init__.py", "from deskhand.adapters import sql", LAYERS),
        ("application/__init__.py", "from sqlalchemy import select", NO_FRAMEWORK),
        ("adapters/__init__.py", "import deskhand.application", ADAPTERS),
        ("api/__init__.py", "import deskhand.adapters.sql", LAYERS),
        ("worker/__init__.py", "import deskhand.api", LAYERS),
        ("nowhere.py", "", LAYERS),
    ],
)
def test_a_forbidden_import_is_refused_by_its_contract(copy: Path, module: str, statement: str, contract: str) -> None:
    plant(copy, module, statement)

    result = lint_imports(copy)

    assert result.returncode == 1, result.stderr
    assert f"{contract} BROKEN" in result.stdout


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("adapters/mail/__init__.py", "import aiohttp"),
        ("demo/__init__.py", "from httpx2 import AsyncClient"),
        ("bootstrap.py", "from urllib.request import urlopen"),
        ("worker/__init__.py", "import http.client  # noqa: TID251"),
    ],
)
def test_an_http_client_outside_the_edge_is_refused(copy: Path, module: str, statement: str) -> None:
    plant(copy, module, statement)

    result = lint_outward_http(copy)

    assert result.returncode == 1, result.stderr
    assert OUTWARD_HTTP in result.stdout
    assert Path(module).name in result.stdout


def test_the_edge_may_open_outward_http(copy: Path) -> None:
    plant(copy, "adapters/edge/__init__.py", "import aiohttp")

    assert lint_outward_http(copy).returncode == 0
