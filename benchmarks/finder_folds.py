"""Chooses what the finder is trained with: cross-validation inside the training file, postings kept together.

    .venv/bin/python benchmarks/finder_folds.py ../shared/gold/skillspan_train.jsonl [--only 2] [NAME=VALUE ...]

Each NAME=VALUE changes one thing of postings.skills.finder.training.Plan or its Shape: networks=1 epochs=20 width=96.
Measured on the tech part of what was held out, for some biases, by the scorer beside the file: relaxed P/R/F1, exact
F1, F1 of words; of what the finder sees by itself, and of the taxonomy's skills with the finder's candidates.
"""

import argparse
import importlib.util
import sys
import time
import zlib
from dataclasses import fields, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from postings.skills import Extractor, load_shipped
from postings.skills.finder import Finder
from postings.skills.finder.network import Shape
from postings.skills.finder.training import Plan, read_marked, train

BIASES = (-2.0, -1.5, -1.0, -0.5, 0.0)


def scorer_beside(path):
    spec = importlib.util.spec_from_file_location("score_skillspan", path.parent / "score_skillspan.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plan_of(changes):
    plan = Plan()
    for change in changes:
        name, value = change.split("=")
        of_shape = name in {field.name for field in fields(Shape)}
        old = getattr(plan.shape if of_shape else plan, name)
        new = (int(value),) * len(old) if name == "rows" else type(old)(value)
        plan = replace(plan, shape=replace(plan.shape, **{name: new})) if of_shape else replace(plan, **{name: new})
    return plan


def predictions(finder, extractor, held, sees, unions):
    for bias in BIASES:
        finder._bias = bias
        for one in held:
            reading = extractor.read(one.text)
            sees[bias][one.id] = [(span.start, span.end) for span in finder.find(one.text, reading)]
            candidates = [(span.start, span.end) for span in finder.candidates(one.text, reading)]
            unions[bias][one.id] = [(m.start, m.end) for m in reading.mentions] + candidates


def line(scorer, records, found):
    m = scorer.score(records, found)
    relaxed = "/".join(f"{figure:.3f}" for figure in m["K_relaxed"])
    return f"n {m['n_pred']:5} relaxed {relaxed} exact {m['K_exact'][2]:.3f} words {m['K_token'][2]:.3f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("changes", nargs="*")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--only", type=int, help="the first so many of the folds")
    asked = parser.parse_intermixed_args()
    began = time.monotonic()
    marked, taxonomy = read_marked(asked.path), load_shipped()
    plan, scorer = plan_of(asked.changes), scorer_beside(asked.path)
    extractor = Extractor(taxonomy.lexicon()[0])
    fold = {one.group: zlib.crc32(one.group.encode()) % asked.folds for one in marked}
    sees, unions = ({bias: {} for bias in BIASES} for _ in range(2))
    for number in range(asked.only or asked.folds):
        model = train([one for one in marked if fold[one.group] != number], taxonomy, plan)
        held = [one for one in marked if fold[one.group] == number and one.part == "tech"]
        predictions(Finder(taxonomy, extractor, model), extractor, held, sees, unions)
    records = [
        record for some in scorer.gold(asked.path).values() for record in some if record["id"] in sees[BIASES[0]]
    ]
    print(*asked.changes, f"{time.monotonic() - began:.0f} s")
    for bias in BIASES:
        print(f"  bias {bias:4} finder {line(scorer, records, sees[bias])}")
        print(f"            union {line(scorer, records, unions[bias])}")


if __name__ == "__main__":
    main()
