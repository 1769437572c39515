"""Records of what people did."""

from jobsite.models.batch import BatchedDecision, DecisionBatch, Outcome
from jobsite.models.decision import Change, Decision, DecisionRow
from jobsite.models.event import Event, EventKind

__all__ = ["BatchedDecision", "Change", "Decision", "DecisionBatch", "DecisionRow", "Event", "EventKind", "Outcome"]
