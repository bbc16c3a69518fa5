"""How much of real API descriptions becomes actions: `python -m bench.openapi DIR`, one line of JSON.

DIR holds descriptions (.json, .yaml, .yml) or archives of them (.tar.gz, .zip). Every operation of a description is
imported, and what came of it is read back from its stored form.
"""

import argparse
import json
import sys
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deskhand.domain.actions import read_action_json
from deskhand.domain.errors import DeskhandError
from deskhand.domain.importing.descriptions import read_description
from deskhand.domain.importing.openapi import import_openapi

ENDINGS = (".json", ".yaml", ".yml")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every description in a folder and in the archives that lie in it."""
    for path in sorted(folder.rglob("*")):
        if path.name.endswith((".tar.gz", ".tgz", ".tar")):
            with tarfile.open(path) as archive:
                for member in archive.getmembers():
                    opened = archive.extractfile(member) if member.name.endswith(ENDINGS) else None
                    if opened is not None:
                        yield f"{path.name}:{member.name}", opened.read().decode()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith(ENDINGS):
                        yield f"{path.name}:{name}", archive.read(name).decode()
        elif path.suffix in ENDINGS:
            yield path.name, path.read_text(encoding="utf-8")


def operations_in(data: dict[str, Any]) -> int:
    """How many operations a description has, counted without the code that imports them."""
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    paths = data.get("paths") or {}
    return sum(len(methods & set(item)) for item in paths.values() if isinstance(item, dict))


def measure(folder: Path, verbose: bool) -> dict[str, float]:
    """Import everything in a folder."""
    count: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    seconds = 0.0
    for name, text in texts(folder):
        count["files"] += 1
        try:
            began = time.perf_counter()
            data = read_description(text)
            found = import_openapi(data)
            seconds += time.perf_counter() - began
            for action in found.actions:
                assert read_action_json(action.model_dump_json()) == action
                action.function()
        except DeskhandError as error:
            reasons[f"{name}: {error.sentence}"] += 1
            count["unreadable"] += 1
            continue
        except Exception as error:  # a crash is what is counted here
            reasons[f"{name}: {type(error).__name__}: {error}"[:300]] += 1
            count["crashed"] += 1
            continue
        seen = operations_in(data)
        count["operations"] += seen
        count["imported"] += len(found.actions)
        count["refused"] += len(found.refused)
        count["lost"] += seen - len(found.actions) - len(found.refused)
        reasons.update(one.reason for one in found.refused)
    if verbose:
        for reason, times in reasons.most_common():
            print(f"{times:6} {reason}", file=sys.stderr)
    keys = ("files", "operations", "imported", "refused", "crashed", "unreadable", "lost")
    speed = round(count["operations"] / seconds, 1) if seconds else 0.0
    return {**{key: count[key] for key in keys}, "operations_per_s": speed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--verbose", action="store_true", help="print why operations were refused")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.folder, asked.verbose)))


if __name__ == "__main__":
    main()
