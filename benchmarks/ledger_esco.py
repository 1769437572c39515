"""The ledger with a list of thousands of skills: seconds and memory of importing, undoing, bringing back and exporting.

    DATA_DIR=/tmp/ledger .venv/bin/python benchmarks/ledger_esco.py FOLDER

FOLDER holds ESCO's tables (CSV). DATA_DIR has to be new or empty: the shipped taxonomy is loaded there first.
"""

from __future__ import annotations

import io
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobsite.settings")
T = TypeVar("T")


def measured(name: str, do: Callable[[], T]) -> T:
    """Do it, and print what it took; memory is the highest of the process until then."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = do()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<28} {wall:7.1f} s {cpu:7.1f} s CPU {peak:6.0f} MB", flush=True)
    return done


def main(folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from jobsite.decisions import export_decisions, undo
    from postings import services

    call_command("migrate", verbosity=0)
    services.load_taxonomy()
    foreseen = measured("say what it would do", lambda: services.foresee_taxonomy(folder, kind="esco", add=True))
    decision = measured("import", lambda: services.take_taxonomy(foreseen, source="ESCO"))
    assert decision is not None
    print(f"  {decision.rows.count():,} rows: {decision.summary}")
    measured("export the decisions", lambda: export_decisions(io.StringIO()))
    measured("export the taxonomy", lambda: services.export_as_one_file(io.BytesIO(), kind="own"))
    undone = measured("undo it", lambda: undo(decision))
    measured("undo the undoing", lambda: undo(undone))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
