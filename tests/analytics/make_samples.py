"""Samples for two readers, drawn from a small run that was really read."""

from django.contrib.auth.models import User
from django.utils import timezone

from analytics.models import Answer, Run, Sample, SampleItem, SampleOf
from analytics.selectors.published import Published, published
from analytics.selectors.sample_marks import Said
from analytics.services import refresh_now
from analytics.services import samples as services
from analytics.services.sample_drawing import Wish
from postings.models import Skill
from tests.make import make_user
from tests.make_read import make_ads, make_lexicon, make_read


def make_shown() -> Published:
    """24 ads of two kinds of work, read for twelve skills of two kinds; three titles are another trade."""
    make_lexicon()
    Skill.objects.filter(name__in=("Python", "SQL")).update(kind="language")
    bakers = [
        ad | {"title": "Pastry Chef", "job_id": f"chef-{ad['job_id']}"}
        for ad in make_ads(3, "platform", company="Plum")
    ]
    contact = "Write to grow@fernhollow.example. Requirements: Python, SQL and Airflow."
    make_read(
        [
            *make_ads(12, "platform"),
            *make_ads(11, "science"),
            *bakers,
            make_ads(1, "science")[0] | {"job_id": "contact", "description": contact},
        ]
    )
    refresh_now()
    found = published()
    assert found is not None
    return found


def make_readers() -> tuple[User, User]:
    return make_user("curator", name="ana"), make_user("curator", name="ben")


def make_sample(of: str = SampleOf.MENTIONS, *, size: int = 40, seed: int = 1, **asked: str) -> Sample:
    """A sample of a new run, given to ana and ben."""
    ana, ben = make_readers()
    return services.draw_sample(Wish(of, size, seed, **asked), make_shown(), readers=(ana, ben), by=ana)


def make_bare_sample(
    count: int, *, of: str = SampleOf.MENTIONS, posting: int, strata: dict[str, int] | None = None, **values: object
) -> Sample:
    """A sample of `count` equal things of one posting, without a run behind it."""
    ana, ben = (
        User.objects.filter(username=name).first() or make_user("curator", name=name) for name in ("ana", "ben")
    )
    sample = Sample.objects.create(
        of=of,
        run=Run.objects.create(),
        size=count,
        seed=1,
        first=ana,
        second=ben,
        by=ana,
        strata=strata or {"tool": 1000},
    )
    said = {
        "stratum": "tool",
        "reading": "Python",
        "level": "required",
        "phrase": "python",
        "text": "We use Python.",
        "start": 7,
        "end": 13,
        "sentence_end": 14,
    } | values
    SampleItem.objects.bulk_create(
        SampleItem(sample=sample, number=n + 1, posting_id=posting, **said) for n in range(count)
    )
    return sample


def mark(item: SampleItem, place: int, answer: str = Answer.YES, level: str = "required", *, seen: int = 0) -> None:
    services.mark_item(item, place=place, said=Said(answer, level), seen=seen, now=timezone.now())


def mark_all(
    sample: Sample, *, first: str = "yes:required", second: str = "yes:required", finish: bool = True
) -> Sample:
    """Both readers give one answer throughout, and are done."""
    for place, said in ((1, first), (2, second)):
        answer, _, level = said.partition(":")
        for item in sample.items.all():
            mark(item, place, answer, level)
    return finish_both(sample) if finish else sample


def finish_both(sample: Sample) -> Sample:
    for place in (1, 2):
        services.finish_reading(sample, place=place, now=timezone.now())
    sample.refresh_from_db()
    return sample
