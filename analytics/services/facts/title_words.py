"""The words of all titles, kept so that a changed catalogue has only those read again that can hold what changed."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.titles.spread import Phrase

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TitleWords:
    """The words of n titles: those of title i are `vocabulary[codes[indptr[i] : indptr[i + 1]]]`, in their order."""

    vocabulary: tuple[str, ...]
    indptr: np.ndarray
    codes: np.ndarray

    @classmethod
    def of(cls, titles: Iterable[Sequence[str]]) -> TitleWords:
        code_of: dict[str, int] = {}
        sizes, codes = [0], []
        for words in titles:
            codes += [code_of.setdefault(word, len(code_of)) for word in words]
            sizes.append(len(words))
        return cls(tuple(code_of), np.cumsum(sizes).astype(np.int64), np.array(codes, np.int32))

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def holding(self, phrases: Iterable[Phrase]) -> np.ndarray:
        """Return which titles [n] hold all words of one of `phrases`, in whatever order."""
        found = np.zeros(len(self), np.bool_)
        code_of = {word: code for code, word in enumerate(self.vocabulary)}
        wanted = [[code_of[word] for word in set(phrase)] for phrase in phrases if set(phrase) <= code_of.keys()]
        holders = self._holders({code for codes in wanted for code in codes})
        for codes in wanted:
            both = holders[codes[0]]
            for code in codes[1:]:
                both = np.intersect1d(both, holders[code], assume_unique=True)
            found[both] = True
        return found

    def replaced(self, titles: np.ndarray, anew: Mapping[int, Sequence[str]]) -> TitleWords:
        """Return the words of other titles: [m] their numbers here, -1 for those whose words `anew` has by place."""
        sizes = np.diff(self.indptr, append=self.indptr[-1:])[titles]
        sizes[titles < 0] = [len(anew[place]) for place in np.flatnonzero(titles < 0).tolist()]
        indptr = np.concatenate(([0], np.cumsum(sizes)))
        codes = np.empty(indptr[-1], np.int32)
        code_of = {word: code for code, word in enumerate(self.vocabulary)}
        is_old = np.repeat(titles >= 0, sizes)
        shift = np.repeat(self.indptr[titles] - indptr[:-1], sizes)
        codes[is_old] = self.codes[(np.arange(len(codes)) + shift)[is_old]]
        codes[~is_old] = [
            code_of.setdefault(word, len(code_of))
            for place in np.flatnonzero(titles < 0).tolist()
            for word in anew[place]
        ]
        return TitleWords(tuple(code_of), indptr, codes)

    def _holders(self, wanted: set[int]) -> dict[int, np.ndarray]:
        """Return for each of these words the titles that hold it, ascending."""
        is_wanted = np.zeros(len(self.vocabulary) + 1, np.bool_)
        is_wanted[list(wanted)] = True
        places = np.flatnonzero(is_wanted[self.codes])
        title = np.searchsorted(self.indptr, places, side="right") - 1
        code = self.codes[places]
        return {one: np.unique(title[code == one]) for one in wanted}


def keep_words(path: Path, words: TitleWords, *, of: str) -> None:
    """Write the words whole or not at all; `of` names the titles that they are the words of."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = np.frombuffer(json.dumps({"of": of, "vocabulary": words.vocabulary}).encode(), np.uint8)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        np.savez(file, told=told, indptr=words.indptr, codes=words.codes)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def kept_words(path: Path, *, of: str) -> TitleWords | None:
    """Return the words that were kept of the titles `of`; None when they are of others, lost or damaged."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            told = json.loads(kept["told"].tobytes())
            words = TitleWords(tuple(told["vocabulary"]), kept["indptr"], kept["codes"])
            is_whole = told["of"] == of and words.indptr[-1] == len(words.codes)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        logger.warning("titles: %s cannot be read (%s)", path.name, error)
        return None
    return words if is_whole else None
