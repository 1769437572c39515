"""Extraction from file to file, without a database: what `manage.py extract_file` does."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypedDict

from postings.skills.extractor import Extractor
from postings.skills.taxonomy import Taxonomy
from postings.skills.types import Level, Reading


class UnreadableLineError(ValueError):
    """A line of the file is not {"id": ..., "text": "..."}; the message names the line."""


class _Posting(TypedDict):
    id: Any  # whatever JSON value it was, it goes back as it came
    text: str


class _Meaning(TypedDict):
    name: str
    kind: str


def extract_file(in_path: Path, out_path: Path, taxonomy: Taxonomy, *, with_finder: bool = False) -> int:
    """Read {"id", "text"} lines, write {"id", "skills": [{"start", "end", "name", "kind", "level"}], "candidates":
    [{"start", "end"}]} lines in the same order; return how many.

    Offsets count characters of the text. `level` is what the posting as a whole asks of the phrase: the strongest level
    at any place where the same alias stands. `with_finder`: with the candidates that only the trained
    finder sees. Raises UnreadableLineError and DamagedModelError; `out_path` is then as it was before.
    """
    lexicon, names = taxonomy.lexicon()
    kinds = {skill.name: skill.kind.value for skill in taxonomy.skills}
    meanings = {alias_id: _Meaning(name=name, kind=kinds[name]) for alias_id, name in names.items()}
    extractor = Extractor(lexicon)
    read = _reader_with_finder(taxonomy, extractor) if with_finder else extractor.read
    unfinished = out_path.with_name(out_path.name + ".unfinished")
    count = 0
    try:
        with unfinished.open("w", encoding="utf-8") as out:
            for posting in _postings(in_path):
                line = _line(posting["id"], read(posting["text"]), meanings)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
        unfinished.replace(out_path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _reader_with_finder(taxonomy: Taxonomy, extractor: Extractor) -> Callable[[str], Reading]:
    from postings.skills.finder import Finder  # thinc is slow to import: only who asks for it pays

    finder = Finder.shipped(taxonomy, extractor)

    def read(text: str) -> Reading:
        reading = extractor.read(text)
        return reading._replace(candidates=finder.candidates(text, reading))

    return read


def _postings(path: Path) -> Iterator[_Posting]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise UnreadableLineError(f"{path.name}, line {number}: not JSON ({error.msg})") from error
            if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
                raise UnreadableLineError(f'{path.name}, line {number}: not an object with an "id" and a "text"')
            yield _Posting(id=row["id"], text=row["text"])


def _line(posting_id: Any, reading: Reading, meanings: Mapping[int, _Meaning]) -> dict[str, Any]:
    strongest: dict[int, Level] = {}
    for mention in reading.mentions:
        strongest[mention.alias_id] = max(strongest.get(mention.alias_id, Level.MENTIONED), mention.level)
    return {
        "id": posting_id,
        "skills": [
            {
                "start": mention.start,
                "end": mention.end,
                **meanings[mention.alias_id],
                "level": strongest[mention.alias_id].name.lower(),
            }
            for mention in reading.mentions
        ],
        "candidates": [{"start": span.start, "end": span.end} for span in reading.candidates],
    }
