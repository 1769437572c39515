"""Two curators at the same moment, on a server that lets both write."""

import pytest

from tests.service.installation import installation

pytestmark = pytest.mark.service

BOTH_SAW_THE_SAME = """
import django; django.setup()
import threading
from django.db import connection
from jobsite.decisions import RefusedError, Seen, decide, version_of
from postings.models import Skill

skill = Skill.objects.earliest("pk")
version, both, became = version_of([skill]), threading.Barrier(2), []

def read():
    rows = [Skill.objects.get(pk=skill.pk)]
    try:
        both.wait(2)  # for the other one to have read as well, if that can be
    except threading.BrokenBarrierError:
        pass
    return rows

def curate(said):
    try:
        decide("skill.edit", {"skill": skill.name, "definition": said}, seen=Seen(version, read))
        became.append("saved")
    except RefusedError as refused:
        became.append("refused" if "changed meanwhile" in str(refused) else str(refused))
    finally:
        connection.close()

curators = [threading.Thread(target=curate, args=(said,)) for said in ("one", "other")]
for curator in curators:
    curator.start()
for curator in curators:
    curator.join()
print(sorted(became))
"""


def test_of_two_who_saw_the_same_row_one_is_told_that_it_changed(tmp_path):
    with installation(tmp_path / "house", broker="redis") as house:
        assert house.run_python(BOTH_SAW_THE_SAME).splitlines()[-1] == "['refused', 'saved']"
