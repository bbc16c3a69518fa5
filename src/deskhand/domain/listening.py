"""What becomes of the customer's words: commands are followed in their order, what is not understood is asked again."""

import hashlib
from collections.abc import Mapping, Sequence

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.citation import Citation
from deskhand.domain.effects import Ask, Read, ReadingDone, Say, Unanswered
from deskhand.domain.ids import derived_id
from deskhand.domain.offering import Offering
from deskhand.domain.sentences import either, sentence
from deskhand.domain.stack import may_still_happen
from deskhand.domain.state import (
    Conversation,
    ForAnswer,
    ForApproval,
    ForBrowser,
    ForClick,
    ForComponent,
    ForConfirmation,
    ForForm,
    ForOutcome,
    Offer,
    Reading,
)
from deskhand.domain.steps.guarding import DIRECT
from deskhand.domain.yes_no import says_nothing, yes_or_no

MISUNDERSTOOD_LIMIT = 4
"""Messages in a row that nothing came of before a person is called."""
LONGEST_UNREAD = 20_000
"""Characters of messages that are understood together; all of them stand in the log."""
LISTED = 5
"""Procedures that the agent names when it does not know what is wanted."""
MOST_CHOICES = 4
"""Procedures between which it asks the customer to choose."""


class Listening(Offering):
    """A conversation's stack of runs with an ear for the customer."""

    passages: Mapping[str, Citation] = {}
    earlier = False
    """Whether the words may have been written before what stands before the customer now."""

    def _said(self, event: e.Said) -> None:
        if self.was.status == "resolved":
            self.changes["status"] = "open"
        if self._mode == "member":
            return
        if event.later:
            self.changes["unread"] = _newest(*self.was.unread, event.text)
            return
        kinds = {command.kind for command in event.commands}
        if self.was.busy and not kinds & {"cancel", "hand_over"}:
            self.changes["unread"] = _newest(*self.was.unread, event.text)
            return
        if self.was.reading is None:
            self.changes["unread"] = ()
        self.earlier = event.earlier
        self._hear_out(event.text, event.commands, event.passages)

    # messages that a model understands

    def _read_unread(self) -> None:
        """Have everything understood that nobody has looked at yet."""
        if self.was.unread and self.was.reading is None and self._mode == "agent" and not self.was.busy:
            self._read("\n".join(self.was.unread), again=False)

    def _read(self, text: str, again: bool) -> None:
        given = self.given
        name = derived_id("read", given.at, given.conversation, given.version, "reading")
        self.changes["reading"] = Reading(id=name, text=text, basis=basis_of(self.was), again=again)
        self.changes["unread"] = ()
        self.effects.append(Read(reading=name, until=given.at + given.reading_limit))

    def _understood(self, event: e.Understood) -> None:
        reading = self.was.reading
        if reading is None or reading.id != event.reading:
            # it came too late, or a person reads for themselves
            self.effects.append(ReadingDone(reading=event.reading))
            return
        self._reading_over()
        if self._mode == "member":
            return
        kinds = {command.kind for command in event.commands}
        moved = reading.basis != basis_of(self.was)
        if self.was.busy and not kinds & {"cancel", "hand_over"}:
            self.changes["unread"] = _newest(reading.text, *self.was.unread)
        elif moved and not reading.again and not kinds & {"cancel", "hand_over"}:
            self._read("\n".join(_newest(reading.text, *self.was.unread)), again=True)
        else:
            self.earlier = True  # a plain yes to a confirmation that stands is never sent to a model
            self._hear_out(reading.text, event.commands, event.passages)

    def _reading_over(self) -> None:
        if self.was.reading is not None:
            self.changes["reading"] = None
            self.effects.append(ReadingDone(reading=self.was.reading.id))

    # commands

    def _hear_out(self, text: str, commands: Sequence[c.Command], passages: Mapping[str, Citation]) -> None:
        """Do what was understood; what ends things goes before everything else.

        passages: where the passages are from that an answer may cite, by their ids.
        """
        self.passages = passages
        kinds = {command.kind for command in commands}
        before = self.standing
        hand_over = next((one for one in commands if isinstance(one, c.HandOver)), None)
        if hand_over is not None:
            self._hand_over(hand_over.reason)
        elif "cancel" in kinds:
            instead = [one for one in commands if isinstance(one, c.StartProcedure | c.UseAction)]
            self._cancel("customer", go_on=not instead)
            if instead and self._mode == "agent":
                self._follow(text, instead)
        elif self.top and isinstance(self.top.waiting, ForConfirmation) and not _moves_on(text, commands):
            self._give(self.top, e.Confirmed(yes=self._agreed(text)))
        else:
            self._follow(text, commands)
        left = tuple(offer for offer in before if offer in self.standing)
        if left:
            self._passed_over(left)

    def _agreed(self, text: str) -> bool | None:
        """A whole message that means yes or no; nobody agrees to what they could not read yet."""
        said = yes_or_no(text)
        return None if said and self.earlier else said

    def _follow(self, text: str, commands: Sequence[c.Command]) -> None:
        understood, requests = False, 0
        for command in commands:
            if isinstance(command, c.StartProcedure | c.UseAction):
                done = self._request(command, text, first=requests == 0)
                requests += done
            else:
                done = self._obey(command, text)
            understood = done or understood
        if understood:
            if not all(isinstance(command, c.Unanswerable) for command in commands):
                self.changes["misunderstood"] = 0
            if not any(isinstance(command, c.Clarify) for command in commands):
                self.changes["choice"] = ()
        else:
            self._not_understood(text)

    def _request(self, command: c.StartProcedure | c.UseAction, text: str, first: bool) -> bool:
        slug = command.procedure if isinstance(command, c.StartProcedure) else DIRECT + command.action
        values = {**self.was.choice_values, **command.values} if slug in self.was.choice else command.values
        began = any(run.id not in {one.id for one in self.was.runs} for run in self.runs)
        if not first and began and not self._with_members and self._mode == "agent":
            return self._queue(slug, values, text)
        return self._start(slug, values, text, True)

    def _obey(self, command: c.Command, text: str) -> bool:
        """Whether something came of it."""
        match command:
            case c.SetVariables():
                return self._take_values(command.values, text)
            case c.NoAnswer():
                return self._no_answer()
            case c.CorrectVariable():
                return self._correct({command.variable: command.value})
            case c.SmallTalk():
                self._chat(command)
                return True
            case c.Clarify():
                return self._clarify(command, text)
            case c.Answer():
                return self._answer(command)
            case c.Unanswerable():
                return self._unanswerable(text)
            case c.Affirm():
                return self._affirmed()
            case c.Decline():
                return self._declined()
            case c.Resume():
                return self._resume(command.procedure)
        return False

    def _no_answer(self) -> bool:
        """Ask again; that counts as a try."""
        if self.top is None or not isinstance(self.top.waiting, ForAnswer):
            return False
        self._give(self.top, e.Answered(text=""))
        return True

    def _affirmed(self) -> bool:
        offer = self._put_to_them()
        return self._accept(offer) if offer else self._boolean(True)

    def _declined(self) -> bool:
        offer = self._put_to_them()
        if offer is None:
            return self._boolean(False)
        self._decline(offer)
        return True

    def _put_to_them(self) -> Offer | None:
        """The offer that a yes or no is about: not one that was passed over, nor before a question asked after it."""
        waiting = self.top.waiting if self.top else None
        asked = isinstance(waiting, ForAnswer) and waiting.type == "boolean"
        standing = [one for one in self.standing if not one.ignored and (one.why == "request" or not asked)]
        return standing[-1] if standing else None

    def _boolean(self, value: bool) -> bool:
        waiting = self.top.waiting if self.top else None
        if self.top is None or not isinstance(waiting, ForAnswer) or waiting.type != "boolean":
            return False
        self._give(self.top, e.Answered(text=str(value), values={waiting.variable: value}))
        return True

    def _resume(self, slug: str | None) -> bool:
        run = self._open(slug) if slug else self.top
        if run is None:
            return False
        if slug is None:
            self._remind(run)
        else:
            self._return_to(run, {}, "")
        return True

    # knowledge

    def _answer(self, command: c.Answer) -> bool:
        """Say what the knowledge says, offer what belongs to it, and come back to the question that stands."""
        cited = [self.passages[name] for name in command.cites if name in self.passages]
        self.effects.append(Say(text=command.text, cites=tuple(dict.fromkeys(cited))))
        sources = {one.source for one in cited}
        linked = [one for one in self._triggered("sources") if sources & set(one.procedure.trigger.sources)]
        self._bring("source", linked, "")
        if self.top and self.top.question:
            self._remind(self.top)
        return True

    def _unanswerable(self, text: str) -> bool:
        """Say that nobody here knows, count it, and bring what is there for such a case."""
        self.effects.append(Unanswered(text=text))
        count = self.was.misunderstood + 1
        self.changes["misunderstood"] = count
        if count >= MISUNDERSTOOD_LIMIT:
            self._tell("too_many_tries")
            self._to_a_person(f"The agent could not answer {count} messages in a row.")
            return True
        self._tell("unknown_answer")
        self._bring("unanswered", self._triggered("on_unanswered"), text)
        if self.top and self.top.question:
            self._remind(self.top)
        return True

    # what is not understood

    def _not_understood(self, text: str) -> None:
        waiting = self.top.waiting if self.top else None
        match waiting:
            case ForAnswer():
                assert self.top is not None
                self.changes["misunderstood"] = 0
                # a model that found no answer in the words has read them: any text would be taken for one
                none = self.earlier and waiting.type == "text" and not waiting.choices
                self._give(self.top, e.Answered(text="" if none else text))
            case ForConfirmation():
                assert self.top is not None
                self._give(self.top, e.Confirmed(yes=self._agreed(text)))
            case ForApproval() | ForOutcome():
                self._tell("waiting_for_colleague")
            case ForForm() | ForClick() | ForComponent():
                assert self.top is not None
                self._tell("press_or_fill")
                self._remind(self.top)
            case ForBrowser():
                self._tell("still_working")
            case _:
                self._at_a_loss(text)

    def _at_a_loss(self, text: str) -> None:
        count = self.was.misunderstood + 1
        self.changes["misunderstood"] = count
        silent = says_nothing(text)
        if not silent:
            self.effects.append(Unanswered(text=text))
        if count >= MISUNDERSTOOD_LIMIT:
            self._tell("too_many_tries")
            self._to_a_person(f"The agent did not understand {count} messages in a row.")
        elif silent:
            self._tell("what_can_i_do")
        else:
            at, began = len(self.effects), self.began
            self._bring("unanswered", self._triggered("on_unanswered"), text)
            if self.began == began:
                key = "can_help_with" if self._offers and count == 1 else "not_understood"
                self.effects.insert(at, Say(text=sentence(key, self.given.language, list=self._offers)))

    @property
    def _offers(self) -> str:
        """What the agent names when it says what it can do."""
        barred = self.given.barred
        named = [
            one.name
            for slug, one in self.catalogue.active.items()
            if slug not in barred and (one.procedure.trigger.matches_requests or one.procedure.trigger.always)
        ]
        return ", ".join(named[:LISTED])

    def _chat(self, command: c.SmallTalk) -> None:
        """Be polite too, or come back to the question that stands."""
        if self.top is not None and self.top.question and command.about != "goodbye":
            self._remind(self.top)
        elif command.about != "greeting":
            self._tell(command.about)
        elif self._offers:
            self._tell("greeting", list=self._offers)
        else:
            self._tell("greeting_empty")

    def _clarify(self, command: c.Clarify, words: str) -> bool:
        """Ask which procedure is meant; one alone is offered, or begins where the others are not for this customer."""
        barred, between = self.given.barred, dict.fromkeys(command.between)
        known = tuple(slug for slug in between if slug in self.catalogue.active and slug not in barred)[:MOST_CHOICES]
        if len(known) == 1 and any(slug in barred for slug in between):
            return self._start(known[0], command.values, words, True)
        if len(between) == 1 and known and not self._refuses(self.catalogue.active[known[0]], command.values):
            self._offer(self.catalogue.active[known[0]], "request", command.values, words)
        if len(known) < 2:
            return len(between) == 1 and bool(known)
        names = [self.catalogue.active[slug].name for slug in known]
        self.changes |= {"choice": known, "choice_values": command.values}
        text = sentence("which_one", self.given.language, names=either(names, self.given.language))
        self.effects.append(Ask(text=text, question="choice", choices=tuple(names)))
        return True

    # ending things

    def _hand_over(self, reason: str) -> None:
        self._tell("handed_over")
        self._to_a_person(reason)

    def _cancel(self, by: str, go_on: bool = True) -> None:
        """Stop what is on top, with the runs that called it; nothing is said while a member has the conversation.

        go_on: whether to go back to what was interrupted.
        """
        self.changes["choice"] = ()
        late = self.top is not None and may_still_happen(self.top)
        stopped = self._chain(self.top) if self.top else []
        self._stop(stopped, by)
        if self.was.mode == "member":
            return
        if stopped:
            self._tell("cancelled_late" if late else "cancelled")
            if go_on:
                self._back()
        else:
            self._tell("cancelled" if self.was.choice else "nothing_to_cancel")


def _moves_on(text: str, commands: Sequence[c.Command]) -> bool:
    """Whether the customer did something else than answer a confirmation; a plain yes or no is never that."""
    if yes_or_no(text) is not None:
        return False
    stays = c.Affirm | c.Decline | c.SmallTalk | c.NoAnswer
    return any(not isinstance(command, stays) for command in commands)


def _newest(*texts: str) -> tuple[str, ...]:
    """Messages without the oldest of those that nobody could read through, nor pay a model for."""
    kept, left = list[str](), LONGEST_UNREAD
    for text in reversed(texts):
        left -= len(text) + 1
        if left < 0 and kept:
            break
        kept.append(text)
    return tuple(reversed(kept))


def basis_of(conversation: Conversation) -> str:
    """A digest of what words are understood against: the question that stands, the stack, the choice."""
    top = conversation.top
    parts = (top.question if top else "", *(run.id for run in conversation.runs), *conversation.choice)
    return hashlib.blake2b("\0".join(part or "" for part in parts).encode(), digest_size=8).hexdigest()
