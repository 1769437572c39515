"""Skills that no alias names, found by a small trained network: for files, since it is slower than the aliases.

Importing this imports spaCy and thinc: import it where it is used.
"""

from postings.skills.finder.finder import FOLDER, Finder
from postings.skills.finder.store import DamagedModelError

__all__ = ["FOLDER", "DamagedModelError", "Finder"]
