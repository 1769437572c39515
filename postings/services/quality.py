"""Measure how well today's lexicon finds the skills of the marked postings."""

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils import timezone

from postings import skills
from postings.models import Alias, QualityReport, Skill
from postings.services.extraction import extractor_of
from postings.services.taxonomy import current_lexicon, record_stamp
from postings.skills.comparing import Meaning
from postings.skills.marked import MarkedSet, load_marked
from postings.skills.quality import measure

logger = logging.getLogger(__name__)


def measure_quality() -> QualityReport | None:
    """Return the report on today's lexicon, measured now unless it has been before; None while there are no aliases.

    A report on a lexicon that came back is the report of the day again.
    """
    lexicon = current_lexicon()
    if not lexicon.entries:
        return None
    meanings, marked = shown_meanings(), load_marked()
    stamp = _stamp(lexicon, meanings, marked)
    report = QualityReport.objects.filter(stamp=stamp).first()
    if report is None:
        return _measured(stamp, lexicon, meanings, marked)
    if report != QualityReport.objects.first():
        report.at = timezone.now()
        report.save(update_fields=["at"])
    return report


def shown_meanings() -> dict[int, Meaning]:
    """Return alias id -> the skill it names, without hidden skills: no figure names those."""
    # Aliases first: one that is added in between has its skill among the rows.
    aliases = list(Alias.objects.order_by().values_list("pk", "skill_id"))
    rows = {skill.pk: skill for skill in Skill.objects.only("name", "kind", "is_hidden", "merged_into")}
    meant = ((pk, rows[rows[skill].merged_into_id or skill]) for pk, skill in aliases)
    return {pk: Meaning(skill.name, skills.Kind(skill.kind)) for pk, skill in meant if not skill.is_hidden}


@cache
def code_version() -> str:
    """Return the hash (12 hex) of the code and the word lists that read and score."""
    folder = Path(skills.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for ending in ("*.py", "words/*.toml") for path in folder.glob(ending)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _stamp(lexicon: skills.Lexicon, meanings: Mapping[int, Meaning], marked: MarkedSet) -> str:
    """16 hex; ids are not in it, so that it is the same wherever the same words mean the same."""
    shown = [(e.phrase, e.exact_case, meanings[e.alias_id]) for e in lexicon.entries if e.alias_id in meanings]
    told = [
        lexicon.stamp,
        code_version(),
        marked.version,
        *((phrase, case, one.name, one.kind) for phrase, case, one in shown),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _measured(stamp: str, lexicon: skills.Lexicon, meanings: Mapping[int, Meaning], marked: MarkedSet) -> QualityReport:
    began = time.monotonic()
    quality = measure(marked.postings, extractor_of(record_stamp(lexicon), lexicon), meanings)
    # Two workers may come here at once: both measure the same, and one stores it.
    report, _ = QualityReport.objects.get_or_create(
        stamp=stamp,
        defaults={
            "lexicon": lexicon.stamp,
            "code": code_version(),
            "marked_set": marked.version,
            "postings": quality.postings,
            "figures": quality.as_figures(),
        },
    )
    seconds = time.monotonic() - began
    logger.info("quality: lexicon=%s postings=%d seconds=%.2f", lexicon.stamp, quality.postings, seconds)
    return report
