"""A message with what its words match best, which is worked out only where it matters."""

from functools import cached_property

from deskhand.adapters.offline import extraction
from deskhand.adapters.offline.knowing import known
from deskhand.adapters.offline.matching import Index, Match
from deskhand.adapters.offline.phrases import without_refused
from deskhand.adapters.offline.setting import setting_of
from deskhand.adapters.offline.which import of_these, says_little
from deskhand.domain.commands import Clarify, StartProcedure
from deskhand.ports.understanding import Context, Passage

MATCHES = 0.3
"""The score from which a procedure is what the customer wants."""
CLOSE = 0.85
"""A second procedure with this share of the first one's score makes it unclear which is meant."""
CLEARLY = 0.5
"""The score that leaves a pending typed question for another procedure."""
SIGNED = ("email", "phone")
"""What may be asked for and stands in a signature."""


class Reading:
    """A context with what its words match."""

    def __init__(self, context: Context, index: Index, vector: tuple[float, ...] | None = None) -> None:
        self.context = context
        self._vector = vector
        self.setting = setting_of(context)
        self._index = index

    @cached_property
    def matches(self) -> list[Match]:
        """Every procedure that the words could mean and this customer may have, the best first."""
        return self.match(self.context.text)

    def match(self, text: str) -> list[Match]:
        """The procedures that some words could mean; what they refuse, and what says nothing, means none."""
        wanted, refused = without_refused(text)
        if says_little(wanted) and not self.context.choice:
            return []
        whole = not refused and text is self.context.text
        found, barred = self._index.match(wanted, self._vector if whole else None), self.context.barred
        return [one for one in found if one.slug not in barred] if barred else found

    def clear(self, text: str) -> Match | None:
        """The procedure that some words mean, where it is clearly one."""
        found = self.match(text)
        unclear = len(found) > 1 and found[1].score >= CLOSE * found[0].score
        return found[0] if found and found[0].score >= MATCHES and not unclear else None

    @property
    def likeness(self) -> float:
        """How nearly the words are what builders wrote for a procedure."""
        return self._index.likeness(self.context.text)

    @cached_property
    def known(self) -> Passage | None:
        """The passage that answers what is asked."""
        return known(self.context)

    @property
    def best(self) -> Match | None:
        return self.matches[0] if self.matches else None

    @property
    def unclear(self) -> bool:
        """Whether a second procedure fits about as well as the best."""
        return len(self.matches) > 1 and self.matches[1].score >= CLOSE * self.matches[0].score

    @property
    def elsewhere(self) -> Match | None:
        """The best, where it is something besides what is going on."""
        best = self.best
        return best if best is not None and best.slug != self.context.running else None

    def which(self, slugs: list[str]) -> Clarify:
        """The question which of these is meant."""
        return of_these(self.context.candidates, slugs, self.context.text, self.setting)

    def start(self, slug: str, text: str | None = None) -> StartProcedure:
        """Start a procedure, with what the words hold for it.

        text: the part of the message that asks for it; an address stands for the whole message.
        """
        wanted = next(one.wanted for one in self.context.candidates if one.slug == slug)
        whole, first = self.context.text, self.context.running != slug
        values, _ = extraction.volunteered(wanted, whole if text is None else text, self.setting, first=first)
        if text is not None:
            signed = [one for one in wanted if one.type in SIGNED and one.name not in values]
            values = {**extraction.volunteered(signed, whole, self.setting, first=first)[0], **values}
        return StartProcedure(procedure=slug, values=values)
