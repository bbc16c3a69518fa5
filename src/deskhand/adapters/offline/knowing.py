"""What the knowledge says to a customer's words, and whether they ask something at all."""

import re

from deskhand.adapters.offline.unanswered import holds_no_answer
from deskhand.domain.commands import Answer, Command
from deskhand.domain.yes_no import plain
from deskhand.ports.understanding import Context, Passage, Wanted

SURE = 0.7
"""The score from which a passage goes before a procedure that fits less well."""
FEWEST_WORDS = 3
_LOOKED_AT = 600
_ASKS = re.compile(
    r"(?:(?:and|but|also|so|ok|okay|hi|hello|hey|please|sorry|und|aber|bitte|hallo) )*"
    r"(?:what|whats|what's|how|when|where|which|who|why|whose|is|are|do|does|did|can i|could i|may i|should i|will|"
    r"would it|was|wie|wann|wo|woher|wohin|welche\w*|wer|warum|wieso|weshalb|ist|sind|gibt es|kann ich|darf ich|"
    r"muss ich|habt ihr|haben sie|tell me (?:about|more|how|what|when|where)|"
    r"i (?:want|need|would like|'d like) to know|i was wondering)\b"
)


_FOR_WORDS = re.compile(
    r"\b(?:questions?|messages?|notes?|comments?|feedback|subject|concerns?|problems?|issues?|requests?|inquiry|enquiry|"
    r"details?|description|describe|text|words?|wording|say|write|tell|ask|wish|help|do for you|about|"
    r"fragen?|nachricht|betreff|anliegen|wunsch|wunsche|beschreib\w*|schreib\w*|sagen|mitteilen|notiz|problem)\b"
)


def asks(text: str) -> bool:
    """Whether the words ask something."""
    looked_at = text[:_LOOKED_AT]
    if re.search("[?？؟]", looked_at):
        return True
    spaced = re.sub(r"\s*([.,!;])\s*", r"\1 ", looked_at)
    sentences = [plain(part) for part in re.split(r"[.,!;\n]", spaced)]
    return any(_ASKS.match(sentence) for sentence in sentences if sentence)


def is_question(text: str) -> bool:
    """Whether the whole message is a question about something, rather than an answer or a question back."""
    said = text[:_LOOKED_AT].strip()
    if not said.rstrip(" \"'”)").endswith(("?", "？")) or len(said.split()) < FEWEST_WORDS or holds_no_answer(text):
        return False
    return bool(_ASKS.match(plain(re.split(r"[.!;\n]\s+", said)[-1])))


def takes_questions(wanted: Wanted, question: str) -> bool:
    """Whether what is asked for may itself be a question: a message, a concern, words for a card."""
    return bool(_FOR_WORDS.search(plain(f"{wanted.name.replace('_', ' ')} {wanted.description} {question}")))


def known(context: Context) -> Passage | None:
    """The best passage that is sure enough to answer, or None."""
    best = next(iter(context.look_up(context.text)), None)
    return best if best is not None and best.answer else None


def answer(passage: Passage) -> Command:
    """What is said, with where it is from."""
    assert passage.answer
    return Answer(text=passage.answer, cites=(passage.id,))


def unanswerable(context: Context) -> bool:
    """Whether something is asked that the knowledge touches, but does not answer."""
    return len(context.text.split()) >= FEWEST_WORDS and asks(context.text) and bool(context.look_up(context.text))
