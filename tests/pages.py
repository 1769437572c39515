"""Trying pages as a browser would: forms are filled in and sent, answers are read as text."""

from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def text_of(response):
    """The answer with every run of blanks as one."""
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def queries_of(client, page):
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def admin_page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def act(client, action, rows, **fields):
    """Choose rows of a list in the admin, and an action on them; fill in what it asks."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    page = client.post(admin_page(rows[0], "changelist"), chosen | fields, follow=True)
    return look(client, page, **fields) if fields and 'name="look"' in page.content.decode() else page


def look(client, page, **fields):
    """Fill in what a page asks and have it say what would change."""
    return client.post(address_of(page), fields | {"look": "1"}, follow=True)


def address_of(page):
    return "?".join(filter(None, (page.request["PATH_INFO"], page.request["QUERY_STRING"])))


def save(client, row, **fields):
    """Send the form of a row in the admin."""
    return client.post(admin_page(row, "change", row.pk), fields, follow=True)


def add(client, model, **fields):
    """Send the form for a new row in the admin."""
    return client.post(admin_page(model, "add"), fields, follow=True)


class _Fields(HTMLParser):
    """The named inputs of a page as a browser would send them, buttons left out."""

    def __init__(self):
        super().__init__()
        self.fields = {}

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "input" and told.get("name") and told.get("type") in ("hidden", "text", None):
            self.fields.setdefault(told["name"], []).append(told.get("value", ""))


def confirm(client, page, why="", **fields):
    """Confirm the decision that an answer asks for, as the person sees it there."""
    assert 'name="confirm"' in page.content.decode(), text_of(page)
    found = _Fields()
    found.feed(page.content.decode())
    sent = found.fields | {"why": why, "confirm": "1"} | fields
    return client.post(address_of(page), sent, follow=True)
