"""Links, addresses, paths and dotted names: what a phrase may be a part of without being meant."""

import re

# What may stand right before and behind a phrase that is a part of nothing.
QUIET_BEFORE = frozenset(("", *' \n\t(,;|[*"•:'))
QUIET_BEHIND = frozenset(("", *' \n\t),;|]*"•:'))
# Without .net and .io: VB.NET and Socket.IO are written beside other skills more often than addresses are.
_LINK = re.compile(r"://|www\.|\S@\S|[a-z0-9]\.(?:com|org|gov|edu|de|fr|uk|eu|html?|aspx?|php|pdf)(?![a-z])")
_DOTTED_ON = re.compile(r"\.(?:[a-z_0-9]|[A-Z]{2,}\b)")


def holds_link(text: str) -> bool:
    """Whether a link or an address stands in the text (of one line)."""
    return _LINK.search(text) is not None


def goes_on_behind(text: str, at: int) -> bool:
    """Whether the point at text[at] joins two parts of a name: "java.util", "ASP.NET"."""
    return _DOTTED_ON.match(text, at) is not None


def may_join(run: str, start: int, end: int, *, linked: bool) -> tuple[bool, bool]:
    """Whether the phrase at run[start:end] may belong to something longer: by what is before it, by what is behind it.

    `run` is what stands between two blanks, `linked` whether it holds a link or address. The phrase may still stand by
    itself; where it may not, this says so.
    """
    before, behind = run[start - 1 : start], run[end : end + 1]
    loud_before, loud_behind = before not in QUIET_BEFORE, behind not in QUIET_BEHIND
    if linked:
        return loud_before, loud_behind
    return before == "." and start > 1, behind == "." and goes_on_behind(run, end)
