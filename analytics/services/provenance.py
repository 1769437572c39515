"""What computes here: libraries and threads, as a run states them."""

import platform
from importlib.metadata import version

from threadpoolctl import threadpool_info  # type: ignore[import-untyped]  # ships no types

LIBRARIES = ("numpy", "scipy", "scikit-learn")
"""Those whose arithmetic is in the figures."""


def libraries() -> dict[str, str]:
    """Return library -> version, with Python's own."""
    return {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


def threads() -> int:
    """Return how many threads the largest pool of the loaded libraries (BLAS, OpenMP) may use; 1 without any."""
    return max((pool["num_threads"] for pool in threadpool_info()), default=1)
