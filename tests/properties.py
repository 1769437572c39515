"""How often a property is tried: a few times among the quick tests, more often by `make slow`; always the same ones.

The same, so that a run says something about the code and not about its luck: HYPOTHESIS_PROFILE=chance tries others.
"""

import os

from hypothesis import settings

TIMES = int(os.environ.get("EXAMPLES_TIMES", "1"))
"""How many times as many examples as the quick tests try."""


def examples(quick: int) -> int:
    return quick * TIMES


settings.register_profile("rolescope", derandomize=True, deadline=None, max_examples=examples(50))
settings.register_profile("chance", deadline=None, max_examples=examples(50))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "rolescope"))
