"""The newest postings of a role."""

from django.utils.formats import date_format

from analytics.questions import Question
from analytics.selectors.one_role import OneRole
from analytics.selectors.posting_list import company_link, pay_text
from analytics.selectors.selected import NewestFirst
from analytics.tables import Cell, Column, Row, Sheet, Table, text_cell
from postings.ingest.contacts import mask_contacts
from postings.models import Posting

MOST = 25


def newest_postings(role: OneRole) -> Sheet:
    """Return the newest postings; what was removed since the run is left out."""
    ids = [int(role.snapshot.posting_id[row]) for row in NewestFirst(role.snapshot, role.selection)[:MOST]]
    found = Posting.objects.select_related("title", "company", "source").in_bulk(ids)
    texts = ("Title", "Company", "Place", "Posted", "Pay", "Source")
    columns = tuple(Column(text, is_number=False) for text in texts)
    rows = tuple(_row(found[pk], role.around) for pk in ids if pk in found)
    return Sheet("postings", "The newest postings", Table(columns, rows), method="postings", noun="postings")


def _row(posting: Posting, around: Question) -> Row:
    day = posting.date_posted
    return (
        text_cell(mask_contacts(posting.title.text), posting.get_absolute_url() + around.query),
        text_cell(*company_link(posting.company, around)),
        Cell(posting.place),
        Cell(date_format(day, "j M Y") if day else "no date", sort=day.isoformat() if day else ""),
        Cell(pay_text(posting)),
        Cell(posting.source.name),
    )
