"""Taxonomies of elsewhere into the database, and the database's taxonomy into files."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import IO

from django.contrib.auth.models import User

from jobsite.decisions import decide
from jobsite.models import Decision
from postings import selectors, skills
from postings.selectors.imports import Ambiguous, Foreseen, foresee_import, foresee_links
from postings.skills import exchange
from postings.skills.details import HEADERS
from postings.skills.taxonomy import FILES, GROUPS_FILE

OWN, FLAT, JSON = "own", "flat", "json"
_READERS: dict[str, Callable[[Path], list[exchange.ForeignSkill]]] = {
    "esco": exchange.read_esco,
    "onet": exchange.read_onet,
}
_WRITERS: dict[str, Callable[[skills.Taxonomy, Path], object]] = {
    OWN: exchange.write_own,
    FLAT: exchange.write_flat,
    JSON: exchange.write_json,
}
IMPORT_FORMATS = (OWN, FLAT, *_READERS)
EXPORT_FORMATS = tuple(_WRITERS)
OWN_FILES = frozenset((GROUPS_FILE, *FILES, *HEADERS))
LARGEST_UNPACKED = 100_000_000
"""Bytes of all files of a zip together."""


def foresee_taxonomy(path: Path, *, kind: str, add: bool = False, bring_back: bool = False) -> Foreseen:
    """Return what a file, or a folder of files, would bring. Nothing is written.

    Our own files and flat tables are taken whole. Of the lists of others, entries that are a skill of ours become its
    reference; unknown ones become skills only with `add`. Raises skills.TaxonomyError, with file and line.
    """
    if kind == OWN:
        return foresee_import(skills.load_taxonomy(path), bring_back=bring_back)
    if kind == FLAT:
        return foresee_import(exchange.read_flat(path), bring_back=bring_back)
    return _foresee_foreign(_READERS[kind](path), add=add, bring_back=bring_back)


def take_taxonomy(foreseen: Foreseen, *, source: str, by: User | None = None, why: str = "") -> Decision | None:
    """Take in what was foreseen, as one decision; None where there is nothing. Raises RefusedError."""
    if foreseen.is_empty:
        return None
    return decide("taxonomy.import", foreseen.words(source), by=by, why=why)


def _foresee_foreign(foreign: list[exchange.ForeignSkill], *, add: bool, bring_back: bool) -> Foreseen:
    ours = selectors.current_taxonomy()
    found = exchange.matches(foreign, ours)
    foreseen, refused = Foreseen(), {}
    if add:
        new = exchange.additions(found.unknown, ours)
        foreseen, refused = foresee_import(new.taxonomy, bring_back=bring_back), dict(new.refused)
    foreseen.references[:0] = foresee_links(found.linked)
    return replace(
        foreseen,
        linked=len(found.linked),
        ambiguous=tuple(
            Ambiguous(skill.reference.label, names, {**exchange.portable_reference(skill.reference)})
            for skill, names in found.ambiguous
        ),
        unknown=tuple(skill.name for skill in found.unknown),
        refused=refused,
    )


def export_taxonomy(folder: Path, *, kind: str = OWN) -> skills.Taxonomy:
    """Write the taxonomy of this moment and return it. Raises skills.TaxonomyError for one that would not read back the
    same."""
    taxonomy = selectors.current_taxonomy()
    _WRITERS[kind](taxonomy, folder)
    return taxonomy


def export_as_one_file(out: IO[bytes], *, kind: str) -> skills.Taxonomy:
    """Write the taxonomy of this moment to `out`: our own files as a zip, the others as they are."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taxonomy = export_taxonomy(folder, kind=kind)
        files = sorted(folder.iterdir())
        if kind == OWN:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in files:
                    packed.write(path, path.name)
        else:
            out.write(files[0].read_bytes())
    return taxonomy


def lay_out(files: Iterable[tuple[str, IO[bytes]]], folder: Path, *, kind: str) -> Path:
    """Lay files that were handed in, each with its name, into an empty folder; return what `foresee_taxonomy` reads.

    A zip is unpacked: of it only the files that the format knows by name. Raises skills.TaxonomyError.
    """
    for name, file in files:
        if name.lower().endswith(".zip"):
            _unpack(name, file, folder, kind=kind)
        else:
            with (folder / Path(name).name).open("wb") as out:
                shutil.copyfileobj(file, out)
    there = sorted(folder.iterdir())
    if kind == OWN:
        if strange := [path.name for path in there if path.name not in OWN_FILES]:
            raise skills.TaxonomyError(f"{strange[0]} is none of our own files: {', '.join(sorted(OWN_FILES))}.")
        return folder
    if len(there) != 1 and kind != "esco":
        raise skills.TaxonomyError(f"One file is needed, not {len(there)}.")
    return there[0] if len(there) == 1 else folder


def _unpack(name: str, file: IO[bytes], folder: Path, *, kind: str) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            inside = [one for one in packed.infolist() if not one.is_dir()]
            if sum(one.file_size for one in inside) > LARGEST_UNPACKED:
                raise skills.TaxonomyError(f"{name} unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB.")
            for one in inside:
                plain_name = Path(one.filename).name
                if kind != OWN or plain_name in OWN_FILES:
                    (folder / plain_name).write_bytes(packed.read(one))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as wrong:
        raise skills.TaxonomyError(f"{name} is no zip that can be read.") from wrong
