"""Clusters of 20,000 phrases and 12,000 known names, against OpenRefine's way to find neighbours, in one run.

OpenRefine's documentation holds the phrases of one block, those that share a part of six letters, against each other by
edit distance (radius 1). It is written here in Python like ours, over the same folded phrases. Both are scored by the
misspelt phrases that they put together with what they were made from. CPU time, one process.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from postings.skills import load_shipped
from postings.skills.clustering import clusters, folded, is_one_letter_apart

PHRASES, SEED, BLOCK = 20_000, 7, 6


def main() -> None:
    names = sorted({alias.phrase for skill in load_shipped().skills for alias in skill.aliases})
    chance = random.Random(SEED)
    words = sorted({word for name in names for word in name.split() if len(word) > 3})
    right = list(dict.fromkeys(f"{chance.choice(words)} {chance.choice(words)}" for _ in range(PHRASES * 7 // 10)))
    wrong = [misspelt(phrase, chance) for phrase in right[: PHRASES - len(right)]]
    phrases = right + wrong
    pairs = [(place, len(right) + place) for place in range(len(wrong))]
    print(f"{len(phrases):,} phrases, {len(names):,} known names, {len(pairs):,} misspelt ones")
    seconds, found = timed(lambda: grouped(clusters(phrases + names, known=len(names))))
    print(f"ours, all methods, with known names  {seconds:6.2f} s, recall {recall(found, pairs):.3f}")
    ours, found = timed(lambda: grouped(clusters(phrases)))
    print(f"ours, all methods, phrases alone     {ours:6.2f} s, recall {recall(found, pairs):.3f}")
    theirs, found = timed(lambda: blocked(phrases))
    print(f"blocks of six letters, phrases alone {theirs:6.2f} s, recall {recall(found, pairs):.3f}")
    print(f"ratio {theirs / ours:.1f}")


def misspelt(phrase: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(phrase) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice([
        phrase[:at] + phrase[at + 1 :],
        phrase[:at] + letter + phrase[at:],
        phrase[:at] + letter + phrase[at + 1 :],
        phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :],
        phrase.replace(" ", "-"),
    ])  # fmt: skip


def grouped(found: list) -> dict[int, set[int]]:
    """Place -> number of its cluster."""
    return {place: {number} for number, cluster in enumerate(found) for place in cluster.members}


def blocked(phrases: list[str]) -> dict[int, set[int]]:
    """Place -> numbers of the pairs that it is in."""
    letters = [folded(phrase) for phrase in phrases]
    blocks = defaultdict(list)
    for place, form in enumerate(letters):
        for part in {form[at : at + BLOCK] for at in range(max(1, len(form) - BLOCK + 1))}:
            blocks[part].append(place)
    pairs = {
        (one, other)
        for places in blocks.values()
        for at, one in enumerate(places)
        for other in places[at + 1 :]
        if letters[one] == letters[other] or is_one_letter_apart(letters[one], letters[other])
    }
    found = defaultdict(set)
    for number, pair in enumerate(sorted(pairs)):
        for place in pair:
            found[place].add(number)
    return found


def recall(found: dict[int, set[int]], pairs: list[tuple[int, int]]) -> float:
    return sum(bool(found.get(one, set()) & found.get(other, set())) for one, other in pairs) / len(pairs)


def timed(work: Callable[[], dict[int, set[int]]]) -> tuple[float, dict[int, set[int]]]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


if __name__ == "__main__":
    main()
