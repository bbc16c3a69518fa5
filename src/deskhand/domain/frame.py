"""The working copy of a run while it advances: steps read and change it, and add effects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deskhand.domain.effects import Ask, Effect, Say
from deskhand.domain.facts import Ledger
from deskhand.domain.ids import derived_id
from deskhand.domain.live_chat import NOBODY, Desk
from deskhand.domain.masking import MASK, masked_text, masked_values
from deskhand.domain.requests import Connection
from deskhand.domain.sentences import Text, in_language, sentence
from deskhand.domain.state import Run, edits_of, is_from_customer, question_of
from deskhand.domain.templates import Scope, render_text
from deskhand.domain.values import TypeName, text_of

if TYPE_CHECKING:
    from deskhand.domain.actions import AnyAction
    from deskhand.domain.procedure import Published


LONGEST_TRAIL = 200
"""Steps of a run that are remembered for corrections; what lies before them stays as it is."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A step that a run entered, with what it knew then and what it had brought about by then."""

    run: str
    step: str
    variables: Mapping[str, Any]
    effects: list[Effect]
    """All effects of the run in this turn; those from `at` on belong to this step, up to the next one's."""
    at: int


@dataclass(frozen=True, slots=True)
class Given:
    """What a turn is told about the world: it looks nothing up by itself."""

    at: int
    """Now, in milliseconds since 1970."""
    workspace: str
    conversation: str
    version: int
    """The conversation's version, from which identifiers are derived."""
    language: str = "en"
    region: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    """The context variables of every template: `conversation.id`, `message.content`, …"""
    connections: Mapping[str, Connection] = field(default_factory=dict)
    actions: Mapping[str, "AnyAction"] = field(default_factory=dict)
    """The workspace's actions as they are now: one that is gone or switched off is carried out by nobody."""
    enabled: frozenset[str] = frozenset()
    """Those that are switched on for the conversation's agent."""
    four_eyes: bool = False
    """Whether nobody may approve what they themselves published or edited."""
    barred: Mapping[str, str] = field(default_factory=dict)
    """Procedures that this customer may not have, with the reason."""
    phrases: bool = False
    """Whether a model finds words for answers that have no message."""
    reading_limit: int = 60_000
    """Milliseconds that a model has for understanding, repetitions included, before it is done without it."""
    scripts: bool = True
    """Whether scripts may run in the customer's page at all."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """The names of the knowledge's topics, by slug."""
    desk: Desk = NOBODY
    """Whether the customer can talk to a person now."""
    ledger: Ledger = field(default_factory=Ledger)
    """The conversation's facts and counts; the turn works on it."""
    entered: list[Entered] | None = None
    """Takes up every step that is entered, for whoever paints the way; nobody does in a live conversation."""


@dataclass(frozen=True, slots=True)
class Goto:
    """Go on with this step; None is the step's own `next`."""

    step: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Stay here until an event comes."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The run is over; `hand_over` tells the members why, where a person shall go on."""

    outcome: str = "completed"
    hand_over: str | None = None
    available: bool | None = None
    """Whether somebody will answer now, where the customer asked for live chat."""
    to: str | None = None
    """The channel of the outside system whose people answer."""


Move = Goto | Pause | Finish


