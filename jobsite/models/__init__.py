"""Records of what people did."""

from jobsite.models.decision import Change, Decision, DecisionRow
from jobsite.models.event import Event, EventKind

__all__ = ["Change", "Decision", "DecisionRow", "Event", "EventKind"]
