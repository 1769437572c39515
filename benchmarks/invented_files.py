"""Small files of invented postings in every format that is read, for fuzzing and for tests."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float | bool | None
HEADER = ("title", "company", "location", "date", "salary", "url", "description")
_JOBS = (
    ("Data Engineer", "Obstgarten AG", "Ulm, Germany", "2026-03-01", "60.000 €", '"Pipelines" bauen, mit SQL\nPython.'),
    ("Ingénieur d'études", "Pêcherie du Lac", "Lyon", "02/03/2026", "45 000 €", "L’eau; R, SQL.\r\n\r\nTélétravail."),
    ("Barista", "Müller & Söhne", "Wien", "3 days ago", "", "Kaffee kochen, Milch schäumen: <b>gern</b> früh."),
    ("Бариста", "Чайка", "Рига", "1772323200", "-1", "Мы ищем человека, который любит кофе."),
)  # fmt: skip
ROWS = tuple((*job[:5], f"https://jobs.example/{n}", job[5]) for n in range(8) for job in _JOBS)

_STATES = ("visible", "hidden")
_TYPES = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-407]d. mmm yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="#,##0.00 &quot;days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    "</styleSheet>",
}


def make_csv(rows: Sequence[Sequence[str]] = ROWS, *, header: Sequence[str] = HEADER, **marks: str) -> str:
    """The rows as CSV; `marks` are those of csv.writer, such as delimiter="^"."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, **marks)  # type: ignore[arg-type]
    if header:
        writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def make_records(rows: Sequence[Sequence[str]] = ROWS) -> list[dict[str, str]]:
    return [dict(zip(HEADER, row, strict=True)) for row in rows]


def make_job_posting(row: Sequence[str]) -> dict[str, object]:
    """One row as schema.org JobPosting."""
    title, company, place, day, pay, url, text = row
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title,
        "description": f"<p>{text}</p>",
        "datePosted": day,
        "url": url,
        "hiringOrganization": {"@type": "Organization", "name": company},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": place}},
        "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": {"minValue": pay, "unitText": "YEAR"}},
    }


def make_page(*blocks: object) -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(block)}</script>\n' for block in blocks)
    return f"<!DOCTYPE html>\n<html><head>{scripts}</head><body>Careers</body></html>"


def make_zip(members: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def sheet_xml(rows: Mapping[int, Sequence[str]]) -> str:
    """A sheet of rows (by Excel row number) of cells in XML, one after the other."""
    body = "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in rows.items())
    return f"<worksheet><sheetData>{body}</sheetData></worksheet>"


def cell_xml(value: Cell) -> str:
    """A cell without a reference: it stands in the next column."""
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c><v>{value!r}</v></c>"


def make_workbook(
    sheets: Mapping[str, str], *, strings: Sequence[str] = (), hidden: Sequence[str] = (), **parts: bytes | str
) -> bytes:
    """A workbook of sheets in XML by name; `parts` replace parts of the archive (with "/" written as "__")."""
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='s{n}' state='{_STATES[name in hidden]}'/>"
        for n, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="s{n}" Type="http://x/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    members: dict[str, bytes | str] = {
        **_TYPES,
        "xl/workbook.xml": f'<workbook xmlns:r="http://r"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships>{related}<Relationship Id="t" Type="http://x/styles" '
        'Target="styles.xml"/><Relationship Id="u" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f"<sst>{items}</sst>",
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
        **{name.replace("__", "/"): part for name, part in parts.items()},
    }
    return make_zip(members)


def make_table_workbook(rows: Sequence[Sequence[Cell]] = ROWS, *, header: Sequence[str] = HEADER) -> bytes:
    """A workbook of one sheet with a header and these rows."""
    lines = dict(enumerate(([cell_xml(cell) for cell in row] for row in (header, *rows)), 1))
    return make_workbook({"Jobs": sheet_xml(lines)})


def make_files() -> dict[str, bytes]:
    """One small file of every kind, by name."""
    table, records, postings = make_csv().encode(), make_records(), [make_job_posting(row) for row in ROWS]
    files = {
        "comma.csv": table,
        "semicolon.csv": make_csv(delimiter=";").encode("cp1252", "replace"),
        "tab.tsv": make_csv(delimiter="\t").encode("utf-16"),
        "caret.csv": make_csv(delimiter="^", quotechar="'").encode(),
        "headless.csv": make_csv(header=()).encode(),
        "old_mac.csv": make_csv(lineterminator="\r").encode("mac_roman", "replace"),
        "list.json": json.dumps(records, indent=1).encode(),
        "lines.jsonl": "\n".join(map(json.dumps, records)).encode(),
        "wrapped.json": json.dumps({"meta": {"page": 1}, "data": {"jobs": records}}).encode(),
        "graph.json": json.dumps({"@context": "https://schema.org", "@graph": postings}).encode(),
        "page.html": make_page({"@type": "WebSite", "name": "x"}, *postings[:5]).encode(),
        "jobs.xlsx": make_table_workbook(),
    }
    files["comma.csv.gz"] = gzip.compress(table, mtime=0)
    files["comma.zip"] = make_zip({"jobs.csv": table, "__MACOSX/._jobs.csv": b"x"})
    files["jobs.xlsx.gz"] = gzip.compress(files["jobs.xlsx"], mtime=0)
    return files
