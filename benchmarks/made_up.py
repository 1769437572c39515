"""Inputs that hypothesis makes up: bytes, tables with every mark, JSON of every shape."""

from __future__ import annotations

import json
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from benchmarks.invented_files import make_page, make_table_workbook

EXAMPLES = 60
_CELLS = st.text(st.sampled_from("ab1é ,;\t|^\"'\\\n\r\0\ufeff{}[]:<>\u2028😀"), max_size=12) | st.sampled_from(
    ("title", "description", "2026-03-01", "https://jobs.example/1", "word " * 60, "NaN", "-1", "=1+1", "########")
)
_TABLES = st.lists(st.lists(_CELLS, max_size=6), max_size=8)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _CELLS | st.just("JobPosting"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(("title", "@type", "@graph", "@context", "item", "itemListElement", "a", "")), inner
        )
    ),
    max_leaves=20,
)


@st.composite
def _tables(draw: st.DrawFn) -> bytes:
    mark, quote = draw(st.sampled_from(",;\t|^~:\x1f")), draw(st.sampled_from("\"'"))
    end = draw(st.sampled_from(("\n", "\r\n", "\r", "\n\r")))
    lines = [mark.join(quote + cell + quote if draw(st.booleans()) else cell for cell in row) for row in draw(_TABLES)]
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252")))
    return end.join(lines).encode(encoding, "replace")


_INPUTS = st.one_of(
    st.binary(max_size=400),
    _tables(),
    _VALUES.map(lambda value: json.dumps(value).encode()),
    st.lists(_VALUES, max_size=4).map(lambda values: "\n".join(map(json.dumps, values)).encode()),
    st.lists(_VALUES, max_size=3).map(lambda values: make_page(*values).encode()),
    _TABLES.map(lambda rows: make_table_workbook([[cell.replace("\0", "") for cell in row] for row in rows])),
)


def check_made_up(folder: Path, *, seed: str, limit: float, counts: Counter[str]) -> int:
    """Check some inputs that hypothesis makes up from this seed; print a finding, made small; return how many."""
    from benchmarks.fuzz_reader import tried

    @seeded(seed)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(content=_INPUTS)
    def no_input_breaks_the_reader(content: bytes) -> None:
        result, problem = tried(content, name="made-up", folder=folder, seed=seed, limit=limit)
        counts[f"made up, {result}"] += 1
        assert not problem, problem

    try:
        no_input_breaks_the_reader()
    except AssertionError:
        print(f"made up, --seed {seed}\n{traceback.format_exc(limit=-3)}", flush=True)
        return 1
    return 0
