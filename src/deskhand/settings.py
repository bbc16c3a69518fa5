"""Settings from the environment: every name begins with `DESKHAND_`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from deskhand.domain.errors import DeskhandError

LOOPBACK = "127.0.0.1"
_TEXTS = ("host", "database_url", "encryption_key", "smtp_url", "mail_from", "public_url", "sign_up")
_EVERYWHERE = {"0.0.0.0": LOOPBACK, "::": "::1"}  # noqa: S104 (where to find who listens everywhere)


class SettingError(DeskhandError):
    """A setting cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this Deskhand is run."""

    host: str = LOOPBACK
    port: int = 8000
    data: Path = Path(".deskhand")
    """Where the SQLite file and the encryption key lie."""
    database_url: str | None = None
    """`postgresql://…` or `sqlite:///…`; by default a SQLite file in the data folder."""
    encryption_key: str | None = None
    """32 bytes in base64, or several such keys, newest first; by default a file made at the first start."""
    smtp_url: str | None = None
    """`smtp://user:password@host:port`; by default e-mail goes into the local mailbox."""
    mail_from: str | None = None
    """The sender of e-mail; needed with `smtp_url`."""
    public_url: str | None = None
    """Where people open it, such as `https://desk.example.com`, behind a reverse proxy."""
    sign_up: str = "invited"
    """Who may make an account: those who are `invited`, or everybody, with a workspace of their own (`open`)."""
    mcp_stdio: bool = False
    """Whether MCP servers may be started on this machine as commands of a workspace's choosing."""
    model_replay: Path | None = None
    """A recording that answers in place of all language models."""
    dashboard: Path | None = None
    """The dashboard's files, where they are not those of the package."""
    log_days: int = 30
    """Days for which requests and answers of calls are kept."""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'deskhand.db'}"

    @property
    def key_file(self) -> Path:
        """Where the encryption key is kept unless the environment holds it."""
        return self.data / "encryption.key"

    @property
    def on_loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def address(self) -> str:
        """Where commands on this machine find the server."""
        return address_of(_EVERYWHERE.get(self.host, self.host), self.port)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, seen from nowhere else."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_of(host: str, port: int) -> str:
    """The URL of a server that speaks plain HTTP."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def from_environment(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Read the settings; overrides that are None, and variables that are empty, count as not given.

    Raises SettingError.
    """
    given = os.environ if environment is None else environment
    names = (*_TEXTS, "data", "port", "mcp_stdio", "log_days", "model_replay", "dashboard")
    found = {name: given.get(f"DESKHAND_{name.upper()}", "").strip() for name in names}
    values: dict[str, object] = {name: found[name] for name in _TEXTS if found[name]}
    if found["data"]:
        values["data"] = Path(found["data"])
    if found["model_replay"]:
        values["model_replay"] = Path(found["model_replay"])
    if found["dashboard"]:
        values["dashboard"] = Path(found["dashboard"])
    if found["mcp_stdio"]:
        values["mcp_stdio"] = _switch("DESKHAND_MCP_STDIO", found["mcp_stdio"])
    if found["log_days"]:
        values["log_days"] = _days(found["log_days"])
    if found["port"]:
        values["port"] = _port(found["port"])
    if port := overrides.get("port"):
        overrides["port"] = _port(str(port))
    values |= {name: value for name, value in overrides.items() if value is not None}
    return _checked(replace(Settings(), **values))  # type: ignore[arg-type]


def _checked(settings: Settings) -> Settings:
    host = settings.host.strip().removeprefix("[").removesuffix("]")
    if not host:
        # an empty host would be every network that this machine is in
        raise SettingError("The host to listen on is empty: leave it out for this machine only, or name one.")
    try:
        data = settings.data.expanduser()
    except RuntimeError:
        raise SettingError(f"There is no such home directory: {settings.data}.") from None
    if settings.database_url:
        _check_url(settings.database_url)
    if settings.sign_up not in ("invited", "open"):
        raise SettingError(f"DESKHAND_SIGN_UP is `{settings.sign_up[:40]}`: use invited or open.")
    if settings.public_url:
        _check_public(settings.public_url)
    public_url = settings.public_url.rstrip("/") if settings.public_url else None
    return replace(settings, host=host, data=data, public_url=public_url)


def _check_url(url: str) -> None:
    # the sentence shows nothing of the address: any part of one that cannot be read may be the password
    try:
        urlsplit(url)
    except ValueError:
        raise SettingError(
            "DESKHAND_DATABASE_URL cannot be read: it should look like `postgresql://user:password@host:5432/name` or "
            "`sqlite:///deskhand.db`, with %XX for special characters in the password."
        ) from None


def _check_public(url: str) -> None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
        plain = not (parts.username or parts.query or parts.fragment or parts.path.strip("/"))
    except ValueError:
        fits = plain = False
    if not (fits and plain):
        raise SettingError(f"DESKHAND_PUBLIC_URL is `{url[:80]}`: write it like https://desk.example.com.")


def _switch(name: str, text: str) -> bool:
    if text.lower() not in ("on", "off", "true", "false", "1", "0"):
        raise SettingError(f"{name} is `{text[:40]}`: use on or off.")
    return text.lower() in ("on", "true", "1")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:10]) <= 3650:
        raise SettingError(f"DESKHAND_LOG_DAYS is `{text[:40]}`: give a number of days from 1 to 3650.")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:10]) > 65535:
        raise SettingError(f"`{text}` is no port: give a number from 0 to 65535 with --port or DESKHAND_PORT.")
    return int(text)
