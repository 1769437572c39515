"""What tests of screens read from a page."""

import re

from django.test import Client


def list_count(client: Client, link: str) -> str:
    """How many postings the list behind a link says it has."""
    return re.search(r'<b id="count">([\d,]+)</b>', client.get(link).content.decode())[1]
