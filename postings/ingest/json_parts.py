"""Records that carry one text in parts: the parts as one text, so that the requirements among them are not lost."""

from collections.abc import Iterator

JOINED = "description + lists + additional"
"""The name of the column that such a record gets besides its own."""


def with_joined_text(record: dict[str, object]) -> dict[str, object]:
    """Return a record of Lever's postings API with its text as the board shows it; any other record as it is.

    Lever keeps headed lists ("What you need") apart: {"lists": [{"text": heading, "content": "<li>..."}]}.
    """
    lists = record.get("lists")
    if not isinstance(lists, list) or not any(_is_list(part) for part in lists) or JOINED in record:
        return record
    return {**record, JOINED: "\n".join(_parts(record, lists))}


def _is_list(part: object) -> bool:
    return isinstance(part, dict) and isinstance(part.get("content"), str)


def _parts(record: dict[str, object], lists: list[object]) -> Iterator[str]:
    yield _first_text(record, "description", "descriptionPlain", "descriptionBody", "descriptionBodyPlain")
    for part in lists:
        if isinstance(part, dict) and isinstance(content := part.get("content"), str):
            heading = part.get("text")
            if isinstance(heading, str):
                yield f"<h3>{heading}</h3>"
            yield f"<ul>{content}</ul>"
    yield _first_text(record, "additional", "additionalPlain")


def _first_text(record: dict[str, object], *names: str) -> str:
    for name in names:
        if isinstance(text := record.get(name), str) and text:
            return f"<div>{text.replace(chr(10), '<br>') if name.endswith('Plain') else text}</div>"
    return ""
