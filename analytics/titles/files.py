"""Titles from a file to a file, for the command."""

from __future__ import annotations

from pathlib import Path

from analytics.titles.reader import TitleReader


def normalise_titles(in_path: Path, out_path: Path, reader: TitleReader) -> int:
    """Write id, role, seniority for each line id, title; tab-separated, no header. Return how many titles were read.

    Lines without a tab are titles without an id and get their line number, from 1; empty lines are left out.
    """
    count = 0
    with in_path.open(encoding="utf-8-sig", newline="") as titles, out_path.open("w", encoding="utf-8") as out:
        for number, line in enumerate(titles, start=1):
            cells = line.rstrip("\r\n").split("\t")
            if not any(cells):
                continue
            key, title = (cells[0], cells[1]) if len(cells) > 1 else (str(number), cells[0])
            reading = reader.read(title)
            out.write(f"{key}\t{reading.role}\t{reading.seniority}\n")
            count += 1
    return count
