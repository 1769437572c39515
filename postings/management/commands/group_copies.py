"""manage.py group_copies"""

from django.core.management.base import BaseCommand, CommandError

from postings import services
from postings.models import CopyPass


class Command(BaseCommand):
    help = "Group postings that carry the same ad, and count the candidates for new skills."

    def handle(self, **_: object) -> None:
        pk = services.request_copy_pass()
        if not services.group_copies(pk):
            raise CommandError("A worker has the pass in hand.")
        done = CopyPass.objects.get(pk=pk)
        self.stdout.write(f"{done.copies} copies in {done.groups} ad groups.")
