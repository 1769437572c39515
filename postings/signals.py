"""What the facts announce. postings/ does not know who listens."""

from django.dispatch import Signal

postings_settled = Signal()
"""Nothing is being ingested or read any more, copies are grouped: the facts can be frozen."""