@dataclass(slots=True)
class Frame:
    """One run being advanced."""

    published: "Published"
    run: Run
    given: Given
    variables: dict[str, Any]
    sources: dict[str, str]
    ahead: list[str]
    visits: dict[str, int]
    step: str
    seq: int
    waiting: Any = None
    kept: dict[str, str] = field(default_factory=dict)
    acted: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    """The steps entered in this turn, in order."""
    trail: list[str] = field(default_factory=list)
    """The steps that the run went through, in order; what a correction undid is not among them."""
    edits: Mapping[str, Any] = field(default_factory=dict)
    """What members have edited of the step's act."""

    @classmethod
    def of(cls, published: "Published", run: Run, given: Given) -> "Frame":
        return cls(
            published, run, given, dict(run.variables), dict(run.sources), list(run.ahead), dict(run.visits),
            run.step, run.seq, run.waiting, dict(run.kept), list(run.acted), trail=list(run.trail),
            edits=edits_of(run.waiting),
        )  # fmt: skip

    def scope(self, extra: Mapping[str, Any] | None = None) -> Scope:
        """What templates see: the context variables, then the run's own."""
        values = {**self.given.context, **self.given.ledger.values(), **self.variables, **(extra or {})}
        return Scope(values, self.published.types)

    def sensitive(self) -> tuple[str, ...]:
        """The text forms of values that nobody may read."""
        names = self.published.sensitive
        return tuple(text_of(self.variables[name]) for name in names if self.variables.get(name) not in (None, ""))

    def readable_variables(self) -> dict[str, Any]:
        """The variables as the members may see them."""
        hidden = self.published.sensitive
        shown = {name: MASK if name in hidden else value for name, value in self.variables.items()}
        return masked_values(shown, self.sensitive())  # an answer may repeat what the customer gave

    def masked(self, text: str) -> str:
        """The text without values that nobody may read."""
        return masked_text(text, self.sensitive())

    def render(self, text: Text, extra: Mapping[str, Any] | None = None) -> str:
        """A customer's text in the conversation's language, filled in."""
        chosen = in_language(text, self.given.language)
        return chosen if "{{" not in chosen else render_text(chosen, self.scope(extra))

    def say(self, text: str) -> None:
        self.effects.append(Say(text=text))

    def say_sentence(self, key: str, **parameters: str) -> None:
        self.effects.append(Say(text=sentence(key, self.given.language, **parameters)))

    def emit(self, *effects: Effect) -> None:
        self.effects.extend(effects)

    def assign(self, name: str, value: Any, source: str) -> None:
        self.variables[name] = value
        self.sources[name] = source

    def volunteer(self, values: Iterable[tuple[str, Any]]) -> None:
        """Remember values that the customer gave without being asked; to change what is known is a correction."""
        for name, value in values:
            to_come = self.still_to_come(name)
            if not self.may_say(name) or (name in self.variables and not to_come):
                continue
            self.assign(name, value, "customer")
            if name not in self.ahead and to_come:
                self.ahead.append(name)

    def may_say(self, name: str) -> bool:
        """Whether a value is the customer's to give: no step, and no procedure that called this one, has set it."""
        return name not in self.variables or is_from_customer(self.run, self.sources.get(name))

    def still_to_come(self, name: str) -> bool:
        """Whether this round of the steps has yet to ask for it; otherwise it corrects what was answered before."""
        round_now = max(1, self.visits.get(self.step, 0))
        asking = self.published.procedure.asking.get(name, ())
        return bool(asking) and all(self.visits.get(step, 0) < round_now for step in asking)

    def question(self) -> str:
        """The name of the question that is being put before the customer."""
        question = question_of(self.run.id, self.step, self.visits, self.waiting)
        assert question is not None
        return question

    def ask(self, text: str, choices: Iterable[str] = ()) -> None:
        """Put what is waited for before the customer."""
        self.emit(Ask(text=text, question=self.question(), choices=tuple(choices)))

    def take_ahead(self, name: str) -> bool:
        """Whether the customer gave this value already; it counts once, so that a loop asks again."""
        if name not in self.ahead:
            return False
        self.ahead.remove(name)
        return True

    def has_acted(self, acted: bool = True) -> None:
        """Note that the step did something which cannot be taken back, or that it did not after all."""
        if acted:
            self.acted.append(self.step)
        elif self.step in self.acted:  # an earlier visit may have acted: that one stays
            self.acted.remove(self.step)

    def declared(self, name: str) -> TypeName | None:
        return self.published.types.get(name)

    def new_id(self, prefix: str) -> str:
        """An identifier derived from where we are, so that the same turn always gives the same one."""
        given = self.given
        return derived_id(prefix, given.at, given.conversation, given.version, self.run.id, self.step, self.seq)

    def result(self, status: str = "running") -> Run:
        """The run as it is now."""
        return self.run.model_copy(
            update={
                "step": self.step,
                "status": status,
                "waiting": self.waiting,
                "variables": self.variables,
                "sources": self.sources,
                "ahead": tuple(self.ahead),
                "visits": self.visits,
                "seq": self.seq,
                "trail": tuple(self.trail[-LONGEST_TRAIL:]),
                "kept": self.kept,
                "acted": tuple(self.acted),
            }
        )
