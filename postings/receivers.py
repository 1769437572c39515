"""What follows from rows of facts whoever wrote them: an action, its undoing, a file of decisions."""

from django.db.models.signals import post_delete, post_save

from postings.models import WrongMention
from postings.services.wrong_mentions import read_again


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(_read_again, sender=WrongMention, dispatch_uid=f"postings.read_again.{id(signal)}")


def _read_again(instance: WrongMention, **_: object) -> None:
    read_again(instance.posting)
