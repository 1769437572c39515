"""manage.py extract on an installation that nobody has prepared."""

from io import StringIO

import pytest
from django.core.management import call_command

from postings.models import Posting, Skill
from tests.make import make_ingested, make_row
from tests.make_read import skills_named

pytestmark = pytest.mark.django_db


def extract():
    out = StringIO()
    call_command("extract", stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_a_database_without_skills_gets_the_shipped_ones_before_texts_are_read():
    make_ingested([make_row(job_id="1", description="Requirements: Python and SQL for the orchard.")])

    assert "shipped taxonomy" in extract()

    assert skills_named(Posting.objects.get()) == {"Python", "SQL"}


def test_skills_that_a_curator_has_removed_do_not_come_back():
    Skill.objects.create(name="grafting", kind="method").delete()

    assert "shipped taxonomy" not in extract()

    assert not Skill.objects.exists()
