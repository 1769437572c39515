"""Postings a second on one core: the whole extraction against plain spaCy and against bare Aho-Corasick.

    .venv/bin/python benchmarks/extract_speed.py [--postings 1000] [--rounds 5] [--warm 3000]

Reads real texts from ../shared/data where that is present, else makes some. CPU time, one process. All contenders read
the same texts first to warm up; then each round brings texts that none has read before, since readers remember words
and lines. They take turns batch by batch, and the median round counts, so that a busy machine disturbs all alike. Read
the ratios first. At last two processes read a round each, as two workers would, against one: by the clock, which needs
a quiet machine.
"""

import argparse
import csv
import gc
import gzip
import io
import json
import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ahocorasick
import spacy
from spacy.matcher import PhraseMatcher

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from postings.skills import Extractor, load_shipped  # noqa: E402 - the repository is no installed package

DATA = ROOT.parent / "shared" / "data" / "postings"
DESCRIPTIONS = ("description", "Description", "Job Description", "job description", "job_descr")
FILLER = "we are looking for someone who will work with our teams on many things and has some years of it"
Reader = Callable[[list[str]], int]


def real_texts(limit: int, seed: int) -> list[str]:
    texts = sorted({text for path in sorted(DATA.glob("*/*.csv.gz")) for text in _descriptions(path)})
    return random.Random(seed).sample(texts, min(limit, len(texts)))


def _descriptions(path: Path) -> Iterator[str]:
    csv.field_size_limit(1 << 30)
    rows = csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8", "replace")))
    for number, row in enumerate(rows):
        if number >= 400:  # a taste of each file is enough
            return
        text = next((row[name] for name in DESCRIPTIONS if row.get(name)), "")
        if len(text) > 200:
            yield text


def made_texts(limit: int, seed: int, phrases: list[str]) -> list[str]:
    chance = random.Random(seed)
    filler = FILLER.split()

    def line() -> str:
        words = chance.choices(filler, k=chance.randint(6, 18))
        for _ in range(chance.randint(0, 3)):
            words.insert(chance.randrange(len(words)), chance.choice(phrases))
        return "- " + " ".join(words)

    headings = ("About us", "Responsibilities", "Requirements", "Nice to have", "Benefits")
    return ["\n".join(part for h in headings for part in (h, *(line() for _ in range(7)))) for _ in range(limit)]


def plain_spacy(phrases: list[str]) -> Reader:
    """As everybody writes it: the patterns come from the same nlp, whose tokenizer cache they fill."""
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("SKILL", [nlp.make_doc(phrase) for phrase in phrases])
    return lambda texts: sum(len(matcher(nlp.make_doc(text))) for text in texts)


def bare_ahocorasick(phrases: list[str]) -> Reader:
    automaton = ahocorasick.Automaton()
    for phrase in phrases:
        automaton.add_word(phrase.lower(), len(phrase))
    automaton.make_automaton()

    def count(text: str) -> int:
        lower, found = text.lower(), 0
        for last, length in automaton.iter(lower):
            first = last - length + 1
            if not lower[first - 1 : first].isalnum() and not lower[last + 1 : last + 2].isalnum():
                found += 1
        return found

    return lambda texts: sum(map(count, texts))


def median_seconds(readers: dict[str, Reader], rounds: list[list[str]]) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in readers}
    for texts in rounds:
        seconds = dict.fromkeys(readers, 0.0)
        for start in range(0, len(texts), 100):
            batch = texts[start : start + 100]
            for name, read in readers.items():
                before = time.process_time()
                read(batch)
                seconds[name] += time.process_time() - before
        for name, took in seconds.items():
            spent[name].append(took)
    return {name: statistics.median(some) for name, some in spent.items()}


def gain_of_two(read: Reader, rounds: list[list[str]]) -> float:
    """How many times as much two processes read by the clock as one does; both are forks of this one."""
    context = multiprocessing.get_context("fork")

    def seconds(count: int) -> float:
        processes = [context.Process(target=read, args=(texts,)) for texts in rounds[:count]]
        before = time.perf_counter()
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return time.perf_counter() - before

    return statistics.median(2 * seconds(1) / seconds(2) for _ in range(3))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postings", type=int, default=1000, help="texts a round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--warm", type=int, default=3000, help="texts read before")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    lexicon, _ = load_shipped().lexicon()
    phrases = sorted({entry.phrase for entry in lexicon.entries})
    count = asked.warm + asked.rounds * asked.postings
    texts = real_texts(count, asked.seed) if DATA.exists() else made_texts(count, asked.seed, phrases)
    before = time.process_time()
    extractor = Extractor(lexicon)
    print(f"{len(phrases)} phrases, {len(texts)} texts of {sum(map(len, texts)) // len(texts)} characters")
    print(f"building the extractor: {time.process_time() - before:.1f} s")
    readers: dict[str, Reader] = {
        "full extraction": lambda batch: sum(len(reading.mentions) for reading in extractor.read_many(batch)),
        "plain spaCy": plain_spacy(phrases),
        "bare Aho-Corasick": bare_ahocorasick(phrases),
    }
    rounds = [texts[at : at + asked.postings] for at in range(asked.warm, len(texts), asked.postings)]
    for read in readers.values():
        read(texts[: asked.warm])
    # As the workers do once they have built their extractor; all contenders gain by it.
    gc.collect()
    gc.freeze()
    spent = median_seconds(readers, rounds)
    full = spent["full extraction"]
    for name, seconds in spent.items():
        rate = round(asked.postings / seconds)
        print(json.dumps({"what": name, "per_second": rate, "full_is": round(seconds / full, 2)}))
    if len(rounds) > 1:
        gain = gain_of_two(readers["full extraction"], rounds)
        print(json.dumps({"what": "two workers", "times_one": round(gain, 2)}))


if __name__ == "__main__":
    main()
