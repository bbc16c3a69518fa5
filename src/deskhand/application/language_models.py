"""The language models of a workspace: stored with their key as a secret, tried, and what was spent on them."""

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from deskhand.application.audit import audit_row
from deskhand.application.catalogue import Catalogues
from deskhand.application.secrets import Secrets, value_problem
from deskhand.application.understanding import access_to
from deskhand.domain.agent import Agent
from deskhand.domain.authentication import MASKED
from deskhand.domain.errors import DocumentError, RuleError
from deskhand.domain.faults import fault_of
from deskhand.domain.language_model import DEFAULT_MODEL, LanguageModel
from deskhand.domain.phrases import phrase
from deskhand.ports.clock import Clock
from deskhand.ports.language_model import Exchange, LanguageModels
from deskhand.ports.stores import DocumentRow, NotFound, SpendingRow, Stores
from deskhand.ports.vault import Vault

KIND = "model"


class ModelRegister:
    """Use cases of people who set models up."""

    def __init__(
        self, stores: Stores, vault: Vault, models: LanguageModels, catalogues: Catalogues, clock: Clock
    ) -> None:
        self._stores = stores
        self._secrets = Secrets(stores, vault, clock)
        self._models = models
        self._catalogues = catalogues
        self._clock = clock

    async def all(self, workspace: str) -> list[LanguageModel]:
        """All models, in the order of their slugs."""
        rows = await self._stores.settings.documents(workspace, KIND)
        return [LanguageModel.model_validate_json(row.document) for row in rows]

    async def get(self, workspace: str, slug: str) -> LanguageModel:
        """One model. Raises NotFound."""
        row = await self._stores.settings.document(workspace, KIND, slug)
        return LanguageModel.model_validate_json(row.document)

    async def put(
        self, workspace: str, slug: str, document: dict[str, Any], by: str, key: str | None = None
    ) -> LanguageModel:
        """Store a model. Raises DocumentError.

        key: in clear; it becomes a secret. Left out, or sent as the dots that are shown for it, it stays as it was.
        """
        before = await self._before(workspace, slug)
        document = {**document, "slug": slug}
        fresh = key is not None and set(key) != set(MASKED)
        if document.get("secret") is None and before is not None:
            document["secret"] = before.secret
        if fresh:
            document["secret"] = await self._own_name(workspace, slug, document.get("secret"))
        elif key is not None and document.get("secret") is None:
            raise DocumentError("`key` holds only the dots that are shown for a key: give the key.")
        if document.get("secret") is None:
            document.pop("secret", None)
        model = _checked(document)
        if fresh and key is not None:
            await self._put_key(workspace, str(model.secret), key, by)
        elif model.secret is not None and model.secret not in await self._secrets.names(workspace):
            raise DocumentError(
                phrase("There is no secret `{secret}`: store it first, or give the key as `key`.", secret=model.secret)
            )
        row = DocumentRow(slug, model.model_dump_json(), self._clock.now())
        await self._stores.settings.put(workspace, KIND, row, audit_row(self._clock, by, "model.stored", slug))
        return model

    async def remove(self, workspace: str, slug: str, by: str) -> None:
        """Remove a model; its secret stays. Raises NotFound, and RuleError where an agent names it."""
        await self.get(workspace, slug)
        rows = await self._stores.settings.documents(workspace, "agent")
        users = [row.slug for row in rows if Agent.model_validate_json(row.document).model == slug]
        if users:
            raise RuleError(
                phrase(
                    "The agent `{agent}` names the model `{slug}`: give it another one first.",
                    agent=users[0],
                    slug=slug,
                )
            )
        await self._stores.settings.remove(workspace, KIND, slug, audit_row(self._clock, by, "model.removed", slug))

    async def test(self, workspace: str, slug: str) -> Exchange:
        """Ask a model a short question. Raises NotFound, CannotUnseal and ModelFailed."""
        model = await self.get(workspace, slug)
        access = await access_to(self._catalogues, workspace, await self._catalogues.at(workspace), model)
        exchange = await self._models.ping(access)
        await self._stores.spending.add(
            workspace, _day(self._clock), slug, exchange.cost, exchange.input_tokens, exchange.output_tokens
        )
        return exchange

    async def spending(self, workspace: str, slug: str, since: str = "") -> list[SpendingRow]:
        """What was spent on a model, day by day, the newest first. Raises NotFound where nothing is known of it."""
        rows = await self._stores.spending.days(workspace, since, slug)
        if not rows:
            await self.get(workspace, slug)
        return rows

    async def check_name(self, workspace: str, slug: str | None) -> None:
        """Raises RuleError where an agent names a model that is not there."""
        if slug is None or slug in ("offline", DEFAULT_MODEL):
            return
        try:
            await self.get(workspace, slug)
        except NotFound:
            raise RuleError(phrase("There is no model `{slug}`: store it first, or leave it out.", slug=slug)) from None

    async def _before(self, workspace: str, slug: str) -> LanguageModel | None:
        try:
            return await self.get(workspace, slug)
        except NotFound:
            return None

    async def _own_name(self, workspace: str, slug: str, named: Any) -> str:
        """A name for the key that nothing else uses: replacing it changes this model alone."""
        known = await self._secrets.names(workspace)
        if isinstance(named, str):
            others = [one for one in await self._secrets.owners(workspace, named) if one != (KIND, slug)]
            if not others:
                return named
        base = f"MODEL_{slug.upper().replace('-', '_')}_KEY"[:56]
        number, name = 1, base
        while name in known:
            number += 1
            name = f"{base}_{number}"
        return name

    async def _put_key(self, workspace: str, name: str, key: str, by: str) -> None:
        wrong = value_problem(key) or (
            None if key.isascii() and key.isprintable() else phrase("It may hold only plain signs.")
        )
        if wrong:
            raise DocumentError(phrase("`key` can be no key. {why}", why=wrong))
        await self._secrets.put(workspace, name, key, by)


def _checked(document: dict[str, Any]) -> LanguageModel:
    try:
        return LanguageModel.model_validate_json(json.dumps(document))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        said = fault_of(first)
        if not where:
            raise DocumentError(said) from None
        # a message of the validation has no full stop, a sentence of ours has one
        told = "`{where}`: {fault:small}" if said.endswith(".") else "`{where}`: {fault:small}."
        raise DocumentError(phrase(told, where=where, fault=said)) from None


def _day(clock: Clock) -> str:
    return datetime.fromtimestamp(clock.now() / 1000, UTC).date().isoformat()
