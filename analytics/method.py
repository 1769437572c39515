"""How one figure is computed, as the note beside it says. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    """says: one plain sentence; formula in Unicode text; caveats: when not to trust it.

    families: headings of docs/reference/measures.md that tell more, () for what is no measure of that page.
    """

    name: str
    says: str
    formula: str
    source: str
    caveats: str
    families: tuple[str, ...] = ()
