"""Indexes over catalogues: learned once, beside the loop where that takes long, and kept while they are used."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping

from deskhand.adapters.offline.matching import Index, learned_texts
from deskhand.ports.understanding import Candidate, Context

MOST = 64
"""Catalogues in use at a time whose indexes are kept."""
QUICK = 60
"""Texts that are learned so quickly that a thread would only cost time."""

Candidates = tuple[Candidate, ...]
_Key = tuple[int, str, bool]


class Indexes:
    """The index for a context's candidates."""

    def __init__(self) -> None:
        # by identity: a catalogue that changed is another object, and comparing all its phrases would cost more
        self._kept: OrderedDict[_Key, tuple[Candidates, asyncio.Future[Index]]] = OrderedDict()

    async def of(self, context: Context, by_meaning: bool = False) -> Index:
        """The index over a context's candidates; by_meaning: with a model's vectors, where it gives them."""
        key = id(context.candidates), context.language[:2], by_meaning
        kept = self._kept.get(key)
        if kept is None:
            made = asyncio.ensure_future(self._make(context, by_meaning))
            made.add_done_callback(lambda done: self._forget_failed(key, done))
            kept = self._kept[key] = context.candidates, made
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return kept[1].result() if kept[1].done() else await asyncio.shield(kept[1])

    async def _make(self, context: Context, by_meaning: bool) -> Index:
        candidates, language = context.candidates, context.language
        vectors = await _vectors(context) if by_meaning else None
        if sum(2 + len(one.phrases) for one in candidates) <= QUICK:
            return Index(candidates, language, vectors)
        return await asyncio.to_thread(Index, candidates, language, vectors)

    def _forget_failed(self, key: _Key, done: "asyncio.Future[Index]") -> None:
        if done.cancelled() or done.exception() is not None:
            self._kept.pop(key, None)


async def _vectors(context: Context) -> Mapping[str, tuple[float, ...]] | None:
    """A model's vectors for everything that is learned; None where it does not give them now."""
    texts = learned_texts(context.candidates)
    found = await context.embed(texts) if context.embed is not None and texts else None
    return None if found is None else dict(zip(texts, found, strict=True))
