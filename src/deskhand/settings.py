"""Settings from the environment: every name begins with `DESKHAND_`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from deskhand.domain.errors import DeskhandError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingError(DeskhandError):
    """A setting cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this Deskhand is run."""

    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path(".deskhand")
    """Where the SQLite file and the encryption key lie."""
    database_url: str | None = None
    """`postgresql://…` or `sqlite:///…`; by default a SQLite file in the data folder."""
    encryption_key: str | None = None
    """32 bytes in base64; by default a file in the data folder, made at the first start."""
    smtp_url: str | None = None
    """`smtp://user:password@host:port`; by default e-mail goes into the local mailbox."""
    mail_from: str = "deskhand@localhost"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'deskhand.db'}"

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def from_environment(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Read the settings; overrides that are None count as not given. Raises SettingError."""
    given = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for name in ("host", "database_url", "encryption_key", "smtp_url", "mail_from"):
        if value := given.get(f"DESKHAND_{name.upper()}"):
            values[name] = value
    if data := given.get("DESKHAND_DATA"):
        values["data"] = Path(data).expanduser()
    if port := given.get("DESKHAND_PORT"):
        values["port"] = _port(port)
    values |= {name: value for name, value in overrides.items() if value is not None}
    return replace(Settings(), **values)  # type: ignore[arg-type]


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise SettingError(f"DESKHAND_PORT is `{text}`: give a number from 0 to 65535.")
    return int(text)
