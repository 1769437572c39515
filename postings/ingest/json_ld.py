"""schema.org JobPosting as JSON-LD: what wraps the postings, and the blocks of it in a web page."""

import json
import re
from collections.abc import Iterable, Iterator

from postings.ingest.records import UnreadableFile

# A page that is longer is no page of postings.
PAGE_CHARS = 8_000_000

_SCRIPT = re.compile(
    r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(?P<text>.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
# Not any tag: a table may begin with a text in HTML, such as "<p>We look for ...".
_MARKUP = re.compile(
    r"\s*<(!--|!doctype\b|\?xml\b|(html|head|body|title|meta|script|style|div|table|center|h1|rss|feed|urlset|error)\b)",
    re.IGNORECASE,
)
_COMMENTED = re.compile(r"^\s*(<!--|//<!\[CDATA\[|<!\[CDATA\[)|(-->|//\]\]>|\]\]>)\s*$")
# What pages say of themselves beside their postings.
_NO_POSTINGS = frozenset(
    (
        *("BreadcrumbList", "CollectionPage", "Corporation", "ImageObject", "Organization"),
        *("Person", "SearchAction", "WebPage", "WebSite"),
    )
)
_DEPTH = 3


def is_markup(head: str) -> bool:
    """Whether a text begins like a web page or XML."""
    return bool(_MARKUP.match(head))


def type_of(record: object) -> str:
    """The "@type" of a JSON-LD object, without its address; "" if it has none. Of several, JobPosting if it is one."""
    said = record.get("@type") if isinstance(record, dict) else None
    if said is None:
        return ""
    types = [kind for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)]
    names = [re.split(r"[/:#]", kind)[-1] for kind in types]
    return "JobPosting" if "JobPosting" in names else next(iter(names), "")


def is_no_posting(record: object) -> bool:
    """Whether the record says of itself that it is something that stands beside postings, such as a WebSite."""
    return type_of(record) in _NO_POSTINGS


def unwrapped(record: object, depth: int = _DEPTH) -> list[object]:
    """The postings that a JSON-LD graph, list or list item carries, the objects of a list; else the record itself."""
    if isinstance(record, list) and record and depth and all(isinstance(each, dict) for each in record):
        return [found for each in record for found in unwrapped(each, depth - 1)]
    if not isinstance(record, dict) or not depth or ("@graph" not in record and "@type" not in record):
        return [record]
    if isinstance(graph := record.get("@graph"), list):
        inner = [found for each in graph for found in unwrapped(each, depth - 1) if type_of(found) == "JobPosting"]
        return inner or [record]
    kind = type_of(record)
    if kind == "ListItem" and isinstance(record.get("item"), dict):
        return unwrapped(record["item"], depth - 1)
    if kind == "ItemList" and isinstance(listed := record.get("itemListElement"), list) and listed:
        return [found for each in listed for found in unwrapped(each, depth - 1)]
    return [record]


def page_of(chunks: Iterable[str]) -> str:
    """A whole web page. Raises UnreadableFile if it is too long to be one."""
    pieces, size = [], 0
    for chunk in chunks:
        pieces.append(chunk)
        size += len(chunk)
        if size > PAGE_CHARS:
            raise UnreadableFile(f"The file is a web page of more than {PAGE_CHARS:,} characters.")
    return "".join(pieces)


def page_records(page: str) -> Iterator[tuple[int, object, str]]:
    """Yield (line, record, text) of the JSON-LD in a page; a block that is not valid gives no record, but its text."""
    for block in _SCRIPT.finditer(page):
        text = _COMMENTED.sub("", block["text"])
        line = page.count("\n", 0, block.start()) + 1
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            yield line, None, text
            continue
        for record in found if isinstance(found, list) else [found]:
            for inner in unwrapped(record):
                yield line, inner, text


def has_postings(page: str) -> bool:
    """Whether a page carries at least one JobPosting."""
    return any(type_of(record) == "JobPosting" for _, record, _ in page_records(page))
