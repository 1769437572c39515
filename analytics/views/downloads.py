"""One table of a screen as a file."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import slugify

from analytics.exports import EMPTY, WRITERS, About, Exportable, Grid, exportable, grid_of, whole_table
from analytics.figures import number
from analytics.methods import METHODS
from analytics.selectors.filterbar import FilterBar, Strip
from analytics.selectors.published import Published
from jobsite.log import note
from jobsite.models import EventKind

UNTOLD = ("export", "table", "page", "report")
"""Parts of an address that say how a page is handed out, not what it shows."""


def download(request: HttpRequest, screen: object, shown: Published, bar: FilterBar, strip: Strip) -> HttpResponse:
    """Return `table` of the screen in the format `export`, with what it rests on."""
    run = shown.run
    copies = f", {strip.copies} copies {'counted' if strip.copies_counted else 'left out'}" if strip.copies else ""
    facts = (
        ("Run", f"{strip.run}, snapshot {run.snapshot}"),
        ("Taxonomy", run.taxonomy),
        ("Filters", "; ".join(f"{chip.label}: {chip.text}" for chip in bar.chips) or "none"),
        ("Postings", f"{strip.postings}{copies}; {strip.months}"),
    )
    return table_file(request, screen, facts, address=_address(request, run.pk), stem=f"run-{run.pk}")


def table_file(
    request: HttpRequest, screen: object, facts: Sequence[tuple[str, str]], *, address: str, stem: str
) -> HttpResponse:
    """Return `table` of the screen in the format `export`.

    `facts` say what it rests on, `address` where the same figures stand, `stem` which they are in the file's name.
    """
    stated, key = request.GET["export"], request.GET.get("table", "")
    tables = exportable(screen)
    if stated not in WRITERS:
        return _refusal(f"“{stated}” is no format of an export: choose {' or '.join(WRITERS)}.", 400)
    if key not in tables:
        here = f"Here are: {', '.join(sorted(tables))}." if tables else "It has none at present."
        return _refusal(f"This page has no table called “{key}”. {here}", 404)
    grid = grid_of(whole_table(tables[key]))
    kind, write = WRITERS[stated]
    text = write(grid, _about(tables[key], grid, facts, address))
    if request.method == "GET":
        what = f"“{tables[key].title}” of {stem.replace('-', ' ')} as {stated.upper()}"
        note(EventKind.EXPORT, what, by=request.user, rows=len(grid.rows), link=request.get_full_path())
    name = f"rolescope-{stem}-{slugify(tables[key].title)[:60].strip('-')}.{stated}"
    return HttpResponse(text, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def address_of(request: HttpRequest) -> QueryDict:
    """Return a copy of the query that says what the page shows, without how it is handed out."""
    query = request.GET.copy()
    for name in UNTOLD:
        query.pop(name, None)
    return query


def _about(part: Exportable, grid: Grid, facts: Sequence[tuple[str, str]], address: str) -> About:
    """Return what the file says about itself."""
    method = METHODS.get(part.method)
    further = (
        ("Rows", number(len(grid.rows))),
        ("Method", f"{method.name}: {method.formula}" if method else "counts"),
        ("Empty cells", EMPTY),
        ("Address", address),
        ("Made", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
    )
    return About(part.title, (*facts, *further))


def _address(request: HttpRequest, run: int) -> str:
    """Return where the same figures stand as long as the run exists."""
    query = address_of(request)
    query["run"] = str(run)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _refusal(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence + "\n", content_type="text/plain; charset=utf-8", status=status)
