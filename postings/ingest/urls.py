"""The address of a posting as people can follow it."""

import re

_ADDRESS = re.compile(r"https?://[^\s'\"<>\])}|,;]+(?:[,;][^\s'\"<>\])}|,;]+)*", re.IGNORECASE)
_BARE = re.compile(r"(?://)?((?:www\.|[a-z0-9-]+\.)+[a-z]{2,}/\S*|www\.[\w.-]+\.[a-z]{2,})", re.IGNORECASE)
_LONGEST = 2000


def clean_url(value: str) -> str:
    """Return the first http(s) address in a cell, "" if there is none.

    Cells hold links of markdown and HTML, lists, several addresses, and addresses without "https://".
    """
    if match := _ADDRESS.search(value):
        return match[0].rstrip(".") if len(match[0]) <= _LONGEST else ""
    bare = _BARE.fullmatch(value.strip())
    return f"https://{bare[1]}" if bare and len(value) <= _LONGEST else ""
