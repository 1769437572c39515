"""Samples for two readers in the house: marked by both, of titles, marked by one, and not begun: ids 1 to 4."""

import os
import subprocess
import sys

from tests.browser.house import PATIENCE, ROOT, House

SECOND = "second-reader"
PASSWORD = "orchard-lane-42"
MAKE = f"""
from django.contrib.auth.models import User
from django.utils import timezone
from analytics.selectors.published import published
from analytics.selectors.sample_marks import Said
from analytics.services import samples
from analytics.services.sample_drawing import Wish

admin = User.objects.get(username="admin")
second = User.objects.create_superuser("{SECOND}", password="{PASSWORD}")
wishes = [Wish("mentions", 60, 1), Wish("titles", 40, 1), Wish("mentions", 20, 2), Wish("mentions", 20, 3)]
drawn = [samples.draw_sample(wish, published(), readers=(admin, second), by=admin) for wish in wishes]

def mark(sample, place, differs_every):
    for item in sample.items.all():
        differs = item.number % differs_every == 0
        said = Said("no") if differs else Said("yes", item.level if item.number % 5 else "preferred")
        samples.mark_item(item, place=place, said=said, seen=0, now=timezone.now())

mark(drawn[0], 1, 9)
mark(drawn[0], 2, 6)
for place in (1, 2):
    samples.finish_reading(drawn[0], place=place, now=timezone.now())
mark(drawn[2], 1, 9)
assert [sample.pk for sample in drawn] == [1, 2, 3, 4]
"""


def make_samples(house: House) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BROKER_URL")}
    environment |= {"DATA_DIR": str(house.data), "DJANGO_SETTINGS_MODULE": "jobsite.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", MAKE],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
