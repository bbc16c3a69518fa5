"""How long it takes to find what answers a question among many passages.

    python -m bench.knowledge [--passages 10000] [--questions 300]

Prints one JSON line: how many passages were searched, how long preparing them took in seconds, and milliseconds for a
question at the median and at the 99th percentile. The passages are made up from words whose frequencies fall as those
of a language do, so that common words stand in thousands of them; a question shares a few words with one passage.
"""

import argparse
import json
import random
import statistics
import time

from deskhand.adapters.offline.passages import OfflinePassages
from deskhand.domain.knowledge import Passage

VOCABULARY = 20_000
SOURCES = 50
CONSONANTS, VOWELS = "bcdfghjklmnprstvw", "aeiou"


def made_up_words(chance: random.Random, count: int) -> list[str]:
    """Words that can be pronounced, each another one, short ones first as in a language."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = 1 + min(4, len(found) * 5 // count) + chance.randint(0, 1)
        found["".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(syllables))] = None
        if len(found) < 100:
            found[chance.choice(CONSONANTS) + chance.choice(VOWELS) + chance.choice(CONSONANTS)] = None
    return list(found)


def made_up_passages(chance: random.Random, words: list[str], count: int) -> list[list[Passage]]:
    """Passages of 80 to 200 words in sentences, by source."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    sources: list[list[Passage]] = [[] for _ in range(SOURCES)]
    for number in range(count):
        drawn = chance.choices(words, weights, k=chance.randint(80, 200))
        lines = [" ".join(drawn[at : at + 12]).capitalize() + "." for at in range(0, len(drawn), 12)]
        own = sources[number % SOURCES]
        heading = " ".join(chance.choices(words[200:], k=3))
        own.append(
            Passage(source=f"s{number % SOURCES}", number=len(own) + 1, title="Guide", text=" ".join(lines),
                    headings=(heading,))
        )  # fmt: skip
    return sources


def questions(chance: random.Random, passages: list[list[Passage]], count: int) -> list[str]:
    """Questions with words of one passage, and with words that stand in none."""
    found = []
    for _ in range(count):
        passage = chance.choice(chance.choice(passages))
        words = chance.sample(passage.text.lower().replace(".", "").split(), 6)
        found.append(f"how do i {' '.join(words)} when {chance.choice(words)}x?")
    return found


def measure(passages: int, asked: int) -> dict[str, float]:
    """Prepare the passages and ask the questions."""
    chance = random.Random(7)
    sources = made_up_passages(chance, made_up_words(chance, VOCABULARY), passages)
    index = OfflinePassages()
    began = time.perf_counter()
    for one in sources:
        if one:
            index.put(one[0].source, index.analyse(one))
    prepared = time.perf_counter() - began
    took = []
    index.search("warm up")
    for question in questions(chance, [one for one in sources if one], asked):
        began = time.perf_counter()
        index.search(question)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return {
        "passages": passages, "prepare_s": round(prepared, 2), "questions": asked,
        "p50_ms": round(statistics.median(took), 2), "p99_ms": round(took[int(len(took) * 0.99)], 2),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=300)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.passages, asked.questions)))


if __name__ == "__main__":
    main()
