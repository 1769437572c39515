"""Decisions that cannot be made, each with a sentence that says why."""


class RefusedError(ValueError):
    """What a person asked for cannot be: a name that is taken, a circle, a thing that is gone."""


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed what the person saw when deciding."""
