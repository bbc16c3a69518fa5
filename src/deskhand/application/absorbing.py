"""Credentials that come in clear with a connection or an action: they become secrets, the document holds names."""

import copy
import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from deskhand.application.secrets import Secrets, value_problem
from deskhand.domain.authentication import CREDENTIALS, MASKED, OPTIONAL, SECRET_NAME, authentications
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import NotFound, Stores

Owner = Literal["connection", "action"]

_LONGEST_BASE = 56
"""Characters of a made-up name, so that a number still fits behind it."""


@dataclass(frozen=True, slots=True)
class Absorbed:
    """A document without credentials, and the secrets that have to be stored with it."""

    document: dict[str, Any]
    secrets: dict[str, str] = field(repr=False)


class Absorber:
    """Finds out which secrets a document's credentials become."""

    def __init__(self, stores: Stores, secrets: Secrets) -> None:
        self._settings = stores.settings
        self._secrets = secrets

    async def absorb(self, workspace: str, kind: Owner, slug: str, document: dict[str, Any]) -> Absorbed:
        """The document with names in place of credentials; nothing is stored. Raises DocumentError.

        A credential that is left out, or sent as the dots that are shown for it, stays as it was.
        """
        found = copy.deepcopy(document)
        paths = list(authentications(found))
        if not paths:
            return Absorbed(found, {})
        before = await self._before(workspace, kind, slug)
        known = await self._secrets.names(workspace)
        fresh: dict[str, str] = {}
        for path, auth in paths:
            previous = _at(before, path)
            if previous.get("kind") != auth["kind"]:
                previous = {}
            for name_field, clear_field in CREDENTIALS[auth["kind"]].items():
                where = ".".join((*path, clear_field))
                value = auth.pop(clear_field, None)
                if value is None or _is_mask(value):
                    _keep(auth, previous, name_field, where, asked=value is not None)
                    continue
                _check(value, auth.get(name_field), where)
                wanted = auth.get(name_field) or previous.get(name_field)
                if not isinstance(wanted, str) or await self._is_shared(workspace, wanted, (kind, slug), before, path):
                    wanted = _free(_base(slug, path, clear_field), known)
                known.add(wanted)
                fresh[wanted] = value
                auth[name_field] = wanted
        return Absorbed(found, fresh)

    async def _before(self, workspace: str, kind: Owner, slug: str) -> dict[str, Any]:
        try:
            row = await self._settings.document(workspace, kind, slug)
        except NotFound:
            return {}
        stored: dict[str, Any] = json.loads(row.document)
        return stored

    async def _is_shared(
        self, workspace: str, name: str, owner: tuple[str, str], before: dict[str, Any], path: tuple[str, ...]
    ) -> bool:
        """Whether something else would get the new value too if the secret were replaced."""
        if any(one != owner for one in await self._secrets.owners(workspace, name)):
            return True
        others = (auth for other, auth in authentications(before) if other != path)
        return any(name in (auth.get(key) for key in CREDENTIALS[auth["kind"]]) for auth in others)


def _keep(auth: dict[str, Any], previous: dict[str, Any], name_field: str, where: str, asked: bool) -> None:
    """Leave the secret as it was, or as it is named."""
    if auth.get(name_field) is not None:
        return
    optional = (auth["kind"], name_field) in OPTIONAL
    if previous.get(name_field) is not None and (asked or not optional or name_field not in auth):
        auth[name_field] = previous[name_field]
    elif asked:
        raise DocumentError(
            phrase("`{where}` holds only the dots that are shown for a credential: give the credential.", where=where)
        )
    elif not optional:
        raise DocumentError(
            phrase(
                "`{where}` is missing: give the credential, or the name of its secret in `{name_field}`.",
                where=where,
                name_field=name_field,
            )
        )


def _check(value: Any, name: Any, where: str) -> None:
    if name is not None and not (isinstance(name, str) and re.fullmatch(SECRET_NAME, name)):
        # what stands there may be the credential itself, so it is not shown
        raise DocumentError(
            phrase("The name of the secret beside `{where}` is none: use capitals, digits and `_`.", where=where)
        )
    wrong = value_problem(value) if isinstance(value, str) else phrase("It must be a text.")
    if wrong:
        raise DocumentError(phrase("`{where}` can be no credential. {why}", where=where, why=wrong))
    if "\ufffd" in value:
        raise DocumentError(phrase("`{where}` holds a character that nothing could send: paste it anew.", where=where))


def _is_mask(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and set(value) == set(MASKED)


def _at(document: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    found: Any = document
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _base(slug: str, path: tuple[str, ...], clear_field: str) -> str:
    """`SHOP_TOKEN`, or `SHOP_TEST_TOKEN` for the credentials of tests."""
    ending = ("_TEST_" if path[-1] == "test_auth" else "_") + clear_field.upper()
    begin = slug.upper().replace("-", "_")
    begin = begin if begin[:1].isalpha() else f"S_{begin}"
    return begin[: _LONGEST_BASE - len(ending)] + ending


def _free(base: str, known: set[str]) -> str:
    """The name, with a number where it is taken: a secret of somebody else's is never replaced."""
    number, name = 1, base
    while name in known:
        number += 1
        name = f"{base}_{number}"
    return name
