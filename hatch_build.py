"""Puts the dashboard into the package while it is being built: whoever installs it needs no Node.js."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DashboardHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the dashboard unless it is there and up to date."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        web = Path(self.root) / "web"
        if not (web / "build.py").is_file():
            return  # a source distribution brings the dashboard built
        sys.path.insert(0, str(web))
        from build import build

        build()
